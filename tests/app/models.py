#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows models of other programs on every page. Usage: models.py RE3 CLI MODELS [SCREENSHOT_FOLDER]

MODELS are the fixtures, with inputs of their own beside them. Prints TAP.
"""

import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time

from steps import quits_quietly, window

# What stands beside each: networks with batch normalisation, dropout, leaky ReLU and softmax from
# PyTorch; with other activations; a scaler and a network from scikit-learn; a table for aircraft.
MODELS = ("torch-opset17.onnx", "torch-activations.onnx", "sklearn-iris-f64.onnx",
          "sklearn-binary-f64.onnx", "acas-like-f64.nnet", "half-f64.safetensors")
WIDE = (784, 256, 256, 10)

PAGES = ("Pathway", "Regions", "Validity", "Features", "Neurons", "Quality", "Response", "Compare")
N_ROWS = 40


def write_rows(path, names, inputs):
    """Samples around the inputs that the model is tested with."""
    source = random.Random(1)
    rows = [",".join(names)] if names else []
    for index in range(N_ROWS):
        near = inputs[index % len(inputs)]
        rows.append(",".join(f"{value + source.gauss(0, 0.1) * abs(value):.6g}" for value in near))
    path.write_text("\n".join(rows) + "\n")


def write_wide(cli, folder):
    """The ONNX file of a wide random network, and samples for it."""
    source = random.Random(2)
    layers = []
    for inputs, outputs in zip(WIDE, WIDE[1:]):
        reach = 2 / inputs ** 0.5
        weight = [[source.uniform(-reach, reach) for _ in range(inputs)] for _ in range(outputs)]
        layers += [{"type": "linear", "weight": weight, "bias": [0.1] * outputs}, {"type": "relu"}]
    model = folder / "wide.re3.json"
    model.write_text(json.dumps({"format": "re3-model", "version": 1, "layers": layers[:-1]}))
    subprocess.run([cli, "convert", model, "-o", folder / "wide.onnx"], check=True)
    write_rows(folder / "wide.csv", [], [[source.uniform(0, 1) for _ in range(WIDE[0])]
                                         for _ in range(8)])
    return folder / "wide.onnx", folder / "wide.csv"


def files(cli, name, folder):
    if name == "wide":
        return write_wide(cli, folder)
    companion = json.loads((FIXTURES / f"{name.rpartition('.')[0]}.re3.json").read_text())
    names = [feature["name"] if isinstance(feature, dict) else feature
             for feature in companion.get("features", [])]
    write_rows(folder / "rows.csv", names, [test["input"] for test in companion["tests"]])
    return FIXTURES / name, folder / "rows.csv"


def charts(desktop):
    """The charts on the page that is shown, with what they tell."""
    shown = []
    for node in desktop.walk():
        if node.role == "image" and node.name and not node.name.startswith("Gtk"):
            _, _, width, height = node.box()
            if width > 20 and height > 20 and len(node.description()) > 20:
                shown.append(node.name)
    return shown


def show_all_pages(desktop, name, folder):
    desktop.find_text(f"{N_ROWS} samples")
    desktop.key("ctrl+d")       # something to compare with
    desktop.click(desktop.find(name="3", role="label"))
    for number, page in enumerate(PAGES, 1):
        desktop.key(f"alt+{number}")
        desktop.wait(lambda: charts(desktop), f"a chart on the page {page} of {name}", 60)
        if PICTURES is not None:
            time.sleep(0.5)
            desktop.screenshot(PICTURES / f"{name}-{number}.png")
    quits_quietly(desktop, folder)


def main():
    global FIXTURES, PICTURES
    program, cli, FIXTURES = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3]).resolve()
    PICTURES = pathlib.Path(sys.argv[4]) if len(sys.argv) > 4 else None
    names = [*MODELS, "wide"]
    print(f"1..{len(names)}")
    failures = 0
    for number, name in enumerate(names, 1):
        with tempfile.TemporaryDirectory(prefix="re3-drive-") as folder:
            try:
                model, data = files(cli, name, pathlib.Path(folder))
                with window([program, str(model), str(data)]) as desktop:
                    show_all_pages(desktop, name, folder)
                print(f"ok {number} {name}", flush=True)
            except Exception as problem:
                failures += 1
                print(f"not ok {number} {name}\n# {type(problem).__name__}: {problem}", flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
