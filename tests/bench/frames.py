#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How quickly the real window follows a slider. Usage: frames.py RE3

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
SECONDS = 4
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


def measure(program, files, feature):
    """Frames a second, and milliseconds of processor time for each."""
    desktop = Desktop([program, *map(str, files)])
    try:
        slider = desktop.find(name=feature, role="slider")
        time.sleep(1.5)         # the analysis is done, and what it changed is painted
        screen = desktop.screen
        screen.damage_query_version()
        drawable = desktop._x_windows()[-1]
        watch = drawable.damage_create(damage.DamageReportNonEmpty)
        left, y = desktop.point(slider, (0.15, 0.6))
        right, _ = desktop.point(slider, (0.85, 0.6))
        desktop.click(slider, (0.5, 0.6))
        desktop.button(True)

        frames, last = 0, 0.0
        start, spent = time.monotonic(), processor_seconds(desktop.program.pid)
        x, step = (left + right) // 2, 1
        while time.monotonic() < start + SECONDS:
            x, step = (x + step, step) if left < x + step < right else (x - step, -step)
            desktop.move(x, y)
            while screen.pending_events():
                screen.next_event()
                screen.damage_subtract(watch, X.NONE, X.NONE)
                if time.monotonic() - last > SAME_FRAME:
                    frames += 1
                last = time.monotonic()
            time.sleep(STEP)
        elapsed = time.monotonic() - start
        spent = processor_seconds(desktop.program.pid) - spent
        desktop.button(False)
        return frames / elapsed, 1000 * spent / max(frames, 1)
    finally:
        desktop.stop()


def main():
    program = sys.argv[1]
    samples = pathlib.Path(__file__).resolve().parent.parent.parent / "data" / "samples"
    print("\nA slider dragged in the real window at 1280x800, Cairo renderer; "
          "ratio: 16.7 ms to the processor time of a frame")
    with tempfile.TemporaryDirectory(prefix="re3-bench-") as folder:
        cases = [("4-16-8-4-3 (Iris)",
                  ([samples / "iris-16-8-4.re3.json", samples / "iris.csv"], "petal width (cm)"))]
        for widths in ((57, 16, 8, 4, 2), (784, 256, 128, 10)):
            name = "-".join(map(str, widths))
            place = pathlib.Path(folder) / name
            place.mkdir()
            cases.append((name, write_random(place, widths)))
        for name, (files, feature) in cases:
            rate, milliseconds = measure(program, files, feature)
            print(f"  {name:30} {rate:6.1f} frames/s {milliseconds:8.1f} ms/frame "
                  f"{FRAME / milliseconds:6.2f} x", flush=True)


main()
