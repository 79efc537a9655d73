# SPDX-License-Identifier: GPL-3.0-or-later
"""The manual page: a template's own words, with what the program says of itself between them."""

import collections
import re

ESCAPES = str.maketrans({"\\": r"\e", "-": r"\-"})


def escape(text):
    line = text.translate(ESCAPES)
    return rf"\&{line}" if line.startswith((".", "'")) else line


# Names are not hyphenated.
def bold(text):
    return rf"\fB\%{escape(text)}\fP"


def italic(text):
    return rf"\fI\%{escape(text)}\fP"


def write_name(option):
    return bold(f"--{option.name}")


def write_option(option):
    letter = bold(f"-{option.letter}") + ", " if option.letter else ""
    value = f"={italic(option.value)}" if option.value else ""
    return [".TP", letter + write_name(option) + value, escape(option.text)]


def write_options(options):
    return [line for option in options for line in write_option(option)]


def write_usage(text):
    """Words in capitals are for others to be put there, all else is written as it stands."""
    return re.sub(r"[A-Z]+|[^A-Z\[\]| .]+",
                  lambda word: (italic if word[0].isupper() else bold)(word[0]), text)


def find_common(commands):
    """Options that most commands have, with the same words."""
    counts = collections.Counter(option for command in commands for option in command.options)
    return [option for option, count in counts.items() if 2 * count > len(commands)]


def write_command(command, common):
    lines = [f".SS {bold(command.name)} {write_usage(command.usage)}"]
    for paragraph in command.summary:
        lines += [".PP", *map(escape, paragraph.split("\n"))]
    lines += write_options(option for option in command.options if option not in common)
    shared = [write_name(option) for option in command.options if option in common]
    return lines + [".PP", "Common options: " + ", ".join(shared) + "."]


def write_commands(program):
    common = find_common(program.commands)
    lines = []
    for command in program.commands:
        lines += write_command(command, common)
    return lines + [".SS Common options"] + write_options(common)


def write_page(program, template, version):
    parts = {
        "VERSION": [version],
        "USAGE": [f"{bold(program.name)} {write_usage(program.itself.usage)}"],
        "OPTIONS": write_options(program.itself.options),
        "COMMANDS": write_commands(program),
        "FIGURES": [", ".join(map(bold, program.figures)) + "."],
        "NOTES": [escape(program.notes)],
    }
    return re.sub(r"@([A-Z]+)@", lambda part: "\n".join(parts[part[1]]), template)
