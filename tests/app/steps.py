# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the steps of a test of the window one after the other and prints TAP."""

import contextlib
import os
import pathlib
import shutil
import sys
import tempfile
import time
import traceback

try:
    from desktop import Desktop, Failure
except (ImportError, ValueError) as missing:
    if "CI" in os.environ:
        raise
    print(f"1..0 # SKIP {missing}")
    sys.exit()


def require(condition, text):
    if not condition:
        raise Failure(text)


@contextlib.contextmanager
def window(command):
    """A window of its own, on a desktop of its own, with the program that command starts."""
    desktop = Desktop(command, environment={"G_DEBUG": "fatal-criticals"})
    try:
        yield desktop
    finally:
        desktop.stop()


def press(desktop, name):
    """Clicks what is called @name once it has come to rest: notices slide in. They do not stay, and
    it takes long to look through the whole window, so that is done once."""
    button = desktop.find(name=name, role="label")
    places = []

    def rests():
        places.append(button.box())
        return len(places) > 3 and places[-1] == places[-4]

    desktop.wait(rests, f"rest of {name}")
    desktop.click(button)


def quits_quietly(desktop, folder):
    """A step, the last one of most tests."""
    desktop.key("ctrl+q")
    require(desktop.wait_for_end() == 0, f"it ended badly:\n{desktop.log()}")
    require(not desktop.complaints(), f"the program printed:\n{desktop.log()}")


def run(steps, command, pictures=None):
    """Calls each of steps with the desktop that command runs on and a folder for its files. Each
    goes on from where the last one left the window. Returns the status to exit with; pictures is
    a folder for one after each step."""
    pictures = pathlib.Path(pictures) if pictures is not None else None
    failures = 0
    if shutil.which("Xvfb") is None and "CI" not in os.environ:
        print("1..0 # SKIP Xvfb is not installed")
        return 0
    print(f"1..{len(steps)}")
    with window(command) as desktop, tempfile.TemporaryDirectory(prefix="re3-drive-") as folder:
        for number, step in enumerate(steps, 1):
            name = step.__name__.replace("_", " ")
            start = time.monotonic()
            try:
                step(desktop, pathlib.Path(folder))
                print(f"ok {number} {name}", flush=True)
            except Exception as problem:
                failures += 1
                print(f"not ok {number} {name}\n# {type(problem).__name__}: {problem}")
                print("# " + traceback.format_exc().replace("\n", "\n# "), flush=True)
                if pictures is None:
                    pictures = pathlib.Path(tempfile.mkdtemp(prefix="re3-failed-"))
                if desktop.program.poll() is None:
                    desktop.screenshot(pictures / f"failed-{number}.png")
                    print(f"# see {pictures}/failed-{number}.png", flush=True)
            print(f"# after {time.monotonic() - start:.1f} s", flush=True)
            if pictures is not None and desktop.program.poll() is None:
                desktop.screenshot(pictures / f"{number:02}.png")
    return 1 if failures else 0
