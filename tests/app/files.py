#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Saves and opens files as a person would. Usage: files.py RE3 SAMPLES [SCREENSHOT_FOLDER]

Prints TAP. Each step goes on from where the last one left the window.
"""

import contextlib
import gzip
import json
import pathlib
import shutil
import sys
import tempfile
import time

from steps import press, quits_quietly, require, run, window


def title(desktop):
    return desktop.windows()[0].name


@contextlib.contextmanager
def moved(path):
    other = path.with_name("moved-" + path.name)
    path.rename(other)
    try:
        yield
    finally:
        other.rename(path)


def wait_for_title(desktop, text):
    desktop.wait(lambda: text in title(desktop), f"{text} in the title")


def back_in_the_window(desktop):
    """Not every window manager gives the focus back when a menu and a dialog close."""
    desktop.wait(lambda: len(desktop.windows()) == 1, "end of the dialog")
    desktop.click(desktop.find(name="150 samples"))


def set_value(desktop, name, value):
    entry = desktop.find(name=name)
    desktop.click(entry)
    desktop.key("ctrl+a")
    desktop.type(value)
    desktop.key("Return")
    desktop.wait(lambda: entry.text() == value, f"{value} as {name}")


def select_row(desktop, row, width):
    """Selects a row, whose sepal width (Fisher 1936) tells that it is shown."""
    desktop.click(next(node for node in desktop.find_all(name=row) if node.role == "label"))
    shows_width(desktop, width)


def shows_width(desktop, width):
    entry = desktop.find(name="Value of sepal width")
    desktop.wait(lambda: entry.text() == width, f"a sepal width of {width} cm")


def shows_edit_of_row_5(desktop):
    for key in ["Home", *["Down"] * 5]:
        desktop.key(key)
    shows_width(desktop, "3.25")


def shows_page(desktop, name):
    desktop.wait(lambda: any(node.is_selected() for node in desktop.find_all(name=name)),
                 f"the page {name}")


def model_and_data_in_any_order(desktop, folder):
    """As they are dropped or named: the data first."""
    wait_for_title(desktop, "model on data.csv")
    desktop.find_text("150 samples")


def saves_a_session(desktop, folder):
    select_row(desktop, "5", "3.9")
    set_value(desktop, "Value of sepal width", "3.25")
    desktop.key("alt+3")
    desktop.key("ctrl+s")
    desktop.choose_file(WORK / "study")
    back_in_the_window(desktop)
    wait_for_title(desktop, "study: model on data.csv")
    saved = json.loads((WORK / "study.re3session").read_text())
    require(saved["model"] == "model.re3.json" and saved["data"] == "data.csv",
            f"paths are not relative: {saved['model']}, {saved['data']}")
    require(saved["page"] == "validity" and saved["row"] == 5, "where the window is was not saved")


def saves_again_without_asking(desktop, folder):
    select_row(desktop, "7", "3.4")
    desktop.key("ctrl+s")
    desktop.wait(lambda: json.loads((WORK / "study.re3session").read_text())["row"] == 7,
                 "row 7 in the file")
    require(len(desktop.windows()) == 1, "saving to a file that is known asks for none")


def a_name_that_is_taken_is_asked_about(desktop, folder):
    (WORK / "taken.re3session").write_text("precious")
    desktop.key("ctrl+shift+s")
    desktop.choose_file(WORK / "taken")
    desktop.find_text("A session of the name taken.re3session")
    desktop.key("Escape")
    back_in_the_window(desktop)
    require((WORK / "taken.re3session").read_text() == "precious", "it was replaced unasked")


def another_model_is_another_session(desktop, folder):
    desktop.key("ctrl+o")
    desktop.choose_file(SAMPLES / "iris-8.re3.json")
    wait_for_title(desktop, "iris-8 on data.csv")
    require("study" not in title(desktop), "another model has the name of the session")


def goes_back_to_what_was_closed(desktop, folder):
    """Nobody was asked before the edits went. It is the session that it was, and not saved for that."""
    desktop.find_text("Closed model on data.csv, with 1 edit")
    with moved(WORK / "model.re3.json"):
        press(desktop, "Undo")
        desktop.find_text("model.re3.json: ")
    desktop.key("Escape")
    back_in_the_window(desktop)
    desktop.find_text("Closed model on data.csv, with 1 edit")
    press(desktop, "Undo")
    wait_for_title(desktop, "study: model on data.csv")
    shows_width(desktop, "3.4")
    shows_page(desktop, "Validity")
    shows_edit_of_row_5(desktop)
    desktop.key("ctrl+o")
    desktop.choose_file(SAMPLES / "iris-8.re3.json")
    wait_for_title(desktop, "iris-8 on data.csv")


def opens_what_is_packed(desktop, folder):
    """And the session of it, which names it."""
    (WORK / "packed.csv.gz").write_bytes(gzip.compress((WORK / "data.csv").read_bytes()))
    with window([PROGRAM, str(WORK / "packed.csv.gz"), str(WORK / "model.re3.json")]) as other:
        wait_for_title(other, "model on packed.csv.gz")
        select_row(other, "5", "3.9")
        other.key("ctrl+s")
        other.choose_file(WORK / "packed")
        wait_for_title(other, "packed: model on packed.csv.gz")
        quits_quietly(other, folder)
    with window([PROGRAM, str(WORK / "packed.re3session")]) as other:
        wait_for_title(other, "packed: model on packed.csv.gz")
        shows_width(other, "3.9")
        quits_quietly(other, folder)


def opens_the_session(desktop, folder):
    desktop.key("alt+1")
    desktop.key("ctrl+o")
    desktop.choose_file(WORK / "study.re3session")
    wait_for_title(desktop, "study: model on data.csv")
    shows_width(desktop, "3.4")
    shows_page(desktop, "Validity")
    shows_edit_of_row_5(desktop)


def a_missing_file_is_named(desktop, folder):
    with moved(WORK / "data.csv"):
        desktop.key("ctrl+o")
        desktop.choose_file(WORK / "study.re3session")
        desktop.find_text(f"the data set of this session is not at {WORK / 'data.csv'}")
    desktop.key("Escape")
    back_in_the_window(desktop)
    wait_for_title(desktop, "study: model on data.csv")


def choose_recent(desktop, name):
    """With the keys, as popovers are windows of their own."""
    def has_focus(item):
        return any(node.has_focus() for node in desktop.find_all(name=item, role="menu item"))

    for key, items in (("F10", ["New Window"]), ("Down", ["Open Recent"]), ("Return", [])):
        desktop.key(key)
        for item in items:
            desktop.wait(lambda: has_focus(item), f"focus on {item}")
    desktop.find(name=name, role="menu item")
    for _ in range(5):
        desktop.key("Down")
        if has_focus(name):
            break
    desktop.key("Return")


def opens_what_was_open_before(desktop, folder):
    """Model and data together, and the session that was closed for it."""
    choose_recent(desktop, "iris-8 on data.csv")
    wait_for_title(desktop, "iris-8 on data.csv")
    choose_recent(desktop, "study")
    wait_for_title(desktop, "study: model on data.csv")


def leave_out_first_column(desktop):
    """Which are the numbers of the samples: one column of numbers too many."""
    entry = desktop.find(name="Columns to leave out", role="text box")

    def is_typed():
        """Until the entry has the focus, keys are the window's."""
        desktop.click(entry)
        desktop.key("ctrl+a")
        desktop.type("1")
        return entry.text() == "1"

    desktop.wait(is_typed, "the number in the entry")
    desktop.key("Return")


