"""Django on this installation's database, for a short command: as the application, never as the owner."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from commonweal.frontends.cli.databases import answering, environment_for, open_database
from commonweal.frontends.cli.installation import Installation
from commonweal.frontends.cli.problems import Problem
from commonweal.frontends.cli.progress import say

if TYPE_CHECKING:
    from commonweal.foundations.scope.actors import System


@contextmanager
def asking(installation: Installation, purpose: str) -> Iterator[None]:
    """The application's models, queries and actions can be used in the block. Raises Problem."""
    with open_database(installation, say, purpose=purpose, needs_owner=False) as database:
        os.environ.update({**environment_for(installation, database, as_owner=False), "COMMONWEAL_POOL": "0"})
        os.environ.pop("DATABASE_OWNER_URL", None)
        import django
        from django.db import ProgrammingError, connections

        django.setup()
        try:
            with answering():
                yield
        except ProgrammingError as error:
            if "UndefinedTable" not in type(error.__cause__).__name__:
                raise
            raise Problem("The tables are not there yet, or not all: run `commonweal migrate` first.") from None
        finally:
            connections.close_all()


def operator_of(task: str) -> "System":
    """Whoever runs the platform, at the command line."""
    from commonweal.foundations.scope.actors import Channel, System

    return System(task=task, channel=Channel.COMMAND)


def day(text: str) -> date:
    """A day among the options of a command. Raises ArgumentTypeError with a sentence."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no day: write it as 2027-05-07") from None
