# SPDX-License-Identifier: GPL-3.0-or-later
"""Completion for fish: commands, options, their choices, figures, files."""

from program import FIGURE, FILE, FOLDER

SCRIPT = """\
# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of {name} for fish.

{lines}
"""


def quote(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def write_value(option):
    if not option.value:
        return ""
    words = f" -a {quote(' '.join(option.choices))}" if option.choices else ""
    return {FILE: " -r -F", FOLDER: " -x -a '(__fish_complete_directories)'"}.get(
        option.value, f" -x{words}")


def write_options(start, options):
    return [f"{start}{f' -s {option.letter}' if option.letter else ''} -l {option.name}"
            f"{write_value(option)} -d {quote(option.text)}" for option in options]


def write_command(start, command, figures):
    within = f"__fish_seen_subcommand_from {command.name}"
    lines = write_options(f"{start} -n {quote(within)}", command.options)
    if FIGURE not in command.arguments:
        return lines + [f"{start} -n {quote(within)} -F"]
    names = " ".join(figures)
    chosen = f"__fish_seen_subcommand_from {names}"
    return lines + [f"{start} -n {quote(f'{within}; and not {chosen}')} -a {quote(names)}",
                    f"{start} -n {quote(f'{within}; and {chosen}')} -F"]


def write_completion(program):
    start = f"complete -c {program.name}"
    lines = []
    if program.commands:
        first = f"{start} -n __fish_use_subcommand"
        lines.append(f"{start} -f")
        lines += [f"{first} -a {command.name} -d {quote(command.brief)}"
                  for command in program.commands]
    else:
        first = start
    lines += write_options(first, program.itself.options)
    for command in program.commands:
        lines += write_command(start, command, program.figures)
    return SCRIPT.format(name=program.name, lines="\n".join(lines))