def reads_a_table_in_another_way(desktop, folder):
    rows = (WORK / "data.csv").read_text().split()
    (WORK / "odd.csv").write_text("".join(f"{number};{row.replace(',', ';')}\n"
                                          for number, row in enumerate(rows[1:])))
    desktop.key("ctrl+shift+o")
    desktop.choose_file(WORK / "odd.csv")
    desktop.click(desktop.find(name="Read Differently…", role="label"))
    desktop.find_text("odd.csv: ")
    leave_out_first_column(desktop)
    desktop.find_text("Left out: column 1")
    # What was seen there, and can be read no more, can be looked at again.
    text = (WORK / "odd.csv").read_text()
    (WORK / "odd.csv").write_text("1;2\n")
    desktop.click(desktop.find(name="Read", role="label"))
    desktop.find_text("odd.csv: ")
    (WORK / "odd.csv").write_text(text)
    desktop.click(desktop.find(name="Read Differently…", role="label"))
    desktop.find_text("Left out: column 1")
    desktop.click(desktop.find(name="Read", role="label"))
    wait_for_title(desktop, "on odd.csv")
    back_in_the_window(desktop)


def what_is_gone_is_taken_off_the_list(desktop, folder):
    with moved(WORK / "model.re3.json"):
        choose_recent(desktop, "model on data.csv")
        desktop.find_text("model.re3.json is not there any more")
    desktop.key("Escape")
    back_in_the_window(desktop)
    choose_recent(desktop, "iris-8 on data.csv")
    wait_for_title(desktop, "iris-8 on data.csv")
    require(not desktop.find_all(name="model on data.csv", role="menu item"), "it is still listed")


