#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `meson dist` packs, which is what git knows, is all that this build was made of.

Usage: tarball.py SOURCE_FOLDER BUILD_FOLDER"""

import os
import pathlib
import subprocess
import sys

SKIPPED = 77


def read_lines(*command):
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.splitlines()


def main():
    source, build = map(pathlib.Path, sys.argv[1:])
    if not (source / ".git").exists():
        print("this is no clone, but perhaps such a tarball")
        return SKIPPED

    # The rules' inputs, and what compilers said that they included.
    names = read_lines("ninja", "-C", build, "-t", "inputs", "build.ninja", "all")
    names += [line.strip() for line in read_lines("ninja", "-C", build, "-t", "deps") if line.startswith(" ")]
    paths = {pathlib.Path(os.path.normpath(build / name)) for name in names}
    used = {path.relative_to(source) for path in paths
            if path.is_relative_to(source) and not path.is_relative_to(build) and path.is_file()}
    assert pathlib.Path("src/core/re3-network.h") in used and pathlib.Path("ui/re3-window.ui") in used

    known = set(map(pathlib.Path, read_lines("git", "-C", source, "ls-files")))
    return "\n".join(f"git does not know {path}" for path in sorted(used - known)) or 0


if __name__ == "__main__":
    sys.exit(main())
