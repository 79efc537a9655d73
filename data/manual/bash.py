# SPDX-License-Identifier: GPL-3.0-or-later
"""Completion for bash: commands, options, their choices, figures, files."""

import textwrap

from program import FIGURE, FILE, FOLDER

SCRIPT = """\
# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of {name} for bash.

{function}() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} option=${{COMP_WORDS[COMP_CWORD - 1]}} words="" files=""
  # “--name=value” comes as three words.
  if [[ $word == = ]]; then
    word=""
  elif [[ $option == = ]]; then
    option=${{COMP_WORDS[COMP_CWORD - 2]}}
  fi

{body}

  if [[ $files ]]; then
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen "$files" -- "$word")
  else
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
  fi
}}
complete -F {function} {name}
"""

COMMANDS = """\
if ((COMP_CWORD == 1)); then
  words="{words}"
else
  case "${{COMP_WORDS[1]}}" in
{cases}
  esac
fi"""

COMMAND = """\
case "$option" in
{values}
  *)
    if [[ $word == -* ]]; then
      words="{options}"
{figures}    else
      files=-f
    fi
    ;;
esac"""

FIGURES = """\
    elif [[ ! " ${{COMP_WORDS[*]:2:COMP_CWORD - 2}} " =~ " "({alternatives})" " ]]; then
      words="{figures}"
"""


def write_value(option):
    proposed = {FILE: "files=-f", FOLDER: "files=-d"}.get(
        option.value, f'words="{" ".join(option.choices)}"')
    return f"  {' | '.join(option.spellings)}) {proposed} ;;"


def write_command(command, figures):
    return COMMAND.format(
        values="\n".join(write_value(option) for option in command.options if option.value),
        options=" ".join(name for option in command.options for name in option.spellings),
        figures=FIGURES.format(alternatives="|".join(figures), figures=" ".join(figures))
        if FIGURE in command.arguments else "")


def write_commands(program):
    words = [command.name for command in program.commands]
    words += [name for option in program.itself.options for name in option.spellings]
    cases = [f"{command.name})\n"
             f"{textwrap.indent(write_command(command, program.figures), '  ')}\n"
             "  ;;" for command in program.commands]
    return COMMANDS.format(words=" ".join(words),
                           cases=textwrap.indent("\n".join(cases), "    "))


def write_completion(program):
    body = write_commands(program) if program.commands else write_command(program.itself, [])
    return SCRIPT.format(name=program.name, function=program.function,
                         body=textwrap.indent(body, "  "))