def options_are_those_of_the_session(desktop, folder):
    """Of pages that were seen before it came."""
    saved = json.loads((WORK / "study.re3session").read_text())
    saved["purity_threshold"] = 0.55
    saved["view"] |= {"metric": "linf", "both_metrics": True}
    (WORK / "other.re3session").write_text(json.dumps(saved))
    with window([PROGRAM, str(WORK / "study.re3session")]) as other:
        def told():
            other.key("alt+2")
            purity = other.find(name="Purity below (%)", role="spin button").text()
            other.key("alt+3")
            metric = other.find(name="How distances to the boundary are measured", role="combo box")
            both = other.find(name="With ρ", role="button")
            return (purity, [node.name for node in metric.walk()
                             if node.role == "label" and node.box()[2] > 0],
                    other.have_states([both], "pressed")[0])

        wait_for_title(other, "study: model on data.csv")
        other.wait(lambda: told() == ("70", ["L2"], False), "the options at first")
        other.key("ctrl+o")
        other.choose_file(WORK / "other.re3session")
        wait_for_title(other, "other: model on data.csv")
        other.wait(lambda: told() == ("55", ["L∞"], True), "the options of the session")
        quits_quietly(other, folder)


def choose(desktop, row, number):
    """Chooses an item, counted from 0, in the list of a row."""
    desktop.click(desktop.find(name=row, role="combo box"))
    time.sleep(0.3)     # the list opens and takes the focus
    for key in ["Home", *["Down"] * number, "Return"]:
        desktop.key(key)


def names_are_shown_as_they_are(desktop, folder):
    """Where labels are markup, too."""
    model = json.loads((SAMPLES / "iris-8.re3.json").read_text())
    model["classes"][0] = "<=50K"
    (WORK / "income.re3.json").write_text(json.dumps(model))
    rows = (WORK / "data.csv").read_text().replace("setosa", "<=50K").splitlines()
    lines = ["nr,a,b,c,d,R&D", *(f"{number},{row}" for number, row in enumerate(rows[1:]))]
    (WORK / "R&D.csv").write_text("\n".join(lines))
    with window([PROGRAM, str(WORK / "income.re3.json"), str(WORK / "R&D.csv")]) as other:
        def labels():
            row = other.find(name="Label", role="combo box")
            return [node.name for node in row.walk() if node.role == "label" and node.box()[2] > 0]

        other.click(other.find(name="Read Differently…", role="label"))
        leave_out_first_column(other)
        other.find_text("Left out: nr")
        choose(other, "Label", 7)
        other.wait(lambda: "R&D" in labels(), "the label in its row")
        choose(other, "First line", 2)
        other.find_text("no column “R&D” to be the label")
        require("R&D" in labels(), f"the label is R&D, and the row says {labels()}")
        choose(other, "Label", 1)
        other.wait(lambda: not any("to be the label" in node.name for node in other.walk()),
                   "no label")
        require("None" in labels(), f"there is no label, and the row says {labels()}")
        choose(other, "First line", 1)
        choose(other, "Label", 7)
        other.find_text("R&D (label)")
        other.click(other.find(name="Read", role="label"))
        wait_for_title(other, "income on R&D.csv")
        back_in_the_window(other)
        other.key("ctrl+e")
        other.find(name="Format", role="combo box")
        other.find_text("Decision pathway to <=50K")
        other.key("Escape")
        back_in_the_window(other)
        other.key("ctrl+o")
        other.choose_file(SAMPLES / "fashion-32-16.re3.json")
        other.find_text("R&D.csv does not fit this model and was closed.")
        quits_quietly(other, folder)


