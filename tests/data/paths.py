#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""No program tells where it was built, for then another folder would make other bytes of the same
source. Usage: paths.py SOURCE_FOLDER BUILD_FOLDER PROGRAM..."""

import pathlib
import sys


def main():
    folders = sys.argv[1:3]
    problems = [f"{program}: holds {folder}"
                for program in map(pathlib.Path, sys.argv[3:])
                for folder in folders
                if folder.encode() in program.read_bytes()]
    return "\n".join(problems) or 0


if __name__ == "__main__":
    sys.exit(main())
