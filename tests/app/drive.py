#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Uses the real window as a person would. Usage: drive.py RE3 SAMPLES [SCREENSHOT_FOLDER]

Prints TAP. Each step goes on from where the last one left the window.
"""

import pathlib
import re
import sys

from steps import Failure, quits_quietly, require, run, window

BROKEN = '{"format": "re3-model", "version": 1,\n "layers": [{"type": "linear", "weight": [[1, 2}\n'


def prediction(desktop):
    """What the what-if panel says, such as ("setosa", 99.9)."""
    pattern = re.compile(r"^● (\w+)\s+(?:[<>]\s)?([\d.]+)\s*%$")
    for node in desktop.walk():
        match = pattern.match(node.name)
        if match:
            return match[1], float(match[2])
    raise Failure("no prediction is shown")


def opens_on_iris(desktop, folder):
    desktop.find_text("150 samples")
    desktop.find_text("Sample 0")
    require(prediction(desktop)[0] == "setosa", "row 0 of Iris is a setosa")
    title = desktop.windows()[0].name
    require("iris-16-8-4" in title, f"the title is {title}")


def selects_row_5(desktop, folder):
    cell = next(node for node in desktop.find_all(name="5") if node.role == "label")
    desktop.click(cell)
    desktop.find_text("Sample 5")
    desktop.key("Down")
    desktop.find_text("Sample 6")
    desktop.key("Up")
    desktop.find_text("Sample 5")
    desktop.key("End")
    desktop.find_text("Sample 149")
    desktop.key("Home")
    desktop.find_text("Sample 0")
    desktop.click(cell)
    desktop.find_text("Sample 5")


def dragging_changes_the_prediction(desktop, folder):
    before = prediction(desktop)
    chart = desktop.find(name="Class probabilities", role="image")
    told = chart.description()
    for feature in ("petal length (cm)", "petal width (cm)"):
        slider = desktop.find(name=feature, role="slider")
        desktop.drag(slider, (0.1, 0.5), (0.97, 0.5))
    desktop.wait(lambda: prediction(desktop)[0] == "virginica", "virginica at the largest petal")
    require(before[0] == "setosa", "row 5 is a setosa")
    desktop.find_text("Another region")
    desktop.find_text("was ")
    desktop.wait(lambda: chart.description() != told, "new description of the probabilities")


def typing_a_value(desktop, folder):
    entry = desktop.find(name="Value of sepal width")
    desktop.click(entry)
    desktop.key("ctrl+a")
    desktop.type("3.25")
    desktop.key("Return")
    desktop.wait(lambda: entry.text() == "3.25", "3.25 in the entry")
    desktop.key("ctrl+a")
    desktop.type("wide")
    desktop.key("Return")
    desktop.wait(lambda: entry.text() == "wide", "what cannot be read, which stays to be mended")
    desktop.key("Escape")
    desktop.wait(lambda: entry.text() == "3.25", "the value that was there")


def impossible_values_are_refused(desktop, folder):
    entry = desktop.find(name="Value of petal width")
    desktop.click(entry)
    desktop.key("ctrl+a")
    desktop.type("1e308")
    desktop.key("Return")
    require("nan" not in " ".join(node.name.lower() for node in desktop.walk()), "NaN is shown")
    require(prediction(desktop)[0] == "virginica", "the answer has changed")
    desktop.key("Escape")


def tab_leaves_the_list(desktop, folder):
    desktop.click(next(node for node in desktop.find_all(name="5") if node.role == "label"))
    for _ in range(12):         # what the page has, and what takes back the edits
        desktop.key("Tab")
        if any(node.name == "Reset All" and node.has_focus() for node in desktop.walk()):
            return
    raise Failure("a dozen Tabs do not lead to Reset All")


def edits_are_undone_and_redone(desktop, folder):
    entry = desktop.find(name="Value of sepal width")
    require(entry.text() == "3.25", f"sepal width is {entry.text()}")
    desktop.click(next(node for node in desktop.find_all(name="5") if node.role == "label"))
    desktop.key("ctrl+z")
    desktop.wait(lambda: entry.text() == "3.9", "the sepal width of the data")
    require(prediction(desktop)[0] == "virginica", "the drags before it stay")
    desktop.key("ctrl+shift+z")
    desktop.wait(lambda: entry.text() == "3.25", "the typed sepal width")


def a_locked_feature_stays(desktop, folder):
    lock = desktop.find(name="Lock sepal width")
    entry = desktop.find(name="Value of sepal width")
    desktop.click(lock)
    desktop.click(desktop.find(name="Reset All", role="button"))
    desktop.wait(lambda: prediction(desktop)[0] == "setosa", "the prediction of the data")
    require(entry.text() == "3.25", "the locked edit was taken back")
    desktop.click(lock)


def the_nearest_other_answer_is_applied(desktop, folder):
    desktop.click(desktop.find(name="Reset All", role="button"))
    desktop.wait(lambda: prediction(desktop)[0] == "setosa", "the prediction of the data")
    desktop.click(desktop.find(name="Nearest Other Answer", role="label"))
    desktop.click(desktop.find(name="Find", role="button"))
    desktop.find_text("proven to be the nearest")
    apply_all = desktop.find(name="Apply All", role="button")
    for locked in (True, False):
        desktop.click(desktop.find(name="Lock sepal length"))
        desktop.wait(lambda: apply_all.is_sensitive() != locked, "Apply All to follow the lock")
        require(locked == ("sepal length is locked" in apply_all.description()),
                f"Apply All says “{apply_all.description()}”")
    desktop.click(apply_all)
    desktop.wait(lambda: prediction(desktop)[0] != "setosa", "another class")
    desktop.click(desktop.find(name="Nearest Other Answer", role="label"))


def resetting_takes_all_back(desktop, folder):
    desktop.click(desktop.find(name="Reset All", role="button"))
    desktop.wait(lambda: prediction(desktop)[0] == "setosa", "the prediction of the data")
    desktop.find_text("Its own region")
    desktop.find_text("as in the data")


def searching_and_filtering(desktop, folder):
    desktop.key("ctrl+f")
    desktop.type("virginica")
    desktop.wait(lambda: any(re.match(r"^5\d of 150 samples", n.name) for n in desktop.walk()),
                 "the fifty and some samples of virginica")
    desktop.key("ctrl+a")
    desktop.key("BackSpace")
    desktop.find_text("150 samples")


def choosing_a_region_filters(desktop, folder):
    desktop.key("alt+2")
    chart = desktop.find(name="Samples per region by class", role="image")
    # The first bar is the largest region's and stands below the legend and the name of its panel.
    height = chart.box()[3]
    for y in range(24, 90, 6):
        desktop.click(chart, (0.2, y / height))
        if any(re.match(r"^\d+ of 150 samples", node.name) for node in desktop.walk()):
            break
    else:
        raise Failure("no click on the largest region filtered the samples")
    # The chart has not moved under the pointer: another click on the same place takes it back.
    desktop.find(name="region R1")
    desktop.button(True)
    desktop.button(False)
    desktop.find(name="150 samples")
    desktop.button(True)
    desktop.button(False)
    region = desktop.find(name="region R1")
    desktop.click(region)
    desktop.find(name="150 samples")
    desktop.key("alt+1")


def a_broken_file_is_explained(desktop, folder):
    broken = folder / "broken.re3.json"
    broken.write_text(BROKEN)
    desktop.key("ctrl+o")
    desktop.choose_file(broken)
    message = desktop.find_text("broken.re3.json:2")
    require(len(message.name) > 30, f"not much of a sentence: {message.name}")
    desktop.key("Escape")
    desktop.wait(lambda: len(desktop.windows()) == 1, "end of the message")
    require("iris-16-8-4" in desktop.windows()[0].name, "the good document is gone")
    require(prediction(desktop)[0] == "setosa", "the sample is gone")


def opens_another_model(desktop, folder):
    desktop.key("ctrl+o")
    desktop.choose_file(SAMPLES / "iris-8.re3.json")
    desktop.wait(lambda: "iris-8 on iris.csv" in desktop.windows()[0].name, "the other model")
    desktop.find_text("150 samples")


def shows_the_shortcuts(desktop, folder):
    desktop.key("F1")
    desktop.find_text("Take back all edits of the sample")
    desktop.key("Escape")
    desktop.wait(lambda: len(desktop.windows()) == 1, "end of the shortcuts window")


def everything_has_a_name(desktop, folder):
    """What can be operated has an accessible name, and every chart a description."""
    nameless = [str(node.parent) for node in desktop.walk() if not node.name and node.role in
                ("button", "toggle button", "slider", "text box", "combo box", "search box")
                and node.is_sensitive()]
    require(not nameless, f"without a name, in: {nameless}")
    charts = [node for node in desktop.walk() if node.role == "image" and node.name]
    described = [node for node in charts if len(node.description()) > 20]
    require(len(described) >= 3, f"only {len(described)} charts have a description")


def closes_while_it_works(desktop, folder):
    """Another window, on so many rows that it is still at work when it is closed."""
    header, *rows = (SAMPLES / "iris.csv").read_text().splitlines()
    (folder / "many.csv").write_text("\n".join([header, *rows * 2000]) + "\n")
    with window([PROGRAM, str(SAMPLES / "iris-16-8-4.re3.json"), str(folder / "many.csv")]) as busy:
        busy.key("ctrl+w")
        require(busy.wait_for_end(20) == 0, f"the program ended badly:\n{busy.log()}")
        require(not busy.complaints(), f"the program printed:\n{busy.log()}")


STEPS = [
    opens_on_iris,
    selects_row_5,
    dragging_changes_the_prediction,
    typing_a_value,
    impossible_values_are_refused,
    tab_leaves_the_list,
    edits_are_undone_and_redone,
    a_locked_feature_stays,
    the_nearest_other_answer_is_applied,
    resetting_takes_all_back,
    searching_and_filtering,
    choosing_a_region_filters,
    a_broken_file_is_explained,
    opens_another_model,
    shows_the_shortcuts,
    everything_has_a_name,
    quits_quietly,
    closes_while_it_works,
]


def main():
    global PROGRAM, SAMPLES
    PROGRAM, SAMPLES = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    return run(STEPS, [PROGRAM], sys.argv[3] if len(sys.argv) > 3 else None)


if __name__ == "__main__":
    sys.exit(main())
