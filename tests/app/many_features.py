#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Edits a model of eight hundred features in the window. Usage: many_features.py RE3

Prints TAP. Rows are made for the features in sight only, and used again for others.
"""

import json
import pathlib
import sys
import tempfile

from steps import quits_quietly, require, run

FEATURES = 800
HEAVIEST = 300


def write_model(folder):
    """One neuron that answers by the sign of a sum in which one feature counts most."""
    names = [f"f{index}" for index in range(FEATURES)]
    weights = [3.0 if index == HEAVIEST else 0.01 for index in range(FEATURES)]
    layers = [{"type": "linear", "weight": [weights], "bias": [0.5]}, {"type": "relu"},
              {"type": "linear", "weight": [[1.0], [-1.0]], "bias": [0.0, 0.5]}]
    model = {"format": "re3-model", "version": 1, "features": [{"name": name} for name in names],
             "classes": ["yes", "no"], "layers": layers}
    (folder / "wide.re3.json").write_text(json.dumps(model))
    # Feature i of sample r is (i + r) modulo 10: known wherever it is looked at.
    rows = [",".join(names)] + [",".join(str((index + row) % 10 / 10) for index in range(FEATURES))
                                for row in range(30)]
    (folder / "wide.csv").write_text("\n".join(rows) + "\n")
    return [str(folder / "wide.re3.json"), str(folder / "wide.csv")]


def sliders(desktop):
    """The names of the features that have a slider, from the top."""
    return [node.name for node in desktop.walk() if node.role == "slider" and node.name[:1] == "f"]


def value(desktop, feature):
    return desktop.find(name=f"Value of {feature}").text()


def search(desktop, text, found):
    desktop.click(desktop.find(name="Search features"))
    desktop.key("ctrl+a")
    desktop.key("BackSpace")
    desktop.type(text)
    desktop.wait(lambda: found(sliders(desktop)), f"what a search for '{text}' finds")


def only_the_rows_in_sight_are_made(desktop, folder):
    desktop.find(name="f0", role="slider")
    desktop.find_text("30 samples")
    names = sliders(desktop)
    require(names == [f"f{index}" for index in range(len(names))], f"the order is {names}")
    require(3 <= len(names) < 20, f"{len(names)} sliders are made")
    for index, name in enumerate(names):
        require(float(value(desktop, name)) == index % 10 / 10, f"the value of {name}")


def tab_goes_on_below_what_was_in_sight(desktop, folder):
    last = sliders(desktop)[-1]
    desktop.click(desktop.find(name="Value of f0"))
    for _ in range(6 * len(sliders(desktop))):
        desktop.key("Tab")
        if any(node.name == f"Value of {last}" and node.has_focus() for node in desktop.walk()):
            break
    else:
        require(False, f"Tab does not lead to {last}")
    _, y, _, height = desktop.find(name=f"Value of {last}").box()
    require(y + height < 800, f"{last} has the focus, and is out of sight")
    desktop.key("Tab")
    desktop.wait(lambda: int(sliders(desktop)[-1][1:]) > int(last[1:]), f"what is below {last}")


def an_edit_and_a_lock_outlast_their_row(desktop, folder):
    search(desktop, "f777", lambda names: names == ["f777"])
    entry = desktop.find(name="Value of f777")
    require(float(entry.text()) == 0.7, f"f777 is {entry.text()}")
    desktop.click(entry)
    desktop.key("ctrl+a")
    desktop.type("0.25")
    desktop.key("Return")
    desktop.click(desktop.find(name="Lock f777"))
    # The same widgets now show another feature: nothing of the first is left on it.
    search(desktop, "f123", lambda names: names == ["f123"])
    require(float(value(desktop, "f123")) == 0.3, "the value of another feature")
    require(desktop.find(name="f123", role="slider").is_sensitive(), "another feature is locked")
    require(not desktop.find(name="Reset f123").is_sensitive(), "another feature is edited")
    search(desktop, "f777", lambda names: names == ["f777"])
    require(float(value(desktop, "f777")) == 0.25, "the edit is gone")
    require(not desktop.find(name="f777", role="slider").is_sensitive(), "the lock is gone")
    desktop.click(desktop.find(name="Lock f777"))
    desktop.click(desktop.find(name="Reset f777"))
    desktop.wait(lambda: float(value(desktop, "f777")) == 0.7, "the value of the data")


def an_empty_search_says_so(desktop, folder):
    search(desktop, "g", lambda names: not names)
    desktop.find(name="No feature has such a name")
    search(desktop, "f79", lambda names: len(names) > 3)
    require(sliders(desktop)[0] == "f79" and sliders(desktop)[1] == "f790",
            f"the search found {sliders(desktop)}")
    search(desktop, "", lambda names: names[:2] == ["f0", "f1"])


def importance_comes_first(desktop, folder):
    desktop.click(desktop.find(name="Order of the features"))
    desktop.click(desktop.find(name="By Importance"))
    desktop.wait(lambda: sliders(desktop)[:1] == [f"f{HEAVIEST}"], "the heaviest feature first")


STEPS = [
    only_the_rows_in_sight_are_made,
    tab_goes_on_below_what_was_in_sight,
    an_edit_and_a_lock_outlast_their_row,
    an_empty_search_says_so,
    importance_comes_first,
    quits_quietly,
]


def main():
    with tempfile.TemporaryDirectory(prefix="re3-wide-") as folder:
        files = write_model(pathlib.Path(folder))
        return run(STEPS, [sys.argv[1], *files], sys.argv[2] if len(sys.argv) > 2 else None)


if __name__ == "__main__":
    sys.exit(main())
