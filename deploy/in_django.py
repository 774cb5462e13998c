"""Runs several management commands in one start of Django, their words into a log: LOG command words + command words.

A start costs seconds; four commands one after another would cost it four times. `> FILE` behind a command writes what
it printed into FILE, readable by its owner only.
"""

import contextlib
import io
import os
import sys
from importlib import import_module
from pathlib import Path

from deploy.locks import hold
from deploy.places import write_private
from deploy.progress import Progress

# What a person reads while the command runs; others pass without a line.
ANNOUNCED = {"upgrade": "database: migrating", "seed_demo": "demo content: filling in"}


def split(words: list[str]) -> list[list[str]]:
    """The commands between the plus signs."""
    commands: list[list[str]] = [[]]
    for word in words:
        if word == "+":
            commands.append([])
        else:
            commands[-1].append(word)
    return commands


def choose_database(command: str) -> None:
    """Takes the owner's address for a command that needs it, as manage.py would: all commands of one start share it."""
    owner = os.environ.get("DATABASE_OWNER_URL")
    if owner and command in import_module("manage").OWNER_COMMANDS:
        os.environ["DATABASE_URL"] = owner


def run(command: list[str]) -> None:
    """Runs one command as manage.py would; SystemExit when it fails."""
    from django.core.management import ManagementUtility

    target = None
    if ">" in command:
        command, (target,) = command[: command.index(">")], command[command.index(">") + 1 :]
    output = io.StringIO()
    with contextlib.redirect_stdout(output) if target else contextlib.nullcontext():
        ManagementUtility(["manage.py", *command]).execute()
    if target:
        write_private(Path(target), output.getvalue())


def main() -> None:
    log, *words = sys.argv[1:]
    progress = Progress(output=os.fdopen(os.dup(1), "w"))
    handle = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    sys.path.insert(0, str(Path.cwd()))
    choose_database(words[0])
    # One at a time: a killed start may have left such a program behind that still migrates.
    with hold(Path(f"{log}.lock")):
        for command in split(words):
            if command[0] in ANNOUNCED:
                progress.say(ANNOUNCED[command[0]])
            run(command)
            sys.stdout.flush()


if __name__ == "__main__":
    main()