def opens_a_session_by_name(desktop, folder):
    """What the file manager starts."""
    with window([PROGRAM, str(WORK / "study.re3session")]) as other:
        wait_for_title(other, "study: model on data.csv")
        shows_width(other, "3.4")
        quits_quietly(other, folder)


def the_selected_row_is_in_sight_and_has_the_keys(desktop, folder):
    saved = json.loads((WORK / "study.re3session").read_text())
    saved["row"] = 120
    (WORK / "far.re3session").write_text(json.dumps(saved))
    with window([PROGRAM, str(WORK / "far.re3session")]) as other:
        shows_width(other, "3.2")
        other.key("Down")
        shows_width(other, "2.8")
        for _ in range(2):
            other.key("Up")
        shows_width(other, "2.2")
        quits_quietly(other, folder)


def two_of_a_kind_are_refused_by_name(desktop, folder):
    """None of them is left out without a word, and what opens afterwards does."""
    with window([PROGRAM, str(SAMPLES / "iris-8.re3.json"), str(WORK / "data.csv"),
                 str(SAMPLES / "iris-8-4.re3.json")]) as other:
        other.find_text("“iris-8.re3.json” and “iris-8-4.re3.json” cannot both be opened")
        other.key("Escape")
        other.find_text("See Why a Network Answers")
        other.wait(lambda: len(other.windows()) == 1, "the window alone")
        other.key("ctrl+o")
        other.choose_file(WORK / "model.re3.json")
        wait_for_title(other, "model")
        quits_quietly(other, folder)


def a_failed_analysis_is_told_as_one(desktop, folder):
    lines = (WORK / "data.csv").read_text().splitlines()
    lines[8] = "1e308,1e308,-1e308,-1e308,setosa"
    (WORK / "huge.csv").write_text("\n".join(lines) + "\n")
    with window([PROGRAM, str(WORK / "model.re3.json"), str(WORK / "huge.csv")]) as other:
        other.find_text("Could Not Analyse")
        other.find_text("150 samples")


STEPS = [
    model_and_data_in_any_order,
    saves_a_session,
    saves_again_without_asking,
    a_name_that_is_taken_is_asked_about,
    another_model_is_another_session,
    goes_back_to_what_was_closed,
    opens_the_session,
    a_missing_file_is_named,
    opens_what_was_open_before,
    what_is_gone_is_taken_off_the_list,
    reads_a_table_in_another_way,
    quits_quietly,
    opens_a_session_by_name,
    names_are_shown_as_they_are,
    options_are_those_of_the_session,
    opens_what_is_packed,
    the_selected_row_is_in_sight_and_has_the_keys,
    two_of_a_kind_are_refused_by_name,
    a_failed_analysis_is_told_as_one,
]


def main():
    global PROGRAM, SAMPLES, WORK
    PROGRAM, SAMPLES = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    with tempfile.TemporaryDirectory(prefix="re3-files-") as folder:
        WORK = pathlib.Path(folder)
        shutil.copy(SAMPLES / "iris-16-8-4.re3.json", WORK / "model.re3.json")
        shutil.copy(SAMPLES / "iris.csv", WORK / "data.csv")
        return run(STEPS, [PROGRAM, str(WORK / "data.csv"), str(WORK / "model.re3.json")],
                   sys.argv[3] if len(sys.argv) > 3 else None)


if __name__ == "__main__":
    sys.exit(main())
