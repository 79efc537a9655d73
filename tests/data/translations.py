#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every language has every text. Usage: translations.py SOURCE

The texts are taken from the sources anew, as `meson compile re3-pot` does it, and looked for in
each translation. `meson compile re3-update-po` adds to the translations what is new.
"""

import pathlib
import subprocess
import sys
import tempfile

KEYWORDS = ["--from-code=UTF-8", "--keyword=_", "--keyword=N_", "--keyword=C_:1c,2",
            "--keyword=g_dngettext:2,3"]


def main():
    source = pathlib.Path(sys.argv[1]) / "po"
    languages = [line for line in (source / "LINGUAS").read_text().split("\n")
                 if line and not line.startswith("#")]
    with tempfile.TemporaryDirectory(prefix="re3-po-") as folder:
        template = pathlib.Path(folder) / "re3.pot"
        subprocess.run(["xgettext", "--files-from=POTFILES.in", f"--directory={source.parent}",
                        f"--output={template}", *KEYWORDS], cwd=source, check=True)
        failed = False
        for language in languages:
            checks = (["msgfmt", "--check", "--output-file=/dev/null", f"{language}.po"],
                      ["msgcmp", f"{language}.po", str(template)])
            for check in checks:
                run = subprocess.run(check, cwd=source, capture_output=True, text=True)
                if run.returncode != 0:
                    failed = True
                    print(f"{' '.join(check)}:\n{run.stderr}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
