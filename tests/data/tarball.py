#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is committed, which is what `meson dist` packs, is all that a build needs.

Usage: tarball.py MESON SOURCE_FOLDER"""

import pathlib
import subprocess
import sys
import tempfile

SKIPPED = 77


def run(*command, **options):
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    if result.returncode != 0:
        sys.exit(result.stdout.decode(errors="replace"))
    return result.stdout


def main():
    meson, source = sys.argv[1:]
    if not (pathlib.Path(source) / ".git").exists():
        print("this is no clone, but perhaps such a tarball")
        sys.exit(SKIPPED)
    with tempfile.TemporaryDirectory() as folder:
        run("tar", "-x", "-C", folder, input=run("git", "-C", source, "archive", "HEAD"))
        run(meson, "setup", "build", cwd=folder)
        # Builds nothing, but finds every file that it would take.
        run("ninja", "-n", "-C", "build", cwd=folder)


if __name__ == "__main__":
    main()
