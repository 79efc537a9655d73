#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Limits the nearest other answer in the window. Usage: limits.py RE3 RE3-CLI SAMPLES

Prints TAP. Row 0 of Iris has a sepal of 5.1 cm and a petal of 1.4 cm by 0.2 cm (Fisher 1936): it is
beyond the order that is set here, and what is found must not be.
"""

import json
import pathlib
import subprocess
import sys
import time

from gi.repository import GLib

from steps import Failure, press, quits_quietly, require, run, window

FEATURES = ["sepal length", "sepal width", "petal length", "petal width"]
CHOICE = "Feature to be kept in a range"
RANGES, ORDERS = "Ranges in force", "Orders in force"
LEAST, MOST = "The least that it may be", "The most that it may be"


def focus(desktop, name, key="Tab"):
    """Goes with the keyboard to what is called so."""
    for _ in range(40):
        # Of a drop-down it is the button within that has it.
        if any(part.has_focus() for node in desktop.find_all(name=name) for part in node.walk()):
            return
        desktop.key(key)
    raise Failure(f"forty times {key} do not lead to {name}")


def open_dialog(desktop):
    desktop.key("ctrl+l")
    desktop.find(name=LEAST)


def rows(desktop, name):
    """What a list tells, by the names of its rows."""
    listed = desktop.find(name=name, role="list")
    return {row.name: row.description() for row in listed.children if row.role == "list item"}


def close_dialog(desktop):
    desktop.key("Escape")
    desktop.wait(lambda: len(desktop.windows()) == 1, "end of the dialog")


def choose(desktop, name, beginning):
    """Searches a drop-down with the keyboard."""
    focus(desktop, name)
    desktop.key("Return")
    desktop.wait(lambda: any(node.role in ("list item", "search box") and node.has_focus()
                             for node in desktop.walk()), "the open drop-down")
    desktop.type(beginning)
    time.sleep(0.3)     # a search waits for the next letter
    desktop.key("Down")
    desktop.key("Return")


def there_are_no_limits(desktop, folder):
    desktop.find_text("150 samples")
    open_dialog(desktop)        # also while its button is hidden
    close_dialog(desktop)
    desktop.click(desktop.find(name="Nearest Other Answer", role="label"))
    desktop.find(name="No limits")
    focus(desktop, "Limits…")
    desktop.key("Return")
    desktop.find(name=LEAST)
    require(not rows(desktop, RANGES) and not rows(desktop, ORDERS), "there are limits")


def a_wrong_range_is_refused(desktop, folder):
    choose(desktop, CHOICE, "petal w")
    focus(desktop, LEAST)
    desktop.type("2")
    desktop.key("Tab")
    desktop.type("1")
    desktop.key("Return")
    desktop.find_text("its first number is larger than its second")
    desktop.key("ctrl+a")
    desktop.type("wide")
    desktop.key("Return")
    desktop.find_text("“wide” is no number")
    desktop.key("ctrl+a")
    desktop.key("BackSpace")
    focus(desktop, LEAST, "shift+Tab")
    desktop.key("ctrl+a")
    desktop.key("BackSpace")
    desktop.key("Return")
    desktop.find_text("one end at least")
    require(not rows(desktop, RANGES), "a wrong range was set")


def a_range_is_set(desktop, folder):
    focus(desktop, MOST)
    desktop.type("0.5")
    desktop.key("Return")
    desktop.wait(lambda: rows(desktop, RANGES) == {"petal width": "at most 0.5\u00a0cm"}, "the range")


def an_order_is_added(desktop, folder):
    desktop.click(desktop.find(name="Orders"))
    choose(desktop, "Feature that is never smaller", "sepal l")
    focus(desktop, "Add")
    desktop.key("Return")
    desktop.find_text("“sepal length” is never larger than itself")
    choose(desktop, "Feature that is never smaller", "petal l")
    focus(desktop, "Add")
    desktop.key("Return")
    desktop.wait(lambda: rows(desktop, ORDERS) == {
        "sepal length ≤ petal length": "In the sample itself they are in the other order"},
        "the order")
    desktop.key("Return")
    desktop.find_text("in this order already")


def everything_has_a_name(desktop, folder):
    for page in ("Whole Numbers", "Orders", "Ranges"):
        desktop.click(desktop.find(name=page))
        nameless = [str(node.parent) for node in desktop.walk() if not node.name and node.role in
                    ("button", "toggle button", "text box", "combo box", "search box", "checkbox",
                     "list item") and node.is_sensitive() and node.box()[2] > 0]
        require(not nameless, f"without a name on {page}, in: {nameless}")


def what_is_found_respects_them(desktop, folder):
    close_dialog(desktop)
    desktop.find(name="2 limits")
    desktop.click(desktop.find(name="Within the range of the data"))
    focus(desktop, "Find", "shift+Tab")
    desktop.key("Return")
    desktop.find_text("proven to be the nearest")
    desktop.find_text("The sample itself is beyond the limits; this answer is within.")
    focus(desktop, "Apply All")
    desktop.key("Return")
    # There is room for all features then.
    desktop.click(desktop.find(name="Nearest Other Answer", role="label"))
    desktop.wait(lambda: desktop.find(name="Value of petal length").text() != "1.4", "the answer")
    values = [float(desktop.find(name=f"Value of {name}").text()) for name in FEATURES]
    require(values[0] <= values[2], f"the sepal is longer than the petal: {values}")
    require(values[3] <= 0.5, f"the petal is too wide: {values}")
    answer = json.loads(subprocess.run(
        [CLI, "counterfactual", *FILES, "--row", "0", "--range", "petal width=:0.5",
         "--order", "sepal length<=petal length", "--json"],
        check=True, capture_output=True, text=True).stdout)
    require(all(abs(value - other) < 1e-3 for value, other in zip(values, answer["values"])),
            f"{values} in the window, {answer['values']} on the command line")
    desktop.key("ctrl+z")


def a_lock_in_the_way_is_told(desktop, folder):
    desktop.click(desktop.find(name="Lock sepal length"))
    desktop.click(desktop.find(name="Lock petal length"))
    desktop.click(desktop.find(name="Nearest Other Answer", role="label"))
    desktop.click(desktop.find(name="Find", role="button"))
    desktop.find_text("Limits and locks leave no value for “sepal length”.")
    open_dialog(desktop)
    desktop.click(desktop.find(name="Orders"))
    desktop.wait(lambda: "nothing can be found until" in "".join(rows(desktop, ORDERS).values()),
                 "the lock in the way")
    close_dialog(desktop)
    desktop.click(desktop.find(name="Nearest Other Answer", role="label"))
    desktop.click(desktop.find(name="Lock sepal length"))
    desktop.click(desktop.find(name="Lock petal length"))
    desktop.click(desktop.find(name="Nearest Other Answer", role="label"))


def whole_numbers_are_marked(desktop, folder):
    open_dialog(desktop)
    desktop.click(desktop.find(name="Whole Numbers"))
    desktop.find(name="0 of 4 features stay whole numbers")
    focus(desktop, "Search features that stay whole numbers")
    desktop.type("sepal w")
    desktop.wait(lambda: len(desktop.find_all(name="sepal length", role="checkbox")) == 0,
                 "what the search finds")
    focus(desktop, "sepal width")
    desktop.key("Return")
    desktop.find(name="1 of 4 features stays a whole number")
    close_dialog(desktop)
    desktop.find(name="2 limits, 1 feature stays whole")


def they_are_saved_and_opened(desktop, folder):
    file = folder / "limited.re3session"
    desktop.key("ctrl+s")
    desktop.choose_file(file)
    desktop.wait(file.exists, "the saved session")
    require(json.loads(file.read_text())["limits"] == {
        "ranges": [{"feature": 3, "low": None, "high": 0.5}],
        "orders": [{"lesser": 0, "greater": 2}],
        "integers": [{"feature": 1, "integer": True}]}, f"saved: {file.read_text()}")
    with window([PROGRAM, str(file)]) as other:
        other.find_text("150 samples")
        press(other, "Nearest Other Answer")
        other.find(name="2 limits, 1 feature stays whole")
        other.key("ctrl+q")
        require(other.wait_for_end() == 0, f"it ended badly:\n{other.log()}")


def they_are_taken_back(desktop, folder):
    open_dialog(desktop)
    focus(desktop, "Remove the range of petal width")
    desktop.key("Return")
    desktop.wait(lambda: not rows(desktop, RANGES), "an empty list")
    require(any(node.has_focus() for node in desktop.find(name=CHOICE).walk()),
            "the keyboard is lost")
    close_dialog(desktop)
    desktop.find(name="1 limit, 1 feature stays whole")


def another_model_has_none(desktop, folder):
    """And closes the dialog: it may have been on its way when that was opened. Nothing of the one
    before is done or analysed again."""
    layers = [{"type": "linear", "weight": [[1.0], [-1.0]]}]
    (folder / "small.re3.json").write_text(
        json.dumps({"format": "re3-model", "version": 1, "layers": layers}))
    (folder / "small.csv").write_text("0.5\n-0.25\n")
    model, data = ((folder / name).as_uri() for name in ("small.re3.json", "small.csv"))
    require(desktop.is_enabled("redo"), "nothing was undone")
    open_dialog(desktop)
    desktop.activate("open-recent", GLib.Variant("(ss)", (model, "")))
    desktop.wait(lambda: len(desktop.windows()) == 1, "end of the dialog")
    desktop.wait(lambda: not desktop.is_enabled("redo"), "nothing to be done again")
    desktop.find_text("Open a data set to see its answers")
    desktop.key("F5")  # and nothing to be analysed
    desktop.activate("open-recent", GLib.Variant("(ss)", (model, data)))
    desktop.find_text("2 samples")
    desktop.find(name="No limits")


STEPS = [
    there_are_no_limits,
    a_wrong_range_is_refused,
    a_range_is_set,
    an_order_is_added,
    everything_has_a_name,
    what_is_found_respects_them,
    a_lock_in_the_way_is_told,
    whole_numbers_are_marked,
    they_are_saved_and_opened,
    they_are_taken_back,
    another_model_has_none,
    quits_quietly,
]


def main():
    global PROGRAM, CLI, SAMPLES, FILES
    PROGRAM, CLI, SAMPLES = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3]).resolve()
    FILES = [str(SAMPLES / "iris-8-4.re3.json"), str(SAMPLES / "iris.csv")]
    return run(STEPS, [PROGRAM, *FILES], sys.argv[4] if len(sys.argv) > 4 else None)


if __name__ == "__main__":
    sys.exit(main())
