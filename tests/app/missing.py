#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens data with missing values, fills them and goes back. Usage: missing.py RE3 SAMPLES [PICTURES]

Prints TAP. Each step goes on from where the last one left the window.
"""

import json
import pathlib
import shutil
import sys
import tempfile

from steps import press, quits_quietly, require, run, window

MARK = "Missing in the data; the training mean stands here"


def write_data(path):
    """Iris with three holes in two of its rows."""
    lines = (SAMPLES / "iris.csv").read_text().splitlines()
    for row, columns in ((3, [1]), (10, [0, 2])):
        cells = lines[row + 1].split(",")
        lines[row + 1] = ",".join("NA" if i in columns else cell for i, cell in enumerate(cells))
    path.write_text("\n".join(lines) + "\n")


def marks(desktop):
    return len([node for node in desktop.find_all(name=MARK) if node.box()[2] > 0])


def has_marks(desktop, count):
    desktop.wait(lambda: marks(desktop) == count, f"{count} marks")


def the_notice_of_skipped_rows_fills_them(desktop, folder):
    desktop.find_text("2 rows were skipped for missing values")
    press(desktop, "Fill with the Training Mean")
    desktop.find_text("3 missing values are filled with the training mean")
    desktop.find_text("150 samples")


def filled_rows_and_values_are_marked(desktop, folder):
    desktop.click(desktop.find(name="? 3", role="label"))
    has_marks(desktop, 1)
    desktop.click(desktop.find(name="4", role="label"))
    has_marks(desktop, 0)
    desktop.click(desktop.find(name="? 10", role="label"))
    has_marks(desktop, 2)


def an_edited_value_is_no_longer_marked(desktop, folder):
    entry = desktop.find(name="Value of sepal length")
    desktop.click(entry)
    desktop.key("ctrl+a")
    desktop.type("5.5")
    desktop.key("Return")
    has_marks(desktop, 1)
    desktop.key("ctrl+z")
    has_marks(desktop, 2)


def the_session_keeps_it(desktop, folder):
    desktop.key("ctrl+s")
    desktop.choose_file(WORK / "filled")
    desktop.wait(lambda: (WORK / "filled.re3session").exists(), "the session")
    saved = json.loads((WORK / "filled.re3session").read_text())
    require(saved["reading"]["fill"] == "mean", f"saved as {saved['reading']}")


def the_details_lead_back(desktop, folder):
    """What was done to a row stays with it, though others before it are skipped."""
    desktop.wait(lambda: len(desktop.windows()) == 1, "end of the dialog")
    desktop.click(desktop.find(name="4", role="label"))
    entry = desktop.find(name="Value of sepal length")
    desktop.wait(lambda: entry.text() == "5", "the sepal length of row 4")
    desktop.click(entry)
    desktop.key("ctrl+a")
    desktop.type("6.5")
    desktop.key("Return")
    desktop.click(desktop.find(name="Lock sepal length"))
    desktop.wait(lambda: not entry.is_sensitive(), "the lock")
    desktop.click(desktop.find(name="150 samples"))
    desktop.key("ctrl+i")
    desktop.wait(lambda: "3 missing values filled with the training mean:" in details(desktop),
                 "the filled values in the details")
    press(desktop, "Skip Rows with Missing Values")
    desktop.find_text("148 samples")
    has_marks(desktop, 0)
    desktop.find_text("Sample 3")
    entry = desktop.find(name="Value of sepal length")
    desktop.wait(lambda: entry.text() == "6.5" and not entry.is_sensitive(), "the locked edit")


def details(desktop):
    return "\n".join(node.name for node in desktop.walk() if node.role == "label")


def a_saved_session_comes_back_filled(desktop, folder):
    """Though the file was last read with its rows skipped."""
    with window([PROGRAM, str(WORK / "filled.re3session")]) as other:
        other.find_text("150 samples")
        has_marks(other, 2)
        quits_quietly(other, folder)


STEPS = [
    the_notice_of_skipped_rows_fills_them,
    filled_rows_and_values_are_marked,
    an_edited_value_is_no_longer_marked,
    the_session_keeps_it,
    the_details_lead_back,
    quits_quietly,
    a_saved_session_comes_back_filled,
]


def main():
    global PROGRAM, SAMPLES, WORK
    PROGRAM, SAMPLES = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    with tempfile.TemporaryDirectory(prefix="re3-missing-") as folder:
        WORK = pathlib.Path(folder)
        shutil.copy(SAMPLES / "iris-8.re3.json", WORK / "model.re3.json")
        write_data(WORK / "holes.csv")
        return run(STEPS, [PROGRAM, str(WORK / "model.re3.json"), str(WORK / "holes.csv")],
                   sys.argv[3] if len(sys.argv) > 3 else None)


if __name__ == "__main__":
    sys.exit(main())
