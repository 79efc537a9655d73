#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop that has our mime type knows sessions by their name, and by which program to open them.
Usage: mime.py MIME_FILE DESKTOP_FILE"""

import configparser
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

TYPE = "application/x-re3-session"


def main():
    mime_file, desktop_file = sys.argv[1:]
    desktop = configparser.ConfigParser(interpolation=None, delimiters="=")
    desktop.read(desktop_file)
    if TYPE not in desktop["Desktop Entry"]["MimeType"].split(";"):
        return f"{desktop_file}: not for {TYPE}"
    if shutil.which("update-mime-database") is None or shutil.which("gio") is None:
        return 77
    with tempfile.TemporaryDirectory() as folder:
        packages = pathlib.Path(folder) / "mime" / "packages"
        packages.mkdir(parents=True)
        shutil.copy(mime_file, packages)
        subprocess.run(["update-mime-database", packages.parent], check=True)
        session = pathlib.Path(folder) / "study.re3session"
        session.write_text('{"format": "re3-session"}\n')
        told = subprocess.run(["gio", "info", "-a", "standard::content-type", session], check=True,
                              env=os.environ | {"XDG_DATA_HOME": folder, "LC_ALL": "C.UTF-8"},
                              capture_output=True, text=True).stdout
    return 0 if TYPE in told else f"a session is taken for:\n{told}"


if __name__ == "__main__":
    sys.exit(main())
