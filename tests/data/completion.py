#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shells propose what the program takes: compared with its help, and with what it says that it takes
when it is given something else. Usage: completion.py PROGRAM BASH_FILE ZSH_FILE FISH_FILE"""

import os
import re
import shutil
import subprocess
import sys
import tempfile

IN_ENGLISH = os.environ | {"LC_ALL": "C.UTF-8", "LANGUAGE": "en"}
WRONG = "no-such-thing"
BASH = r"""
source "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
[[ $(complete -p "$1") =~ "-F "([^ ]+) ]]
"${BASH_REMATCH[1]}" "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
printf '%s\n' "${COMPREPLY[@]}"
"""
FISH = r"""
source $argv[1]
complete -C $argv[2]
"""


def run(command, **options):
    return subprocess.run(command, env=IN_ENGLISH, capture_output=True, encoding="utf-8", **options)


def ask_bash(script, words):
    # A value that follows “=” is a word of its own for bash, and so is “=”.
    parts = [part for word in words for part in re.split("(=)", word) if part or not word]
    done = run(["bash", "--norc", "-c", BASH, "bash", script, *parts], check=True)
    assert not done.stderr, done.stderr
    return set(done.stdout.split("\n")) - {""}


def ask_fish(script, words):
    done = run(["fish", "--no-config", "-c", FISH, script, " ".join(words)], check=True)
    assert not done.stderr, done.stderr
    proposed = {line.split("\t")[0] for line in done.stdout.split("\n")} - {""}
    # It repeats what stands before “=”.
    return {word.split("=")[-1] for word in proposed}


def read_options(text):
    """Each by its names, such as -o and --output."""
    return {name for names in re.findall(r"^  (?:(-\w), )?(--[\w-]+)", text, re.MULTILINE)
            for name in names if name}


def read_alternatives(program, arguments):
    """From “X is one of a, b, not ...”."""
    told = run([program, *arguments]).stderr
    return set(re.search(r" one of ([^“]*?), not", told)[1].split(", "))


def check_commands(ask, program, name):
    text = run([program, "--help"]).stdout
    commands = [] if text.startswith("Usage:\n") else re.findall(r"^  (\w+) ", text, re.MULTILINE)
    if commands:
        assert set(commands) <= ask([name, ""]), ask([name, ""])
    assert read_options(text) == ask([name, "-"]) | ask([name, "--"])
    for command in commands:
        assert command in ask([name, command[:3]])
        options = read_options(run([program, command, "--help"]).stdout)
        assert options == ask([name, command, "-"]) | ask([name, command, "--"]), command
    return len(commands)


def check_values(ask, program, name):
    figures = read_alternatives(program, ["render", WRONG, "m", "d"])
    assert ask([name, "render", ""]) == figures, ask([name, "render", ""])
    assert ask([name, "render", "--theme", "dark", "sank"]) == {"sankey"}
    render = ["render", "validity", "m", "d", "-o", "x.png"]
    for command, options in (
        (render, ["--theme", "--mode", "--set", "--metric", "--order", "--contributions", "--form"]),
        (["analyze", "m", "d"], ["--metric", "--fill"]),
        (["counterfactual", "m", "d", "--row", "1"], ["--metric"]),
    ):
        for option in options:
            words = read_alternatives(program, [*command, option, WRONG])
            assert ask([name, *command, option, ""]) == words, (option, words)
            assert ask([name, *command, option + "="]) == words, (option, words)
    assert ask([name, "render", "--theme=li"]) == {"light"}
    assert ask([name, "explain", "m", "d", "--row", ""]) == set()


def check_files(ask, words):
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for file in ("iris.csv", "iris.re3.json"):
            open(file, "w").close()
        os.mkdir("irises")
        assert {word.rstrip("/") for word in ask([*words, "ir"])} == {"iris.csv", "iris.re3.json",
                                                                      "irises"}
        if len(words) > 1:
            assert ask([words[0], "analyze", "--test", "iris.c"]) == {"iris.csv"}
            assert {word.rstrip("/") for word in ask([words[0], "analyze", "--csv", ""])} == {"irises"}
        os.chdir("/")


def main():
    program, bash, zsh, fish = map(os.path.abspath, sys.argv[1:])
    name = os.path.basename(program)
    shells = {"bash": lambda words: ask_bash(bash, words), "fish": lambda words: ask_fish(fish, words)}
    for shell, script in (("bash", bash), ("zsh", zsh), ("fish", fish)):
        if shutil.which(shell) is None and "CI" not in os.environ:
            continue
        syntax = run([shell, "-n", script])
        assert syntax.returncode == 0 and not syntax.stderr, syntax.stderr
        if shell not in shells:
            continue
        ask = shells[shell]
        if check_commands(ask, program, name):
            check_values(ask, program, name)
            check_files(ask, [name, "render", "sankey"])
        else:
            check_files(ask, [name])


if __name__ == "__main__":
    main()
