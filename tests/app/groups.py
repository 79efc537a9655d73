#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Edits one-hot groups of features in the window. Usage: groups.py RE3

Prints TAP. The colour is declared by the model, the shape is left to be detected; the answer is yes where
size / 2 + 3 blue > 2.
"""

import json
import pathlib
import re
import sys
import tempfile

from steps import press, quits_quietly, require, run, window

FEATURES = ["size", "colour_red", "colour_green", "colour_blue", "shape_round", "shape_flat"]


def write_model(folder):
    layers = [{"type": "linear", "weight": [[1, 0, 0, 0, 0, 0], [0, 0, 0, 1, 0, 0]],
               "bias": [1, -0.5]},
              {"type": "relu"},
              {"type": "linear", "weight": [[0, 0], [0.5, 6]], "bias": [0, -2.5]}]
    model = {"format": "re3-model", "version": 1,
             "features": [{"name": name} for name in FEATURES], "classes": ["no", "yes"],
             "groups": [{"name": "colour", "features": FEATURES[1:4]}], "layers": layers}
    (folder / "grouped.re3.json").write_text(json.dumps(model))
    rows = [",".join([*FEATURES, "answer"]), "1,1,0,0,1,0,no", "2,0.3,0.7,0,0,1,no"]
    for row in range(28):
        colour = ["1,0,0", "0,1,0", "0,0,1"][row % 3]
        rows.append(f"{row % 4},{colour},{['1,0', '0,1'][row % 2]},{['no', 'yes'][row % 3 == 2]}")
    (folder / "grouped.csv").write_text("\n".join(rows) + "\n")
    return [str(folder / "grouped.re3.json"), str(folder / "grouped.csv")]


def texts(desktop):
    return [node.name for node in desktop.walk() if node.role == "label"]


def sliders(desktop):
    return [node.name for node in desktop.walk() if node.role == "slider" and node.name in FEATURES]


def shows(desktop, text):
    desktop.wait(lambda: text in texts(desktop), f"the text “{text}”")


def choose(desktop, group, choice):
    desktop.click(desktop.find(name=group, role="combo box"))
    desktop.click(desktop.find(name=choice, role="label"))
    # Without a window manager the first click after a popover is lost.
    desktop.click(desktop.find(name="What if", role="label"))


def answer(desktop):
    """The class that the panel says is predicted."""
    return next(text for text in texts(desktop) if re.match(r"● .*\d\s*%$", text)).split()[1]


def a_declared_group_is_one_row(desktop, folder):
    desktop.find_text("30 samples")
    desktop.find(name="colour", role="combo box")
    require(sliders(desktop) == ["size", "shape_round", "shape_flat"],
            f"the sliders are {sliders(desktop)}")
    shows(desktop, "One of 3 choices")
    require(not desktop.find(name="Reset colour").is_sensitive(), "the colour is edited")


def a_choice_is_made_and_undone(desktop, folder):
    choose(desktop, "colour", "blue")
    shows(desktop, "○ red in the data")
    desktop.wait(lambda: answer(desktop) == "yes", "another answer")
    desktop.key("ctrl+z")
    shows(desktop, "One of 3 choices")
    require(answer(desktop) == "no", "the answer is not that of the data")
    desktop.key("ctrl+shift+z")
    shows(desktop, "○ red in the data")
    desktop.click(desktop.find(name="Reset colour"))
    shows(desktop, "One of 3 choices")


def a_locked_group_stays(desktop, folder):
    choose(desktop, "colour", "green")
    shows(desktop, "○ red in the data")
    desktop.click(desktop.find(name="Lock colour"))
    desktop.wait(lambda: not desktop.find(name="colour", role="combo box").is_sensitive(),
                 "a lock on the colour")
    desktop.click(desktop.find(name="Reset All", role="button"))
    require("○ red in the data" in texts(desktop), "the locked choice was taken back")
    desktop.click(desktop.find(name="Lock colour"))
    desktop.click(desktop.find(name="Reset colour"))
    shows(desktop, "One of 3 choices")


def the_nearest_other_answer_is_another_choice(desktop, folder):
    desktop.click(desktop.find(name="Nearest Other Answer", role="label"))
    desktop.click(desktop.find(name="Find", role="button"))
    desktop.find_text("proven to be the nearest")
    shows(desktop, "colour: red → blue")
    desktop.click(desktop.find(name="Apply to colour"))
    desktop.wait(lambda: answer(desktop) == "yes", "another answer")
    desktop.key("ctrl+z")
    desktop.wait(lambda: answer(desktop) == "no", "the answer of the data")
    desktop.click(desktop.find(name="Nearest Other Answer", role="label"))


def what_the_data_suggest_is_adopted(desktop, folder):
    shows(desktop, "Edit as one choice: shape = round, flat")
    desktop.click(desktop.find(name="Accept", role="button"))
    desktop.find(name="shape", role="combo box")
    desktop.wait(lambda: sliders(desktop) == ["size"], "one slider")
    shows(desktop, "One of 2 choices")
    require("Accept" not in texts(desktop), "there is still something on offer")


def what_was_adopted_is_broken_up(desktop, folder):
    desktop.click(desktop.find(name="More about shape"))
    desktop.click(desktop.find(name="Break Up into Features", role="menu item"), (0.25, 0.5))
    desktop.wait(lambda: len(sliders(desktop)) == 3, "the features of the shape")
    desktop.click(desktop.find(name="Not Now", role="button"))
    desktop.wait(lambda: "Accept" not in texts(desktop), "no more offers")


def what_is_no_choice_is_shown_as_it_is(desktop, folder):
    desktop.click(next(node for node in desktop.find_all(name="1") if node.role == "label"))
    shows(desktop, "Not one choice: red 0.3, green 0.7")
    choose(desktop, "colour", "blue")
    shows(desktop, "○ Not one choice in the data")
    choose(desktop, "colour", "Not One Choice")
    shows(desktop, "Not one choice: red 0.3, green 0.7")
    require(not desktop.find(name="Reset colour").is_sensitive(), "the colour is edited")


def a_choice_that_is_missing_is_marked(desktop, folder):
    """Where a mean stands for a member; what is chosen instead is a person's own."""
    mark = "Missing in the data; the training mean stands here"

    def marks(count):
        other.wait(lambda: len([node for node in other.find_all(name=mark) if node.box()[2] > 0])
                   == count, f"{count} marks")

    files = write_model(folder)
    holes = folder / "holes.csv"
    rows = (folder / "grouped.csv").read_text().splitlines()
    holes.write_text("\n".join([*rows[:1], "3,NA,0,0,1,0,no", *rows[3:]]) + "\n")
    with window([sys.argv[1], files[0], str(holes)]) as other:
        press(other, "Fill with the Training Mean")
        other.find_text("29 samples")
        # What was selected still is: it was the first row, and is the second now.
        marks(0)
        other.click(other.find(name="? 0", role="label"))
        marks(1)
        choose(other, "colour", "blue")
        marks(0)
        other.click(other.find(name="Reset colour"))
        marks(1)
        quits_quietly(other, folder)


STEPS = [
    a_declared_group_is_one_row,
    a_choice_is_made_and_undone,
    a_locked_group_stays,
    the_nearest_other_answer_is_another_choice,
    what_the_data_suggest_is_adopted,
    what_was_adopted_is_broken_up,
    what_is_no_choice_is_shown_as_it_is,
    quits_quietly,
    a_choice_that_is_missing_is_marked,
]


def main():
    with tempfile.TemporaryDirectory(prefix="re3-groups-") as folder:
        files = write_model(pathlib.Path(folder))
        return run(STEPS, [sys.argv[1], *files], sys.argv[2] if len(sys.argv) > 2 else None)


if __name__ == "__main__":
    sys.exit(main())
