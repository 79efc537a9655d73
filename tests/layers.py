#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that an include that goes against the layers (DESIGN.md) does not compile.

Usage: layers.py BUILD_DIRECTORY. Takes the compiler's own command for a file of each folder and
has it compile one line instead.
"""

import json
import pathlib
import shlex
import subprocess
import sys

HEADERS = {
    "core": "re3-network.h",
    "io": "re3-model-file.h",
    "chart": "re3-chart.h",
    "figures": "re3-figures.h",
    "session": "re3-session.h",
    "app": "re3-window.h",
    "GTK": "gtk/gtk.h",
    "Cairo": "cairo.h",
}
ALLOWED = {
    "core": {"core"},
    "io": {"io", "core"},
    "chart": {"chart", "Cairo"},
    "figures": {"figures", "core", "chart", "Cairo"},
    "session": {"session", "io", "core"},
    "app": {"app", "session", "io", "figures", "core", "chart", "GTK", "Cairo"},
    "cli": {"figures", "io", "core", "chart", "Cairo"},
}


def compiles(build, command, header):
    arguments = shlex.split(command["command"])
    output = arguments.index("-o")
    del arguments[output:output + 2]
    arguments.remove(command["file"])
    arguments = [a for a in arguments if a not in ("-c", "-MD") and not a.endswith(".o.d")]
    arguments = [a for a in arguments if a not in ("-MQ", "-MF") and not a.endswith(".c.o")]
    result = subprocess.run(
        [*arguments, "-fsyntax-only", "-x", "c", "-"], cwd=build,
        input=f"#include <{header}>\n", text=True, capture_output=True)
    if result.returncode != 0 and header not in result.stderr:
        sys.exit(f"not for want of <{header}>:\n{result.stderr}")
    return result.returncode == 0


def main():
    build = pathlib.Path(sys.argv[1])
    commands = json.loads((build / "compile_commands.json").read_text())
    failures = checks = 0
    for folder, allowed in ALLOWED.items():
        command = next(c for c in commands if f"src/{folder}/" in c["file"]
                       and c["file"].endswith(".c"))
        for owner, header in HEADERS.items():
            checks += 1
            if compiles(build, command, header) != (owner in allowed):
                failures += 1
                print(f"src/{folder}: <{header}> should {'' if owner in allowed else 'not '}compile")
    print(f"{checks} includes tried, {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
