#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks what the compiler does not: formatting, licence lines, layers, length of files, texts."""

import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
MAX_LINES = 600

# What each folder may include of the others (DESIGN.md).
LAYERS = {
    "core": {"core"},
    "io": {"io", "core"},
    "chart": {"chart"},
    "figures": {"figures", "core", "chart"},
    "session": {"session", "io", "core"},
    "app": {"app", "session", "figures", "io", "core", "chart"},
    "cli": {"cli", "figures", "io", "core", "chart"},
}
COMMENTED = {".c", ".h", ".py", ".ui", ".build", ".css", ".xml", ".in", ".svg", ".sh", ".yml", ".proto"}

problems = []


def complain(path, text):
    problems.append(f"{path.relative_to(ROOT)}: {text}")


def tracked_files():
    names = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\n")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def check_format(sources):
    result = subprocess.run(["clang-format", "--dry-run", *map(str, sources)],
                            capture_output=True, text=True)
    for line in result.stderr.split("\n"):
        if "warning:" in line:
            problems.append(line.replace(f"{ROOT}/", ""))


def check_licences(files):
    for path in files:
        if path.suffix in COMMENTED or path.name in ("dev", "meson.build"):
            head = path.read_text(errors="replace")[:400]
            if "SPDX-License-Identifier:" not in head:
                complain(path, "no SPDX-License-Identifier line")


def check_reuse():
    """Of what has no place for such a line, .reuse/dep5 tells the licence."""
    if shutil.which("reuse") is None and "CI" not in os.environ:
        return
    result = subprocess.run(["reuse", "--root", str(ROOT), "lint"], capture_output=True, text=True)
    if result.returncode != 0:
        problems.append(f"reuse: {(result.stdout + result.stderr).strip()}")


def check_layers(sources):
    owner = {path.name: path.parent.name for path in sources if path.suffix == ".h"}
    if len(owner) != sum(path.suffix == ".h" for path in sources):
        problems.append("src: two headers have the same name")
    for path in sources:
        for name in re.findall(r'#include\s+"([^"]+)"', path.read_text()):
            folder = owner.get(pathlib.PurePath(name).name)
            if "/" in name or (folder and folder not in LAYERS[path.parent.name]):
                complain(path, f'"{name}" is not for {path.parent.name}')
        if path.parent.name != "app" and "<gtk/" in path.read_text():
            complain(path, "only src/app may see GTK")


def check_lengths(files):
    for path in files:
        if path.suffix in (".c", ".h", ".py"):
            lines = len(path.read_text().split("\n")) - 1
            if lines > MAX_LINES:
                complain(path, f"{lines} lines: what is it really two of?")


def check_translations():
    listed = {line for line in (ROOT / "po/POTFILES.in").read_text().split("\n")
              if line and not line.startswith("#")}
    marked = {str(path.relative_to(ROOT)) for path in (ROOT / "src").rglob("*.c")
              if re.search(r"\b(?:N_|C_|_|ngettext) \(", path.read_text())}
    marked |= {str(path.relative_to(ROOT)) for path in (ROOT / "ui").glob("*.ui")
               if "translatable" in path.read_text()}
    marked |= {str(path.relative_to(ROOT)) for path in (ROOT / "data").glob("*.in")}
    for name in sorted(marked - listed):
        problems.append(f"po/POTFILES.in: {name} is missing")
    for name in sorted(listed - marked):
        problems.append(f"po/POTFILES.in: {name} has nothing to translate")


def main():
    files = tracked_files()
    sources = [path for path in files if path.suffix in (".c", ".h") and ROOT / "src" in path.parents]
    check_format([path for path in files if path.suffix == ".c"])
    check_licences(files)
    check_reuse()
    check_layers(sources)
    check_lengths(files)
    check_translations()
    for problem in problems:
        print(problem)
    print(f"lint: {len(files)} files, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
