#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window comes back as it was left, and edits that were not saved. Usage: layout.py
RE3 SAMPLES [SCREENSHOT_FOLDER]

Prints TAP. Each step goes on from where the last one left the window.
"""

import pathlib
import subprocess
import sys
import time

from steps import press, quits_quietly, require, run

# In a narrower window the divider would be where it is designed to be then.
WIDTH, HEIGHT = 1280, 700


def size(desktop):
    return desktop.windows()[0].box()[2:]


def find_label(desktop):
    """The last thing left of the divider that ends the samples."""
    desktop.find_text("150 samples")
    return desktop.find(name="Misclassified")


def starts_again(desktop, folder):
    quits_quietly(desktop, folder)
    desktop.restart()
    return find_label(desktop)


def comes_back_with_its_size_and_divider(desktop, folder):
    label = find_label(desktop)
    first = size(desktop)
    desktop.resize(WIDTH, HEIGHT)
    desktop.wait(lambda: size(desktop) != first, "another size")
    time.sleep(1)  # until the panes have followed
    x, _, width, _ = label.box()
    desktop.drag(label, (1 + 25 / width, 5), (1 - 25 / width, 5))
    desktop.wait(lambda: label.box()[0] < x - 20, "the divider further to the left")
    left = size(desktop), label.box()
    label = starts_again(desktop, folder)
    found = size(desktop), label.box()
    require(found == left, f"{found} instead of {left}")


def a_narrow_window_has_its_page_names_below(desktop, folder):
    """And gives the figures what the samples can spare, until it is wide again."""
    last, label = desktop.find_text("150 samples"), find_label(desktop)
    wide = last.box(), label.box()
    desktop.resize(900, HEIGHT)
    desktop.wait(lambda: any(tab.box()[1] > HEIGHT / 2
                             for tab in desktop.find_all(name="Regions", role="tab")),
                 "page names below")
    require(last.box()[1] < wide[0][1], "the page names cover the samples")
    require(label.box()[0] < wide[1][0] - 50, "the samples take as much room")
    desktop.resize(WIDTH, HEIGHT)
    desktop.wait(lambda: (last.box(), label.box()) == wide, "everything where it was")


def is_sanitized(desktop):
    return "san.so" in pathlib.Path(f"/proc/{desktop.program.pid}/maps").read_text()


def a_closed_window_gives_its_memory_back(desktop, folder):
    """The analysis of these pictures takes 20 MB. Sanitizers keep what is freed."""
    taken = []
    for _ in range(1 if is_sanitized(desktop) else 4):
        # The program that runs is asked to open it, and the one that asks ends.
        subprocess.run([*desktop.command, SAMPLES / "fashion-32-16.re3.json",
                        SAMPLES / "fashion-images-idx3-ubyte.gz"], env=desktop.variables, timeout=30,
                       check=True)
        desktop.wait(lambda: len(desktop.windows()) == 2, "another window")
        desktop.find_text("300 samples")
        time.sleep(1)       # until all is analysed and drawn
        desktop.key("ctrl+w")
        desktop.wait(lambda: len(desktop.windows()) == 1, "the window alone")
        time.sleep(0.5)
        taken.append(desktop.resident_mb())
    # GTK and the C library keep some of it for the next.
    require(taken[-1] < taken[0] + 40, f"it takes {taken} MB after each window")


def comes_back_maximized(desktop, folder):
    left = size(desktop)
    desktop.maximize()
    desktop.wait(lambda: size(desktop)[1] > left[1], "all of the screen")
    whole = size(desktop)
    starts_again(desktop, folder)
    desktop.wait(lambda: size(desktop) == whole, "all of the screen again")


def value(desktop):
    return desktop.find(name="Value of petal width", role="text box")


def edits_come_back(desktop, folder):
    desktop.click(value(desktop))
    desktop.key("ctrl+a")
    desktop.type("1.25")
    desktop.key("Return")
    desktop.key("alt+2")
    starts_again(desktop, folder)
    desktop.find(name="Last closed: iris-16-8-4 on iris.csv, with 1 edit")
    require(value(desktop).text() != "1.25", "it came back unasked")
    press(desktop, "Reopen")
    desktop.wait(lambda: value(desktop).text() == "1.25", "the edited value")
    desktop.find(name="Samples per region by class", role="image")


def what_another_window_keeps_is_not_passed_over(desktop, folder):
    """One window offers what was kept, another one keeps something of its own in the meantime."""
    starts_again(desktop, folder)
    desktop.find(name="Last closed: iris-16-8-4 on iris.csv, with 1 edit")
    first = value(desktop).reference
    desktop.key("ctrl+n")

    def others():
        return [node for node in desktop.find_all(name="Value of petal width", role="text box")
                if node.reference != first]

    desktop.wait(others, "a sample in another window")
    entry = others()[0]
    desktop.click(entry)
    desktop.key("ctrl+a")
    desktop.type("1.75")
    desktop.key("Return")
    desktop.wait(lambda: entry.text() == "1.75", "the edit")
    desktop.key("ctrl+w")
    desktop.wait(lambda: len(desktop.windows()) == 1, "the first window alone")
    starts_again(desktop, folder)
    press(desktop, "Reopen")
    desktop.wait(lambda: value(desktop).text() == "1.75", "what was kept last")


def is_offered_no_more_once_it_is_passed_over(desktop, folder):
    starts_again(desktop, folder)
    desktop.find(name="Last closed: iris-16-8-4 on iris.csv, with 1 edit")
    starts_again(desktop, folder)
    time.sleep(2)
    require(not [node for node in desktop.walk() if node.name.startswith("Last closed")],
            "it is offered again")


STEPS = [comes_back_with_its_size_and_divider, a_narrow_window_has_its_page_names_below,
         a_closed_window_gives_its_memory_back, comes_back_maximized, edits_come_back, what_another_window_keeps_is_not_passed_over,
         is_offered_no_more_once_it_is_passed_over, quits_quietly]

if __name__ == "__main__":
    SAMPLES = pathlib.Path(sys.argv[2]).resolve()
    sys.exit(run(STEPS, [sys.argv[1]], sys.argv[3] if len(sys.argv) > 3 else None))
