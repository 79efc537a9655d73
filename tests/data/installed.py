#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is installed is complete, and runs from where it is. Usage: installed.py MESON BUILD_FOLDER APP_ID"""

import json
import pathlib
import subprocess
import sys
import tempfile


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, cwd="/", encoding="utf-8").stdout


def main():
    meson, build, app_id = sys.argv[1:]
    options = json.loads(run(meson, "introspect", "--buildoptions", build))
    prefix = next(option["value"] for option in options if option["name"] == "prefix")
    with tempfile.TemporaryDirectory() as folder:
        run(meson, "install", "-C", build, "--no-rebuild", "--destdir", folder)
        tree = pathlib.Path(folder) / prefix.lstrip("/")

        for name in (
            f"applications/{app_id}.desktop",
            f"metainfo/{app_id}.metainfo.xml",
            f"mime/packages/{app_id}.xml",
            f"glib-2.0/schemas/{app_id}.gschema.xml",
            f"icons/hicolor/scalable/apps/{app_id}.svg",
            f"icons/hicolor/symbolic/apps/{app_id}-symbolic.svg",
            "man/man1/re3.1",
            "man/man1/re3-cli.1",
            "bash-completion/completions/re3",
            "bash-completion/completions/re3-cli",
            "zsh/site-functions/_re3-cli",
            "fish/vendor_completions.d/re3-cli.fish",
            "re3/exporters/export_torch.py",
        ):
            assert (tree / "share" / name).is_file(), name

        samples = tree / "share/re3/samples"
        program = tree / "bin/re3-cli"
        answer = json.loads(run(program, "analyze", samples / "iris-8-4.re3.json",
                                samples / "iris.csv", "--json"))
        assert answer["data"]["rows"] == 150, answer["data"]
        picture = pathlib.Path(folder) / "regions.svg"
        run(program, "render", "regions", samples / "iris-8-4.re3.json", samples / "iris.csv",
            "-o", picture)
        assert "</svg>" in picture.read_text(encoding="utf-8")
        version = run(program, "--version").split()[1]
        assert run(tree / "bin/re3", "--version") == f"re3 {version}\n"


if __name__ == "__main__":
    main()
