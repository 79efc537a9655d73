#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a program's manual page and its completions for bash, zsh and fish from its own --help.
Usage: make.py PROGRAM TEMPLATE VERSION FOLDER"""

import pathlib
import sys

import bash
import fish
import man
import program
import zsh


def main():
    executable, template, version, folder = sys.argv[1:]
    described = program.read_program(executable)
    files = {
        f"{described.name}.1": man.write_page(described, pathlib.Path(template).read_text("utf-8"),
                                              version),
        described.name: bash.write_completion(described),
        f"_{described.name}": zsh.write_completion(described),
        f"{described.name}.fish": fish.write_completion(described),
    }
    for name, text in files.items():
        (pathlib.Path(folder) / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
