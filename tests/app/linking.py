#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Selects in one view of the window and looks at the others. Usage: linking.py RE3 SAMPLES [FOLDER]

Prints TAP; screenshots go to FOLDER.
"""

import pathlib
import re
import sys

from steps import Failure, quits_quietly, require, run

FEATURES = ("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)")


def names(desktop):
    return [node.name for node in desktop.walk()]


def count(desktop):
    """How many samples are listed: the bar below the list says so."""
    for name in names(desktop):
        match = re.fullmatch(r"(\d+)(?: of 150)? samples", name)
        if match:
            return int(match[1])
    raise Failure("no number of samples")


def selected_features(desktop):
    return [node.name for node in desktop.walk() if node.name in FEATURES and node.is_selected()]


def click_down(desktop, chart, x, done):
    """Clicks at x, a share of the width, from the top to the bottom of a chart until it is done."""
    height = chart.box()[3]
    for y in range(20, height, 10):
        desktop.click(chart, (x, y / height))
        if done():
            return
    raise Failure(f"no click into {chart} did it")


def a_confusion_cell_filters(desktop, folder):
    desktop.key("alt+6")
    chart = desktop.find(name="Confusion matrix: test samples", role="image")
    chip = "true virginica, predicted versicolor (test)"
    click_down(desktop, chart, 0.58, lambda: chip in names(desktop))
    # One virginica of the test samples is taken for a versicolor.
    require(count(desktop) == 1, f"{count(desktop)} samples are listed")
    desktop.click(desktop.find(name=chip, role="button"))
    desktop.wait(lambda: count(desktop) == 150 and chip not in names(desktop), "all samples again")


def filters_add_up_and_escape_clears_them(desktop, folder):
    desktop.key("alt+2")
    chart = desktop.find(name="Samples per region by class", role="image")
    regions = []

    def find_region():
        regions[:] = [name for name in names(desktop) if re.fullmatch(r"region R\d+", name)]
        return regions

    click_down(desktop, chart, 0.12, find_region)
    in_region = count(desktop)
    require(0 < in_region < 150, f"{in_region} samples are in the region")
    misclassified = desktop.find(name="Misclassified")
    desktop.click(misclassified)
    desktop.find(name="misclassified", role="button")
    require(count(desktop) < in_region, "the filters do not add up")
    require(find_region(), "the region is no longer named")
    desktop.click(chart, (0.5, 0.999))     # the keyboard's focus goes to the figure
    desktop.key("Escape")
    desktop.wait(lambda: count(desktop) == 150, "all samples after Escape")
    require(not find_region() and "misclassified" not in names(desktop), "a filter is still named")


def the_keyboard_goes_from_a_filter_to_the_next(desktop, folder):
    chart = desktop.find(name="Confusion matrix: test samples", role="image")
    chip = "true virginica, predicted versicolor (test)"
    click_down(desktop, chart, 0.58, lambda: chip in names(desktop))
    desktop.click(desktop.find(name="Misclassified"))
    desktop.find(name="misclassified", role="button")
    desktop.click(desktop.find(name=chip, role="button"))
    desktop.wait(lambda: desktop.find(name="misclassified", role="button").has_focus(),
                 "focus on the other filter")
    desktop.key("space")
    search = desktop.find(name="Search samples", role="search box")
    desktop.wait(lambda: any(desktop.have_states(list(search.walk()), "focused")),
                 f"focus on {search}")
    require(count(desktop) == 150, f"{count(desktop)} samples are listed")


def a_quarter_of_a_violin_filters(desktop, folder):
    desktop.key("alt+3")
    chart = desktop.find(name="Boundary distances by class: test samples", role="image")
    click_down(desktop, chart, 0.4,
               lambda: any(name.startswith("distance ") for name in names(desktop)))
    # A quarter of the 30 test samples, or of one class's.
    require(1 <= count(desktop) <= 8, f"{count(desktop)} samples are in the range")
    desktop.key("Escape")
    desktop.wait(lambda: count(desktop) == 150, "all samples after Escape")


def a_profile_selects_region_and_feature(desktop, folder):
    chart = desktop.find(name="Mean contributions per region", role="image")
    click_down(desktop, chart, 0.12, lambda: selected_features(desktop))
    require(selected_features(desktop) == [FEATURES[0]], f"{selected_features(desktop)} selected")
    desktop.find_text("region R")
    desktop.key("Escape")
    desktop.wait(lambda: not selected_features(desktop) and count(desktop) == 150,
                 "end of the selection")


def a_contribution_selects_its_feature(desktop, folder):
    desktop.key("alt+1")
    chart = desktop.find(name="Contributions to setosa", role="image")
    click_down(desktop, chart, 0.47, lambda: selected_features(desktop))
    require(len(selected_features(desktop)) == 1, f"{selected_features(desktop)} are selected")
    desktop.click(desktop.find(name="Value of sepal width"))
    desktop.wait(lambda: selected_features(desktop) == [FEATURES[1]], "the feature of the entry")


def all_pages_are_reached_by_key(desktop, folder):
    for key, title in (("alt+3", "Validity"), ("alt+4", "Importance of features"),
                       ("alt+5", "Weights and biases"), ("alt+6", "Confusion matrix")):
        desktop.key(key)
        desktop.wait(lambda: any(node.role == "image" and node.name.startswith(title)
                                 for node in desktop.walk()), f"figure {title}")


def a_search_stands_while_another_filter_comes(desktop, folder):
    """What is typed is searched for a moment later; a filter may come before."""
    search = desktop.find(name="Search samples", role="search box")
    button = desktop.point(desktop.find(name="Misclassified"), (0.5, 0.5))

    def press_button():
        desktop.move(*button)
        desktop.button(True)
        desktop.button(False)

    desktop.click(search)
    desktop.type("setosa")
    desktop.wait(lambda: count(desktop) == 50, "the setosas alone")
    desktop.key("x")
    press_button()
    # No setosa is misclassified.
    desktop.wait(lambda: count(desktop) == 0, "both filters")
    press_button()
    desktop.wait(lambda: count(desktop) == 50, "the search again")
    desktop.click(search)
    desktop.key("ctrl+a")
    desktop.key("Delete")
    desktop.wait(lambda: count(desktop) == 150, "all samples again")


STEPS = [
    a_confusion_cell_filters,
    the_keyboard_goes_from_a_filter_to_the_next,
    a_quarter_of_a_violin_filters,
    filters_add_up_and_escape_clears_them,
    a_profile_selects_region_and_feature,
    a_contribution_selects_its_feature,
    all_pages_are_reached_by_key,
    a_search_stands_while_another_filter_comes,
    quits_quietly,
]


def main():
    program, samples = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    command = [program, str(samples / "iris-16-8-4.re3.json"), str(samples / "iris.csv")]
    return run(STEPS, command, sys.argv[3] if len(sys.argv) > 3 else None)


if __name__ == "__main__":
    sys.exit(main())
