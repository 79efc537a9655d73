#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How quickly the real window follows a slider.

    frames.py RE3               frames a second and time of a frame, for several networks
    frames.py RE3 serve CASE    for re3-bench: a drag for each line of stdin (see bench-partner.h);
                                CASE is iris, 57 or 784

A slider is dragged up and down for some seconds, a motion every few milliseconds, with the Cairo
renderer at 1280x800. What counts is what reaches the screen, and the processor time that the
program spends on each frame: within a frame's 16.7 ms, nothing lags behind the hand.
"""

import json
import os
import pathlib
import random
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "app"))

from desktop import Desktop
from Xlib import X
from Xlib.ext import damage

FRAME = 1000 / 60
CASES = {"iris": None, "57": (57, 16, 8, 4, 2), "784": (784, 256, 128, 10)}
SECONDS = 4
SECONDS_SERVED = 2
STEP = 0.004            # between two motions: more of them than frames
SAME_FRAME = 0.006      # damage that follows so soon belongs to the frame before


def write_random(folder, widths):
    """A model with random weights, and fifty samples for it."""
    source = random.Random(1)
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        reach = 2 / inputs ** 0.5
        layers.append({"type": "linear",
                       "weight": [[source.uniform(-reach, reach) for _ in range(inputs)]
                                  for _ in range(outputs)],
                       "bias": [source.uniform(-0.5, 0.5) for _ in range(outputs)]})
        layers.append({"type": "relu"})
    names = [f"f{i}" for i in range(widths[0])]
    model = {"format": "re3-model", "version": 1, "features": [{"name": name} for name in names],
             "classes": [f"class {i}" for i in range(widths[-1])], "layers": layers[:-1]}
    (folder / "random.re3.json").write_text(json.dumps(model))
    rows = [",".join(names)] + [",".join(f"{source.uniform(-1, 1):.4f}" for _ in names)
                                for _ in range(50)]
    (folder / "random.csv").write_text("\n".join(rows) + "\n")
    return [folder / "random.re3.json", folder / "random.csv"], names[0]


def processor_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Drag:
    """The window of a program, whose slider is dragged."""

    def __init__(self, program, files, feature):
        self.desktop = Desktop([program, *map(str, files)])
        self.slider = self.desktop.find(name=feature, role="slider")
        time.sleep(1.5)         # the analysis is done, and what it changed is painted
        screen = self.desktop.screen
        screen.damage_query_version()
        self.watch = self.desktop._x_windows()[-1].damage_create(damage.DamageReportNonEmpty)

    def run(self, seconds=SECONDS):
        """Frames a second, and milliseconds of processor time for each."""
        desktop, screen = self.desktop, self.desktop.screen
        left, y = desktop.point(self.slider, (0.15, 0.6))
        right, _ = desktop.point(self.slider, (0.85, 0.6))
        desktop.click(self.slider, (0.5, 0.6))
        desktop.button(True)

        frames, last = 0, 0.0
        start, spent = time.monotonic(), processor_seconds(desktop.program.pid)
        x, step = (left + right) // 2, 1
        while time.monotonic() < start + seconds:
            x, step = (x + step, step) if left < x + step < right else (x - step, -step)
            desktop.move(x, y)
            while screen.pending_events():
                screen.next_event()
                screen.damage_subtract(self.watch, X.NONE, X.NONE)
                if time.monotonic() - last > SAME_FRAME:
                    frames += 1
                last = time.monotonic()
            time.sleep(STEP)
        elapsed = time.monotonic() - start
        spent = processor_seconds(desktop.program.pid) - spent
        desktop.button(False)
        return frames / elapsed, 1000 * spent / max(frames, 1)

    def stop(self):
        self.desktop.stop()


def prepare(case, folder):
    """What it is called, the files to open, and the feature whose slider is dragged."""
    if case == "iris":
        samples = pathlib.Path(__file__).resolve().parent.parent.parent / "data" / "samples"
        return ("4-16-8-4-3 (Iris)", [samples / "iris-16-8-4.re3.json", samples / "iris.csv"],
                "petal width (cm)")
    widths = CASES[case]
    place = pathlib.Path(folder) / case
    place.mkdir()
    return "-".join(map(str, widths)), *write_random(place, widths)


def serve(program, case, folder):
    """The wall time of a frame is no matter of how busy the machine is: it is the processor time
    of one, which is what has to fit between two."""
    drag = Drag(program, *prepare(case, folder)[1:])
    try:
        print("ready", flush=True)
        for _ in sys.stdin:
            seconds = drag.run(SECONDS_SERVED)[1] / 1000
            print(seconds, seconds, 1.0, flush=True)
    finally:
        drag.stop()


def print_all(program, folder):
    print("\nA slider dragged in the real window at 1280x800, Cairo renderer; "
          "ratio: 16.7 ms to the processor time of a frame")
    for case in CASES:
        name, files, feature = prepare(case, folder)
        drag = Drag(program, files, feature)
        try:
            rate, milliseconds = drag.run()
        finally:
            drag.stop()
        print(f"  {name:30} {rate:6.1f} frames/s {milliseconds:8.1f} ms/frame "
              f"{FRAME / milliseconds:6.2f} x", flush=True)


def main():
    with tempfile.TemporaryDirectory(prefix="re3-bench-") as folder:
        if sys.argv[2:3] == ["serve"]:
            serve(sys.argv[1], sys.argv[3], folder)
        else:
            print_all(sys.argv[1], folder)


main()
