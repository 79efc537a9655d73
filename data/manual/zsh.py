# SPDX-License-Identifier: GPL-3.0-or-later
"""Completion for zsh: commands, options, their choices, figures, files."""

import shlex
import textwrap

from program import FIGURE, FILE, FOLDER

SCRIPT = """\
#compdef {name}
# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of {name} for zsh.

{function}() {{
{body}
}}

{function} "$@"
"""

COMMANDS = """\
local curcontext=$curcontext state line
local -a commands=(
{commands}
)
_arguments -C \\
{options} \\
  '1:command:->command' \\
  '*::argument:->arguments'
case $state in
  command)
    _describe command commands
    ;;
  arguments)
    case $line[1] in
{cases}
    esac
    ;;
esac"""


def escape(text):
    for sign in "\\[]:":
        text = text.replace(sign, "\\" + sign)
    return text


def write_option(option):
    if not option.value:
        sign, value = "", ""
    else:
        words = f"({' '.join(option.choices)})" if option.choices else " "
        action = {FILE: "_files", FOLDER: "_files -/"}.get(option.value, words)
        sign, value = "=", f":{escape(option.value)}:{action}"
    name = f"--{option.name}{sign}"
    told = f"[{escape(option.text)}]{value}"
    if option.letter:
        return (shlex.quote(f"({' '.join(option.spellings)})") +
                f"{{-{option.letter},{name}}}" + shlex.quote(told))
    return shlex.quote(("*" if option.is_repeatable else "") + name + told)


def write_options(options):
    return " \\\n".join("  " + write_option(option) for option in options)


def write_command(command, figures):
    lines = ["_arguments", write_options(command.options)]
    for place, argument in enumerate(command.arguments, 1):
        action = f"({' '.join(figures)})" if argument == FIGURE else "_files"
        lines.append("  " + shlex.quote(f"{place}:{argument}:{action}"))
    return " \\\n".join(lines)


def write_commands(program):
    commands = [shlex.quote(f"{command.name}:{escape(command.brief)}")
                for command in program.commands]
    cases = [f"{command.name})\n"
             f"{textwrap.indent(write_command(command, program.figures), '  ')}\n"
             "  ;;" for command in program.commands]
    return COMMANDS.format(commands=textwrap.indent("\n".join(commands), "  "),
                           options=write_options(program.itself.options),
                           cases=textwrap.indent("\n".join(cases), "      "))


def write_completion(program):
    body = write_commands(program) if program.commands else write_command(program.itself, [])
    return SCRIPT.format(name=program.name, function=program.function,
                         body=textwrap.indent(body, "  "))
