#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pins a sample in the window and compares others with it. Usage: comparing.py RE3 SAMPLES [FOLDER]

Prints TAP; screenshots go to FOLDER.
"""

import pathlib
import sys
import time

from steps import quits_quietly, require, run

FEATURES = {"sepal length", "sepal width", "petal length", "petal width"}


def texts(desktop):
    return [node.name for node in desktop.walk() if node.box()[2] > 0]


def table(desktop):
    """The labels of the comparison, row by row: as far as long lists are read, which is to the first
    two features."""
    grid = desktop.find(name="Pinned and selected sample side by side")
    labels = [node for node in grid.walk() if node.role == "label" and node.box()[2] > 0]
    rows = {}
    for node in labels:
        rows.setdefault(node.box()[1], []).append((node.box()[0], node.name))
    return [[name for _, name in sorted(row)] for _, row in sorted(rows.items())]


def number(text):
    return float(text.replace("\u2212", "-"))


def nothing_is_pinned_at_first(desktop, folder):
    desktop.find_text("150 samples")
    desktop.key("alt+8")
    desktop.find_text("Nothing Is Pinned")


def without_a_pin_there_is_nothing_to_export(desktop, folder):
    desktop.key("ctrl+e")
    desktop.find_text("Pin a sample first")
    require(len(desktop.windows()) == 1, "another figure is offered")


def the_pin_is_taken(desktop, folder):
    desktop.click(next(node for node in desktop.find_all(name="5") if node.role == "label"))
    desktop.find_text("setosa")
    desktop.click(desktop.find(name="Pin This Sample", role="button"))
    desktop.find_text("Row 5 is pinned")
    desktop.wait(lambda: "From pinned row 5 to the sample" in texts(desktop), "the comparison")


def an_edit_is_compared(desktop, folder):
    slider = desktop.find(name="petal length (cm)", role="slider")
    desktop.drag(slider, (0.1, 0.5), (0.97, 0.5))
    rows = []

    def is_shown():
        rows[:] = table(desktop)
        return any(row[0] == "petal length" and row[1] != row[2] for row in rows)

    desktop.wait(is_shown, "the edit in the table")
    features = [row for row in rows if row[0] in FEATURES and len(row) == 7]
    require(len(features) == 2, f"the features are {features}")
    # Row 5 of Iris is 5.4, 3.9, 1.7, 0.4 cm (Fisher 1936).
    changed = next(row for row in features if row[0] == "petal length")
    require(changed[1] == "1.7", f"petal length was {changed[1]}")
    sizes = [abs(number(row[5])) for row in features]
    require(sizes == sorted(sizes, reverse=True), f"the differences are {sizes}")
    for row in features:
        require((number(row[6]) == 0) == (row[0] != "petal length"), f"on the way: {row}")
    answer = next(row for row in rows if row[0] == "Prediction")
    require(changed[6] == answer[5], f"{changed[6]} is not the change of the logit, {answer[5]}")


def the_pin_survives_a_filter(desktop, folder):
    desktop.click(desktop.find(name="Misclassified"))
    desktop.wait(lambda: not any(node.name == "150 samples" for node in desktop.walk()), "a filter")
    require("From pinned row 5 to the sample" in texts(desktop), "the pin is gone")
    desktop.click(desktop.find(name="Misclassified"))
    desktop.find_text("150 samples")


def an_edited_sample_is_pinned_by_key(desktop, folder):
    desktop.key("ctrl+d")
    desktop.wait(lambda: "From pinned row 5, edited to the sample" in texts(desktop),
                 "the edited sample")


def contributions_start_from_the_pin(desktop, folder):
    desktop.key("ctrl+r")
    desktop.key("alt+1")
    chart = desktop.find(name="Contributions to setosa", role="image")
    desktop.click(desktop.find(name="How the figures are drawn"))
    time.sleep(0.5)
    for _ in range(8):          # places in a popover are not known, but its order is
        choice = desktop.find(name="Also from a baseline", role="combo box")
        if any(node.has_focus() for node in choice.walk()):
            break
        desktop.key("Tab")
    desktop.key("space")
    time.sleep(0.3)             # the list opens and takes the focus
    for key in ("Home", "Down", "Down", "Down", "Return", "Escape"):
        desktop.key(key)
    desktop.wait(lambda: "From pinned row 5, edited, contributions" in chart.description(),
                 "the second column")


def it_is_unpinned(desktop, folder):
    # The list of baselines, on a slow machine, takes keys for a moment after it was answered.
    def goes_to_the_comparison():
        desktop.key("alt+8")
        return desktop.find(name="Compare", role="tab").is_selected()

    desktop.wait(goes_to_the_comparison, "the page Compare")
    desktop.click(desktop.find(name="Unpin", role="button"))
    desktop.find_text("Nothing Is Pinned")
    desktop.wait(lambda: "From pinned row 5, edited to the sample" not in texts(desktop),
                 "end of the comparison")


STEPS = [
    nothing_is_pinned_at_first,
    without_a_pin_there_is_nothing_to_export,
    the_pin_is_taken,
    an_edit_is_compared,
    the_pin_survives_a_filter,
    an_edited_sample_is_pinned_by_key,
    contributions_start_from_the_pin,
    it_is_unpinned,
    quits_quietly,
]


def main():
    program, samples = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    command = [program, str(samples / "iris-16-8-4.re3.json"), str(samples / "iris.csv")]
    return run(STEPS, command, sys.argv[3] if len(sys.argv) > 3 else None)


if __name__ == "__main__":
    sys.exit(main())
