#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exports figures as a person would. Usage: export.py RE3 [SCREENSHOT_FOLDER]

Prints TAP. Each step goes on from where the last one left the window.
"""

import csv
import struct
import sys
import time
import xml.etree.ElementTree

from steps import quits_quietly, require, run

MAGIC = {".png": b"\x89PNG\r\n\x1a\n", ".svg": b"<?xml", ".pdf": b"%PDF-"}


def png_size(data):
    require(data.startswith(MAGIC[".png"]), f"a PNG file begins with {data[:8]!r}")
    return struct.unpack(">II", data[16:24])


def focus_window(desktop):
    """Not every window manager gives the focus back when two windows close at once."""
    desktop.click(desktop.find(name="0", role="label"))


def open_dialog(desktop):
    focus_window(desktop)
    desktop.key("ctrl+e")
    desktop.find(name="Format", role="combo box")


def dialog_is_closed(desktop):
    desktop.wait(lambda: len(desktop.windows()) == 1, "end of the dialog")


def export_button(desktop):
    """The one of the dialog; the window has one too, which opens the dialog."""
    return next(node for node in desktop.find_all(name="_Export… Export…", role="button")
                if node.window().name == "Export Figure")


def answer(desktop, path):
    """Answers the file chooser and waits for what it leads to. The toast that tells of it may have
    gone when a slow machine looks."""
    desktop.choose_file(path)
    desktop.wait(path.exists, path.name)
    dialog_is_closed(desktop)


def choose(desktop, row, number):
    """Chooses an item, counted from 0, in the list of a row."""
    desktop.click(desktop.find(name=row, role="combo box"))
    time.sleep(0.3)     # the list opens and takes the focus
    for key in ["Home", *["Down"] * number, "Return"]:
        desktop.key(key)


def enter(desktop, name, value):
    button = desktop.find(name=name, role="spin button")
    desktop.click(button, (0.2, 0.5))
    desktop.key("ctrl+a")
    desktop.type(value)
    desktop.key("Tab")


def opens_on_iris(desktop, folder):
    desktop.find_text("150 samples")
    desktop.find_text("Sample 0")


def exports_all_three_formats(desktop, folder):
    for ending, magic in MAGIC.items():
        path = folder / f"figure{ending}"
        open_dialog(desktop)
        desktop.key("Return")       # on “Export…”, which has the focus
        answer(desktop, path)
        data = path.read_bytes()
        require(data.startswith(magic), f"figure{ending} begins with {data[:8]!r}")
        require(len(data) > 2000, f"figure{ending} has only {len(data)} bytes")
    xml.etree.ElementTree.parse(folder / "figure.svg")


def refuses_an_unknown_ending(desktop, folder):
    open_dialog(desktop)
    desktop.key("Return")
    desktop.choose_file(folder / "figure.doc")
    message = desktop.find_text("“.doc”")
    require(".pdf" in message.name, f"the message names no ending that works: {message.name}")
    require(not (folder / "figure.doc").exists(), "something was written all the same")
    desktop.key("Escape")
    desktop.wait(lambda: len(desktop.windows()) == 2, "end of the message, not of the dialog")
    desktop.key("Escape")
    dialog_is_closed(desktop)


def asks_about_a_longer_name(desktop, folder):
    """The file chooser asks about the name that was typed; the ending is added later."""
    (folder / "kept.svg").write_text("kept")
    open_dialog(desktop)
    desktop.key("Return")
    desktop.choose_file(folder / "kept")
    desktop.find_text("There is a file kept.svg already")
    desktop.key("Escape")
    desktop.wait(lambda: len(desktop.windows()) == 2, "end of the question")
    require((folder / "kept.svg").read_text() == "kept", "the file was replaced unasked")
    desktop.key("Escape")
    dialog_is_closed(desktop)


def makes_85_mm_at_300_dots_per_inch(desktop, folder):
    open_dialog(desktop)
    choose(desktop, "Format", 0)       # PNG
    enter(desktop, "Width", "85")
    enter(desktop, "Dots per Inch", "300")
    said = desktop.find_text("1004 × ").name        # 85 / 25.4 * 300 = 1003.9
    desktop.click(export_button(desktop))
    answer(desktop, folder / "narrow.png")
    width, height = png_size((folder / "narrow.png").read_bytes())
    require(width == 1004, f"the picture is {width} pixels wide")
    require(said.startswith(f"1004 × {height} pixels"), f"“{said}”, but it has {height} rows")


def says_what_cannot_be_made(desktop, folder):
    open_dialog(desktop)
    enter(desktop, "Width", "3")
    desktop.find_text("cannot be drawn")
    require(not export_button(desktop).is_sensitive(), "what cannot be drawn can be exported")
    desktop.key("Escape")
    dialog_is_closed(desktop)


def exports_all_figures(desktop, folder):
    figures = folder / "figures"
    figures.mkdir()
    open_dialog(desktop)
    desktop.click(desktop.find(name="All Figures", role="switch"))
    desktop.click(export_button(desktop))
    answer(desktop, figures)
    names = sorted(path.name for path in figures.iterdir())
    require(len(names) >= 6, f"only {names}")
    for name in ("row-0-sankey.png", "row-0-probabilities.png", "csv-regions.png"):
        require(any(name in other for other in names), f"{name} is not among {names}")
    for path in figures.iterdir():
        require(png_size(path.read_bytes())[0] == 1004, f"{path.name} is not 85 mm wide")


def asks_before_it_replaces_them(desktop, folder):
    kept = {path: path.read_bytes() for path in (folder / "figures").iterdir()}
    open_dialog(desktop)
    enter(desktop, "Width", "60")
    desktop.click(desktop.find(name="All Figures", role="switch"))
    desktop.click(export_button(desktop))
    desktop.choose_file(folder / "figures")
    desktop.find_text("row-0-sankey.png")
    desktop.key("Escape")
    desktop.wait(lambda: len(desktop.windows()) == 2, "end of the question")
    require(all(path.read_bytes() == data for path, data in kept.items()), "replaced unasked")
    desktop.key("Escape")
    dialog_is_closed(desktop)


def a_menu_saves_the_numbers(desktop, folder):
    chart = desktop.find(name="Class probabilities", role="image")
    desktop.click(chart, button=3)
    desktop.find(name="Save Data Behind This Figure…")
    time.sleep(0.2)
    for key in ("Down", "Down", "Return"):      # the first item has the focus
        desktop.key(key)
    answer(desktop, folder / "probabilities.csv")
    with open(folder / "probabilities.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    require(len(rows) == 3, f"three classes, not {rows}")
    total = sum(float(row["probability"]) for row in rows)
    require(abs(total - 1) < 1e-9, f"the probabilities of {rows} add up to {total}")


def the_menu_opens_by_key(desktop, folder):
    desktop.click(desktop.find(name="Class probabilities", role="image"))
    desktop.key("shift+F10")
    desktop.find(name="Copy Figure")
    desktop.key("Escape")
    desktop.wait(lambda: not any(node.box()[2] > 0 for node in desktop.find_all(name="Copy Figure")),
                 "end of the menu")


def copies_to_the_clipboard(desktop, folder):
    focus_window(desktop)
    desktop.key("ctrl+shift+c")
    desktop.find_text("Figure copied")
    width, _ = png_size(desktop.clipboard("image/png"))
    require(width == 1004, f"the picture is {width} pixels wide")
    for kind, magic in (("image/svg+xml", MAGIC[".svg"]), ("application/pdf", MAGIC[".pdf"])):
        data = desktop.clipboard(kind)
        require(data.startswith(magic), f"{kind} begins with {data[:8]!r}")
    # GTK's own picture formats come from the texture.
    require(desktop.clipboard("image/bmp").startswith(b"BM"), "no other picture format")


def remembers_the_choices_over_a_restart(desktop, folder):
    quits_quietly(desktop, folder)
    desktop.restart()
    opens_on_iris(desktop, folder)
    open_dialog(desktop)
    for name, value in (("Width", "85.0"), ("Dots per Inch", "300")):
        shown = desktop.find(name=name, role="spin button").text()
        require(shown == value, f"{name} is {shown}")
    desktop.find_text("1004 × ")
    desktop.key("Escape")
    dialog_is_closed(desktop)
    focus_window(desktop)


STEPS = [
    opens_on_iris,
    exports_all_three_formats,
    refuses_an_unknown_ending,
    asks_about_a_longer_name,
    makes_85_mm_at_300_dots_per_inch,
    says_what_cannot_be_made,
    exports_all_figures,
    asks_before_it_replaces_them,
    a_menu_saves_the_numbers,
    the_menu_opens_by_key,
    copies_to_the_clipboard,
    remembers_the_choices_over_a_restart,
    quits_quietly,
]

if __name__ == "__main__":
    sys.exit(run(STEPS, [sys.argv[1]], sys.argv[2] if len(sys.argv) > 2 else None))
