"""Commands of several steps, such as `commonweal keys rotate`: each step is a function, with options of its own."""

import argparse
from collections.abc import Callable

from commonweal.frontends.cli.installation import Installation

Command = Callable[[Installation, argparse.Namespace], int]
"""Does one thing; returns the exit code."""

Add = Callable[[str, Command, str], argparse.ArgumentParser]


def steps_of(parser: argparse.ArgumentParser) -> Add:
    """What adds a step to a command: its name, the function, and what it does in words; returns its parser."""
    offered = parser.add_subparsers(metavar="what", required=True)

    def add(name: str, step: Command, words: str) -> argparse.ArgumentParser:
        added = offered.add_parser(name, help=words, description=words)
        added.set_defaults(command=step)
        return added

    return add
