#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Goes through every page with the Tab key, as one who does not see it. Usage: keyboard.py RE3 SAMPLES

Prints TAP.
"""

import pathlib
import re
import sys

from steps import quits_quietly, require, run

PAGES = {"Pathway": 3, "Regions": 2, "Validity": 2, "Features": 1, "Neurons": 2, "Quality": 1,
         "Response": 1, "Compare": 1}    # how many charts each has

# More than any page has: a walk of so many stops is caught somewhere.
MOST_STOPS = 80

CONTROLS = ("button", "toggle button", "radio button", "check box", "slider", "spin button", "tab",
            "text box", "combo box", "search box", "tree grid", "image")

# The window manager has keys for what they do.
WINDOW_BUTTONS = ("Minimize", "Maximize", "Close")

# What GTK calls a thing that has no name: the class of its widget.
CLASS = re.compile(r"(Gtk|Adw|Re3)[A-Z]\w*$")


def is_named(node):
    """The button within a combo box or a menu button is known by that."""
    return bool(node.name and not CLASS.match(node.name)
                or node.parent.role in ("combo box", "button") and is_named(node.parent))


def focused(desktop, nodes):
    has_focus = desktop.have_states(nodes, "focused")
    return next((node for node, has in zip(nodes, has_focus) if has), None)


def walk(desktop, key, nodes):
    """What has the focus one after the other, until it comes round. Of nodes, which can have it:
    reading the window again for each would take long."""
    stops = []
    for _ in range(MOST_STOPS):
        before = stops[-1].reference if stops else None
        found = []

        def look():
            found[:] = [focused(desktop, nodes)]
            return found[0] is not None and found[0].reference != before

        desktop.key(key)
        desktop.wait(look, f"next stop of {key} after {stops[-1] if stops else 'the first'}", 10)
        if stops and found[0].reference == stops[0].reference:
            return stops
        stops += found
    require(False, f"{key} does not come round: {[str(node) for node in stops]}")


def goes_round(page):
    def step(desktop, folder):
        desktop.key(f"alt+{list(PAGES).index(page) + 1}")
        nodes, others = [], set()

        def is_drawn():
            nodes[:] = desktop.windows()[0].walk()
            stack = next(node for node in nodes if node.name == "Re3PathwayPage").parent
            shown = stack.children[list(PAGES).index(page)]
            others.clear()
            others.update(node.reference for child in stack.children if child is not shown
                          for node in child.walk())
            charts = [node for node in shown.walk() if node.role == "image" and node.box()[3] > 0]
            return len(charts) >= PAGES[page] and all(len(chart.description()) > 20
                                                      for chart in charts)

        desktop.wait(is_drawn, f"{PAGES[page]} charts with a description")
        nodes[:] = [node for node, can in zip(nodes, desktop.have_states(nodes, "focusable"))
                    if can]
        there = walk(desktop, "Tab", nodes)
        back = walk(desktop, "shift+Tab", nodes)
        reached = {node.reference for node in there}
        require({node.reference for node in back} == reached,
                f"Tab leads to {[str(node) for node in there]}, "
                f"Shift+Tab to {[str(node) for node in back]}")

        controls = [node for node, can in zip(nodes, desktop.have_states(nodes, "sensitive"))
                    if can and node.role in CONTROLS and node.reference not in others
                    and node.box()[3] > 0 and node.name not in WINDOW_BUTTONS]
        require(len(controls) > 20, f"only {len(controls)} controls can have the focus")
        missed = [f"{node} in {node.parent}" for node in controls if node.reference not in reached]
        require(not missed, f"not reached by Tab: {missed}")
        nameless = [f"{node} in {node.parent}" for node in controls if not is_named(node)]
        require(not nameless, f"without a name: {nameless}")

    step.__name__ = f"goes_round_{page}"
    return step


def notices_go(desktop, folder):
    """Their buttons are stops too, for a while."""
    desktop.click(desktop.find(name="Details"))
    desktop.find_text("Model and Data")
    desktop.key("Escape")
    desktop.wait(lambda: len(desktop.windows()) == 1, "end of the message")


def pins_a_sample(desktop, folder):
    desktop.key("ctrl+d")
    desktop.find_text("Row 0 is pinned")
    desktop.key("Down")
    desktop.wait(lambda: not any("is pinned" in node.name for node in desktop.walk()),
                 "end of the notice")


STEPS = [notices_go, *map(goes_round, list(PAGES)[:-1]), pins_a_sample, goes_round("Compare"),
         quits_quietly]


def main():
    program, samples = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    return run(STEPS, [program, str(samples / "iris-16-8-4.re3.json"), str(samples / "iris.csv")])


if __name__ == "__main__":
    sys.exit(main())
