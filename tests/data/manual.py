#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The manual page is without fault, and tells every command, option and figure that the program has.
Usage: manual.py PAGE PROGRAM"""

import os
import re
import shutil
import subprocess
import sys


def run(*command):
    return subprocess.run(command, env=os.environ | {"LC_ALL": "C.UTF-8", "MANWIDTH": "100"},
                          check=True, capture_output=True, encoding="utf-8")


def main():
    page, program = sys.argv[1:]
    if shutil.which("man") is None and "CI" not in os.environ:
        return 77
    warnings = run("man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", page).stderr
    if warnings:
        return warnings

    read = run("man", "-E", "UTF-8", "-l", page).stdout
    told = re.sub(r"\s+", " ", re.sub(r"\x1b\[\d*m|‐\n\s+", "", read))
    help_text = run(program, "--help").stdout
    commands = re.findall(r"^  (\w+) ", help_text, re.MULTILINE)
    figures = re.search(r"^Figures: (.*)", help_text, re.MULTILINE)
    wanted = figures[1].split(", ") if figures else []
    for text in [help_text, *(run(program, command, "--help").stdout for command in commands)]:
        wanted += re.findall(r"^Usage:\n  (.*)", text.replace("[OPTION…] ", ""), re.MULTILINE)
        wanted += re.findall(r"^  (-.*?) {2,}", text, re.MULTILINE)
    # A command's heading is without the program's name.
    wanted = [re.sub(rf"^re3-cli (?={'|'.join(commands)})", "", words) for words in wanted]
    missing = [words for words in wanted if words not in told]
    if missing or not wanted:
        return f"{page} does not tell: {missing}"
    return 0


if __name__ == "__main__":
    sys.exit(main())
