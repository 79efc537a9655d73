#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names what a model's file does not, as a person would.
Usage: naming.py RE3 MODELS [SCREENSHOT_FOLDER]

MODELS are the fixtures. Prints TAP. Each step goes on from where the last one left the window.
"""

import json
import pathlib
import shutil
import sys
import tempfile

from steps import quits_quietly, require, run, window

COLUMNS = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta"]
N_ROWS = 12


def sidecar():
    return json.loads((WORK / "net.re3.json").read_text())


def cell(row, column):
    return round((row * 7 + column * 3) % 11 / 5 - 1, 2)


def replace(desktop, name, text):
    entry = desktop.find(name=name, role="text box")
    desktop.click(entry)
    desktop.key("ctrl+a")
    desktop.type(text)
    desktop.wait(lambda: entry.text() == text, f"{text} as {name}")


def back_in_the_window(desktop):
    desktop.wait(lambda: len(desktop.windows()) == 1, "end of the dialog")


def button(desktop, name):
    """What it says: the button itself has that with the mnemonic, too."""
    return desktop.find(name=name, role="label")


def offers_to_name(desktop, folder):
    desktop.find_text(f"{N_ROWS} samples")
    desktop.click(desktop.find(name="4", role="label"))
    desktop.find_text("Sample 4")
    desktop.find_text("names no features or classes")
    desktop.click(button(desktop, "Name Them…"))
    desktop.find_text("Saved as net.re3.json beside the model")


def proposes_the_columns(desktop, folder):
    for number, column in enumerate(COLUMNS, 1):
        entry = desktop.find(name=f"Feature {number}", role="text box")
        require(entry.text() == column, f"feature {number} is called {entry.text()}")
    require(desktop.find(name="Class 3", role="text box").text() == "2", "the third class is not 2")


def refuses_what_cannot_be_told_apart(desktop, folder):
    replace(desktop, "Feature 2", "alpha")
    desktop.find_text("Two of the model's features have the name “alpha”")
    save = desktop.find(name="_Save Save", role="button")
    desktop.wait(lambda: not save.is_sensitive(), "Save out of reach")
    replace(desktop, "Feature 2", " ")
    desktop.find_text("Name 2 of the model's features is empty")


def cancelling_changes_nothing(desktop, folder):
    before = sorted(path.name for path in WORK.iterdir())
    desktop.key("Escape")
    back_in_the_window(desktop)
    require(sorted(path.name for path in WORK.iterdir()) == before, "a file was written")


def open_from_the_menu(desktop):
    desktop.click(desktop.find(name="4", role="label"))
    desktop.key("F10")
    item = desktop.find(name="Name Features and Classes…", role="menu item")
    for _ in range(20):
        desktop.key("Down")
        if item.has_focus():
            break
    desktop.key("Return")
    desktop.find_text("Saved as net.re3.json")


def what_cannot_be_written_is_told(desktop, folder):
    """A folder in the place of the file stops also those who may write everywhere."""
    (WORK / "net.re3.json").mkdir()
    open_from_the_menu(desktop)
    replace(desktop, "Unit 1", "cm")
    desktop.click(button(desktop, "Save"))
    desktop.find_text("net.re3.json: a folder has this name")
    (WORK / "net.re3.json").rmdir()


def saves_and_shows_the_names(desktop, folder):
    replace(desktop, "Class 1", "cat")
    desktop.key("Return")
    desktop.wait(lambda: desktop.find(name="Class 2", role="text box").has_focus(),
                 "focus on the next class")
    for number, name in ((2, "dog"), (3, "eel")):
        replace(desktop, f"Class {number}", name)
    # Each still belongs to its column, also the one that is called as another column.
    replace(desktop, "Feature 2", "width")
    replace(desktop, "Feature 3", "beta")
    desktop.click(button(desktop, "Save"))
    back_in_the_window(desktop)
    desktop.find(name="Value of alpha")
    for number, name in enumerate(("width", "beta"), 1):
        entry = desktop.find(name=f"Value of {name}")
        require(float(entry.text()) == cell(4, number), f"{name} is {entry.text()}")
    desktop.wait(lambda: any(node.name.startswith("● ") and node.name.split()[1] == "cat"
                             for node in desktop.walk()), "a class by its name")
    desktop.find_text("Sample 4")
    saved = sidecar()
    require(saved["features"] == [{"name": COLUMNS[0], "unit": "cm"},
                                  {"name": "width", "column": "beta"},
                                  {"name": "beta", "column": "gamma"},
                                  *({"name": name} for name in COLUMNS[3:])],
            f"saved {saved['features']}")
    require(saved["classes"] == ["cat", "dog", "eel"], f"saved {saved['classes']}")


def a_model_of_its_own_names_itself(desktop, folder):
    with window([PROGRAM, str(WORK / "own.re3.json"), str(WORK / "rows.csv")]) as other:
        other.find_text(f"{N_ROWS} samples")
        other.click(other.find(name="4", role="label"))
        other.key("F10")
        item = other.find(name="Name Features and Classes…", role="menu item")
        for _ in range(20):
            other.key("Down")
            if item.has_focus():
                break
        other.key("Return")
        other.find_text("own.re3.json is a Re3 model, and names them itself")
        require(not other.find_all(name="Name Them…"), "it offers to name what it cannot")


STEPS = [
    offers_to_name,
    proposes_the_columns,
    refuses_what_cannot_be_told_apart,
    cancelling_changes_nothing,
    what_cannot_be_written_is_told,
    saves_and_shows_the_names,
    quits_quietly,
    a_model_of_its_own_names_itself,
]


def write_files(models):
    shutil.copy(models / "torch-opset17.onnx", WORK / "net.onnx")
    rows = [",".join(COLUMNS)]
    rows += [",".join(f"{cell(row, column):.2f}" for column in range(6)) for row in range(N_ROWS)]
    (WORK / "rows.csv").write_text("\n".join(rows) + "\n")
    layers = [{"type": "linear", "weight": [[1, -1, 2, 0, 1, 3], [0, 1, 1, 1, -2, 1]]}]
    (WORK / "own.re3.json").write_text(json.dumps({"format": "re3-model", "version": 1,
                                                   "layers": layers}))


if __name__ == "__main__":
    PROGRAM = sys.argv[1]
    with tempfile.TemporaryDirectory(prefix="re3-naming-") as work:
        WORK = pathlib.Path(work)
        write_files(pathlib.Path(sys.argv[2]).resolve())
        status = run(STEPS, [PROGRAM, str(WORK / "net.onnx"), str(WORK / "rows.csv")],
                     sys.argv[3] if len(sys.argv) > 3 else None)
    sys.exit(status)
