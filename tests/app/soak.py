#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Does anything to the real window, for long. Usage: soak.py RE3 SAMPLES [ACTIONS [SEED]]

Looks at what is there, as a screen reader sees it, and does with it what a person could: drags
sliders, selects, switches pages, types, opens, saves, exports, takes back, resizes, cancels. The
program must neither end nor print anything, nor keep growing. Prints TAP, and the seed: with it the
same actions come again, as far as the machine's pace lets them.
"""

import contextlib
import pathlib
import random
import sys
import tempfile
import time

from gi.repository import GLib

from steps import Desktop, Failure, require

# Between two looks: what was there may have gone, and a person would not notice at once either.
ACTIONS_PER_LOOK = 10
MOST_OF_A_ROLE = 4
ACTIONS_PER_REPORT = 500

# What is opened: each model with data for it. The rest is left to chance, and would seldom fit.
SUBJECTS = (("iris-8.re3.json", "iris.csv"), ("iris-8-4.re3.json", "iris.csv"),
            ("iris-16-8-4.re3.json", "iris.csv"),
            ("fashion-32-16.re3.json", "fashion-images-idx3-ubyte.gz"))

# Of the looks, how many must have met figures of data: or the soak has been at empty pages.
SHARE_WITH_DATA = 0.6

# The rest of the actions must not take this much more than there was in use after a quarter of them,
# with the same data open and nothing done to it.
GROWTH = 1.15
SPARE_MB = 40
REST_SECONDS = 10

# Nothing that is opened here is worth more; what takes it is told at once, with what was done last.
MOST_MB = 3000

# What ends the window or leads out of it. Icons have no name of their own, but that of their class.
FORBIDDEN = ("Close", "Quit", "Minimize", "Maximize", "Website", "Credits", "Legal")

KEYS = (["Tab"] * 3 + ["Up", "Down", "Left", "Right", "Home", "End", "Return", "space", "F5",
                       "ctrl+.", "ctrl+f", "ctrl+r", "ctrl+i", "ctrl+shift+c"]
        + [f"alt+{page}" for page in range(1, 10)] * 2 + ["ctrl+z", "ctrl+shift+z"] * 3)
TEXTS = ("1", "-3.5", "1e300", "setosa", "nan", "4.2", "", "wide", "0")
SIZES = ((1280, 800), (1024, 600), (900, 700), (1200, 500))


def has_dialog(windows):
    """Whether one of them is no window of its own."""
    return not all(any(node.name == "Main Menu" for node in window.walk()) for window in windows)


class Person:
    """Acts at random, and remembers what was done last."""

    def __init__(self, desktop, source, folder):
        self.desktop, self.source, self.folder = desktop, source, folder
        self.done = []
        self.targets = []
        self.has_dialog = self.has_data = False
        self.n_looks = self.n_looks_with_data = 0

    def tell(self, text):
        self.done = self.done[-30:] + [text]

    def look(self):
        """Lists what can be acted on, with its place on the screen."""
        windows = self.desktop.windows()
        self.has_dialog = has_dialog(windows)
        self.n_looks += 1
        self.has_data = any(node.role == "slider" for node in windows[0].walk())
        self.n_looks_with_data += self.has_data
        kinds = {"slider": self.drag, "image": self.point_at, "text box": self.enter,
                 "spin button": self.enter, "search box": self.enter}
        press = ("button", "toggle button", "switch", "check box", "tab", "row", "list item",
                 "column header", "combo box", "radio button", "menu item", "grid cell")
        nodes = [node for window in windows[-1:] for node in window.walk()
                 if (node.role in kinds or node.role in press)
                 and not any(word in node.name for word in FORBIDDEN)
                 and not node.name.startswith("Gtk")]
        # Of a kind as many as of any other, or it would be cells of the table all the time.
        by_role = {}
        self.source.shuffle(nodes)
        for node in nodes:
            by_role.setdefault(node.role, []).append(node)
        self.targets = []
        for node in [node for alike in by_role.values() for node in alike[:MOST_OF_A_ROLE]]:
            try:
                _, _, width, height = node.box()
                if width > 0 and height > 0:
                    place = (*self.desktop.point(node, (0, 0)), width, height)
                    self.targets.append((kinds.get(node.role, self.press), str(node), place))
            except (GLib.Error, Failure):       # it has gone in the meantime
                pass
        self.source.shuffle(self.targets)

    def place(self, box):
        x, y, width, height = box
        return (round(x + width * self.source.uniform(0.05, 0.95)),
                round(y + height * self.source.uniform(0.1, 0.9)))

    def press(self, box):
        self.desktop.move(*self.place(box))
        self.desktop.button(True)
        self.desktop.button(False)

    def drag(self, box):
        self.desktop.move(*self.place(box))
        self.desktop.button(True)
        for _ in range(self.source.randint(1, 12)):
            self.desktop.move(*self.place(box))
        self.desktop.button(False)

    def point_at(self, box):
        """At a chart: hovers, then nothing, a click, a drag or a turn of the wheel."""
        for _ in range(self.source.randint(1, 6)):
            self.desktop.move(*self.place(box))
        what = self.source.random()
        if what < 0.3:
            self.press(box)
        elif what < 0.5:
            self.drag(box)
        elif what < 0.7:
            for _ in range(self.source.randint(1, 5)):
                wheel = self.source.choice((4, 5))
                self.desktop.button(True, wheel)
                self.desktop.button(False, wheel)

    def enter(self, box):
        self.press(box)
        self.desktop.key("ctrl+a")
        self.desktop.type(self.source.choice(TEXTS))
        self.desktop.key(self.source.choice(("Return", "Tab", "Escape")))

    def get_attention(self):
        """Closes what is open over the window, one after the other: a list takes the first key, the
        dialog that it belongs to the next. New windows are closed too."""
        def is_alone():
            self.desktop.key("Escape")
            windows = self.desktop.windows()
            if len(windows) > 1 and not has_dialog(windows):
                self.desktop.key("ctrl+w")
            return len(windows) == 1

        self.desktop.key("Escape")
        self.desktop.wait(is_alone, "the window alone")

    def choose(self, keys, path):
        self.tell(f"{keys} {path.name}")
        self.get_attention()
        self.desktop.key(keys)
        self.desktop.choose_file(path)

    def open_both(self, model, data):
        self.choose("ctrl+o", SAMPLES / model)
        self.choose("ctrl+shift+o", SAMPLES / data)

    def open(self):
        self.open_both(*self.source.choice(SUBJECTS))

    def rest(self):
        """Comes back to where it started, and waits until what is free is given back."""
        for attempt in range(3):
            try:
                self.open_both(*SUBJECTS[0])
                break
            except Failure:     # of something random in the way, at the first time
                if attempt == 2:
                    raise
        self.desktop.key("alt+1")
        time.sleep(REST_SECONDS)

    def save(self):
        path = self.folder / "random.re3session"
        path.unlink(missing_ok=True)
        self.choose("ctrl+shift+s", path)

    def reopen(self):
        path = self.folder / "random.re3session"
        if path.exists():
            self.choose("ctrl+o", path)

    def export(self):
        path = self.folder / f"figure{self.source.choice(('.png', '.svg', '.pdf'))}"
        path.unlink(missing_ok=True)
        self.tell(f"exports {path.name}")
        self.get_attention()
        self.desktop.key("ctrl+e")
        self.desktop.find(name="Format", role="combo box")
        self.desktop.key("Return")
        self.desktop.choose_file(path)

    def resize(self):
        width, height = self.source.choice(SIZES)
        self.tell(f"resizes to {width} x {height}")
        self.desktop.resize(width, height)

    def act(self):
        chance = self.source.random()
        # Dialogs are left again, or nothing else would be met.
        if self.has_dialog and chance < 0.3:
            self.tell("Escape")
            self.desktop.key("Escape")
        elif chance < (0.01 if self.has_data else 0.1) and not self.has_dialog:
            files = (self.open, self.export, self.save, self.reopen) if self.has_data else (self.open,)
            try:
                self.source.choice(files)()
            except Failure:     # something random was in the way; a program that hangs is seen later
                self.tell("which did not come to its end")
        elif chance < 0.02:
            self.resize()
        elif chance < 0.35 or not self.targets:
            key = self.source.choice(KEYS)
            self.tell(key)
            self.desktop.key(key)
        else:
            do, name, box = self.targets.pop()
            self.tell(f"{do.__name__} {name}")
            do(box)


def soak(n_actions, seed, folder):
    # Of what asan keeps for its own use, little, so that growth is seen: freed memory, which it still
    # watches, and who took each piece, which it never forgets. A window without buttons of its own
    # is not put away by a click that comes after they have moved.
    desktop = Desktop(
        [PROGRAM, *(str(SAMPLES / name) for name in SUBJECTS[0])],
        settings="gtk-decoration-layout=:\n",
        environment={"ASAN_OPTIONS": "detect_leaks=0:quarantine_size_mb=8:malloc_context_size=10"})
    person = Person(desktop, random.Random(seed), folder)
    warm = None
    largest, before = (0, ""), desktop.resident_mb()
    try:
        for number in range(n_actions):
            if number % ACTIONS_PER_LOOK == 0:
                person.look()
            if warm is None and number >= n_actions // 4:
                person.rest()
                warm = desktop.resident_mb()
            person.act()
            after = desktop.resident_mb()
            largest, before = max(largest, (after - before, person.done[-1])), after
            require(after < MOST_MB, f"it takes {after:.0f} MB after {number + 1} actions")
            if (number + 1) % ACTIONS_PER_REPORT == 0:
                print(f"# {number + 1} actions, {after:.0f} MB", flush=True)
        require(desktop.program.poll() is None, "the program has ended")
        require(not desktop.complaints(), f"the program printed:\n{desktop.log()}")
        share = person.n_looks_with_data / person.n_looks
        print(f"# {share:.0%} of the looks met data")
        require(share > SHARE_WITH_DATA, f"only {share:.0%} of the looks met data")
        person.rest()
        end = desktop.resident_mb()
        print(f"# {warm:.0f} MB after a quarter of the actions, {end:.0f} MB in the end; "
              f"at most {largest[0]:.0f} MB more at once, after: {largest[1]}")
        require(end < warm * GROWTH + SPARE_MB, f"memory grew from {warm:.0f} to {end:.0f} MB")
        person.get_attention()
        desktop.key("ctrl+q")
        require(desktop.wait_for_end() == 0, f"it ended badly:\n{desktop.log()}")
    except Exception:
        print("# The last actions: " + "; ".join(person.done))
        with contextlib.suppress(GLib.Error):       # of a program that has ended
            print("# Windows: " + "; ".join(str(window) for window in desktop.windows()))
        print("# " + desktop.log().replace("\n", "\n# "))
        raise
    finally:
        desktop.stop()


def main():
    global PROGRAM, SAMPLES
    PROGRAM, SAMPLES = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    n_actions = int(sys.argv[3]) if len(sys.argv) > 3 else 10000
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else random.SystemRandom().randrange(10 ** 6)
    print(f"1..1\n# seed {seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="re3-soak-") as folder:
        try:
            soak(n_actions, seed, pathlib.Path(folder))
        except Exception as problem:
            print(f"not ok 1 {n_actions} actions from seed {seed}\n# {type(problem).__name__}: {problem}")
            return 1
    print(f"ok 1 {n_actions} actions from seed {seed}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
