#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a program takes from exec to its first painted frame, and to its first figure.

    start.py RE3 BARE_WINDOW    for re3-bench: for each line of stdin, "re3", "figure" or "bare", one
                                start (see bench-partner.h)

The window is on the screen when the pixel in its middle changes, and a figure when there is colour
across its middle: all else is grey.
"""

import os
import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "app"))

from desktop import Desktop, Failure
from Xlib import X

SAMPLES = pathlib.Path(__file__).resolve().parent.parent.parent / "data" / "samples"
SECONDS_MAX = 60


def busy_seconds():
    """Of all processors, whoever they work for."""
    fields = pathlib.Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    return sum(int(fields[i]) for i in (0, 1, 2, 5, 6, 7)) / os.sysconf("SC_CLK_TCK")


def own_seconds():
    """Of this program and all that it has started, which end with it."""
    parent, spent = {}, {}
    for place in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            fields = (place / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue            # it has ended meanwhile
        parent[int(place.name)] = int(fields[1])
        spent[int(place.name)] = sum(map(int, fields[11:15]))
    own, found = {os.getpid()}, 1
    while found:
        more = {pid for pid, above in parent.items() if above in own} - own
        own, found = own | more, len(more)
    return sum(spent.get(pid, 0) for pid in own) / os.sysconf("SC_CLK_TCK")


def is_painted(desktop):
    """Whether anything but the black of the screen is in its middle, where the window will be: GTK
    leaves a window as it is until it paints the first frame."""
    root = desktop.screen.screen().root
    pixel = root.get_image(640, 400, 1, 1, X.ZPixmap, 0xffffff).data
    return any(pixel[:3])


def has_figure(desktop):
    row = desktop.screen.screen().root.get_image(450, 400, 520, 1, X.ZPixmap, 0xffffff).data
    return any(max(row[i:i + 3]) - min(row[i:i + 3]) > 60 for i in range(0, len(row), 4))


def end(program, desktop):
    program.terminate()
    program.wait()
    while is_painted(desktop):
        time.sleep(0.01)


def start(command, is_there, desktop):
    """Seconds on the wall and of processors, and how much of the processors was not others'."""
    busy, own = busy_seconds(), own_seconds()
    began = time.monotonic()
    program = subprocess.Popen(command, env=desktop.variables, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not is_there(desktop):
        if program.poll() is not None or time.monotonic() > began + SECONDS_MAX:
            raise Failure(f"{command[0]} shows no window")
        time.sleep(0.001)
    wall = time.monotonic() - began
    own = own_seconds() - own
    others = max(busy_seconds() - busy - own, 0)
    end(program, desktop)
    return wall, own, 1 - others / (wall * os.cpu_count())


def main():
    re3, bare = sys.argv[1:]
    sample = [re3, str(SAMPLES / "iris-16-8-4.re3.json"), str(SAMPLES / "iris.csv")]
    starts = {"re3": (sample, is_painted), "figure": (sample, has_figure),
              "bare": ([bare], is_painted)}
    desktop = Desktop([bare])
    try:
        end(desktop.program, desktop)
        print("ready", flush=True)
        for line in sys.stdin:
            print(*start(*starts[line.strip()], desktop), flush=True)
    finally:
        desktop.stop()


main()
