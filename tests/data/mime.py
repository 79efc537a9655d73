#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop that has our mime types knows models and sessions by their names and by what is in them,
and which program opens them. Usage: mime.py MIME_FILE DESKTOP_FILE PROGRAM SAMPLES"""

import gzip
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

MODEL = "application/x-re3+json"
SESSION = "application/x-re3session+json"
PACKED = "application/gzip"
# As the program writes it.
SESSION_TEXT = '{\n  "format": "re3-session",\n  "version": 1,\n  "model": "iris-8-4.re3.json"\n}\n'


def install(folder, environment, mime_file, desktop_file):
    packages = folder / "mime" / "packages"
    packages.mkdir(parents=True)
    shutil.copy(mime_file, packages)
    subprocess.run(["xmllint", "--noout", mime_file], check=True)
    subprocess.run(["update-mime-database", packages.parent], env=environment, check=True)

    applications = folder / "applications"
    applications.mkdir()
    shutil.copy(desktop_file, applications)
    subprocess.run(["update-desktop-database", applications], env=environment, check=True)


def write_files(folder, samples):
    """Names of files, and what each is."""
    model = (samples / "iris-8-4.re3.json").read_text(encoding="utf-8")
    files = {
        "iris.re3.json": ("{}", MODEL),
        "a model without a name that tells": (model, MODEL),
        "study.re3session": ("{}", SESSION),
        "a session without a name that tells": (SESSION_TEXT, SESSION),
        "others.json": ('{"format": "other"}', "application/json"),
        "iris.csv": ((samples / "iris.csv").read_text(encoding="utf-8"), "text/csv"),
    }
    for name, (text, _) in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "iris.csv.gz").write_bytes(gzip.compress((samples / "iris.csv").read_bytes()))
    return {name: content_type for name, (_, content_type) in files.items()} | {"iris.csv.gz": PACKED}


def main():
    mime_file, desktop_file, program, samples = map(pathlib.Path, sys.argv[1:])
    tools = ("gio", "update-desktop-database", "update-mime-database", "xmllint")
    if not all(map(shutil.which, tools)) and "CI" not in os.environ:
        return 77

    problems = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        environment = os.environ | {
            "XDG_DATA_HOME": name,
            "LC_ALL": "C.UTF-8",
            "PATH": f"{program.absolute().parent}:{os.environ['PATH']}",
        }
        install(folder, environment, mime_file, desktop_file)

        def ask(*command):
            return subprocess.run(["gio", *command], check=True, env=environment,
                                  capture_output=True, encoding="utf-8").stdout

        for file, content_type in write_files(folder, samples).items():
            told = ask("info", "-a", "standard::content-type", folder / file)
            if f"standard::content-type: {content_type}\n" not in told:
                problems.append(f"{file} is taken for:\n{told}")
        for content_type in (MODEL, SESSION, "text/csv", PACKED):
            told = ask("mime", content_type)
            if desktop_file.name not in told:
                problems.append(f"{content_type} is not for {desktop_file.name}:\n{told}")
    return "\n".join(problems) or 0


if __name__ == "__main__":
    sys.exit(main())
