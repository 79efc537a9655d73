# SPDX-License-Identifier: GPL-3.0-or-later
"""What a program says of itself with --help: the one source of its manual page and completion."""

import dataclasses
import os
import re
import subprocess

# "print, light or dark (print)": a list of words, and the one that is taken by default.
CHOICES = re.compile(r"((?:[\w-]+, )*[\w-]+ or [\w-]+) \(([\w-]+)")
OPTION = re.compile(r"^  (?:-(\w), )?--([\w-]+)(?:=(\S+))? {2,}(.*)$", re.MULTILINE)


# What is asked for by these names is a file, a folder, and a figure that the program lists.
FILE = "FILE"
FOLDER = "DIR"
FIGURE = "FIGURE"


@dataclasses.dataclass(frozen=True)
class Option:
    name: str
    letter: str  # of the short form, or empty
    value: str  # what it takes, such as FILE, or empty
    text: str

    @property
    def spellings(self):
        return ([f"-{self.letter}"] if self.letter else []) + [f"--{self.name}"]

    @property
    def choices(self):
        """The words that it takes; none if it takes none, or others too."""
        if self.value and self.value.islower():
            return [self.value]
        found = CHOICES.search(self.text) if self.value else None
        words = re.split(", | or ", found[1]) if found else []
        return words if found and found[2] in words else []

    @property
    def is_repeatable(self):
        return "may be repeated" in self.text


@dataclasses.dataclass(frozen=True)
class Command:
    name: str  # empty for the program itself
    usage: str  # what follows the name and its options, such as "MODEL DATA --row N"
    brief: str  # a line
    summary: list[str]  # paragraphs
    options: list[Option]

    @property
    def arguments(self):
        """Those that stand at a place of their own, such as MODEL, DATA."""
        return re.findall(r"[A-Z]+", re.split(r" -| \|", f"{self.usage} -")[0])


@dataclasses.dataclass(frozen=True)
class Program:
    name: str
    itself: Command
    commands: list[Command]
    figures: list[str]
    notes: str  # what holds for all commands

    @property
    def function(self):
        """Its name in a shell's completion."""
        return "_" + self.name.replace("-", "_")


def ask(executable, *arguments):
    # In English whoever builds, and without a word from a sanitizer about what it keeps.
    environment = os.environ | {"LC_ALL": "C.UTF-8", "LANGUAGE": "en"}
    environment["ASAN_OPTIONS"] = "detect_leaks=0"
    return subprocess.run([executable, *arguments, "--help"], env=environment, check=True,
                          stdout=subprocess.PIPE, encoding="utf-8").stdout


def read_options(text):
    return [Option(name, letter or "", value or "", words)
            for letter, name, value, words in OPTION.findall(text)]


def read_command(name, brief, text):
    """From what GOption writes: usage, summary, groups of options, each begun by an empty line."""
    usage, rest = re.fullmatch(r"Usage:\n  [^\n\[]+ \[OPTION…\] ([^\n]*)\n\n(.*)", text,
                               re.DOTALL).groups()
    summary = re.split(r"^(?:\w+ )?Options:$", rest, maxsplit=1, flags=re.MULTILINE)[0]
    return Command(name, usage, brief, summary.strip().split("\n\n"), read_options(text))


def read_program(executable):
    name = os.path.basename(executable)
    text = ask(executable)
    if text.startswith("Usage:\n"):
        return Program(name, read_command("", "", text), [], [], "")

    commands = []
    for line in re.findall(r"^  (\w\S* .*)$", text, re.MULTILINE):
        command = line.split()[0]
        help_text = ask(executable, command)
        usage = read_command(command, "", help_text).usage
        brief = re.fullmatch(rf"{command}\s+{re.escape(usage)}\s+(.*)", line)[1]
        commands.append(read_command(command, brief, help_text))
    itself = Command("", "COMMAND ...", "", [], read_options(text))
    figures = re.search(r"^Figures: (.*)$", text, re.MULTILINE)[1].split(", ")
    notes = text.strip().split("\n\n")[-1].replace("\n", " ")
    return Program(name, itself, commands, figures, notes)
