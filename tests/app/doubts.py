#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens data that can be read in several ways, and chooses. Usage: doubts.py RE3 SAMPLES [PICTURES]

Prints TAP. Each step goes on from where the last one left the window.
"""

import pathlib
import shutil
import sys
import tempfile

from steps import press, quits_quietly, run


def read(text):
    return [line.split(",") for line in text.splitlines()]


def write(name, rows):
    (WORK / name).write_text("".join(",".join(row) + "\n" for row in rows))


def opens(desktop, name):
    desktop.key("ctrl+shift+o")
    desktop.choose_file(WORK / name)
    desktop.wait(lambda: name in desktop.windows()[0].name, f"{name} in the title")


def back_in_the_window(desktop):
    desktop.wait(lambda: len(desktop.windows()) == 1, "end of the dialog")
    desktop.click(desktop.find(name="150 samples"))


def is_locked(desktop):
    return not desktop.find(name="Value of sepal length").is_sensitive()


def chooses(desktop, row, choice):
    """In a row of the dialog that offers a list."""
    desktop.click(next(node for node in desktop.find_all(name=row) if node.role == "label"))
    press(desktop, choice)


def two_columns_could_be_the_label_and_none_is_taken(desktop, folder):
    desktop.find_text("150 samples")
    desktop.find_text("No column is plainly the label; none was taken")
    desktop.click(desktop.find(name="Lock sepal length"))
    desktop.wait(lambda: is_locked(desktop), "the lock")
    press(desktop, "Read Differently…")
    desktop.find_text("several columns could be the label: second, species; choose one.")


def the_dialog_takes_the_one_that_is_chosen(desktop, folder):
    chooses(desktop, "Label", "species")
    desktop.find_text("Label: the column “species”.")
    press(desktop, "Read")
    back_in_the_window(desktop)
    desktop.find_text("setosa")
    desktop.wait(lambda: is_locked(desktop), "the lock that was there before")


def what_was_chosen_is_in_no_doubt(desktop, folder):
    desktop.key("ctrl+i")
    desktop.find_text("Label: the column “species”.")
    if any("In doubt" in node.name for node in desktop.walk()):
        raise AssertionError("still in doubt")
    press(desktop, "Close")
    back_in_the_window(desktop)


def a_first_line_that_counts_may_name_the_columns(desktop, folder):
    opens(desktop, "counted.csv")
    desktop.find_text("The first line might name the columns")
    press(desktop, "Read Differently…")
    desktop.find_text("In doubt: the first line might name the columns.")
    desktop.key("Escape")
    desktop.wait(lambda: len(desktop.windows()) == 1, "end of the dialog")


def columns_with_other_names_are_matched_by_position(desktop, folder):
    opens(desktop, "german.csv")
    desktop.find_text("Columns were matched to features by their position")
    desktop.find_text("Read Differently…")


STEPS = [
    two_columns_could_be_the_label_and_none_is_taken,
    the_dialog_takes_the_one_that_is_chosen,
    what_was_chosen_is_in_no_doubt,
    a_first_line_that_counts_may_name_the_columns,
    columns_with_other_names_are_matched_by_position,
    quits_quietly,
]


def main():
    global WORK
    samples = pathlib.Path(sys.argv[2]).resolve()
    with tempfile.TemporaryDirectory(prefix="re3-doubts-") as folder:
        WORK = pathlib.Path(folder)
        shutil.copy(samples / "iris-8.re3.json", WORK / "model.re3.json")
        names, *rows = read((samples / "iris.csv").read_text())
        write("two.csv", [names[:4] + ["second", "species"]]
              + [row[:4] + [row[4], row[4]] for row in rows])
        write("counted.csv", [list("01234")] + [row[:4] + [row[4]] for row in rows])
        write("german.csv", [["Kelchlänge", "Kelchbreite", "Blattlänge", "Blattbreite", "Art"]] + rows)
        return run(STEPS, [sys.argv[1], str(WORK / "model.re3.json"), str(WORK / "two.csv")],
                   sys.argv[3] if len(sys.argv) > 3 else None)


if __name__ == "__main__":
    sys.exit(main())
