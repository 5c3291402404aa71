"""The `commonweal` command: calls one function, and turns what stands in the way into a sentence."""

import argparse
import os
import sys
from collections.abc import Sequence

from commonweal.frontends.cli import (
    auditing,
    bodies,
    calendars,
    commands,
    delivering,
    keys,
    legacy,
    maintaining,
    services,
    staff,
)
from commonweal.frontends.cli.installation import ROOT, load_dotenv, read_installation
from commonweal.frontends.cli.problems import Problem, explain
from commonweal.frontends.cli.progress import fall_silent
from commonweal.frontends.cli.steps import Command


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code, 1 with a sentence on standard error when something stands in the way."""
    typed = list(sys.argv[1:] if arguments is None else arguments)
    try:
        load_dotenv(ROOT / ".env", os.environ)
        if typed[:1] == ["manage"]:
            return commands.manage(read_installation(os.environ), typed[1:])
        options = build_parser().parse_args(typed)
        command: Command = options.command
        return command(read_installation(os.environ, is_demo=getattr(options, "demo", False)), options)
    except Problem as problem:
        print(problem, file=sys.stderr)
    except BrokenPipeError:
        # Who read our words has gone, as `head` does.
        fall_silent()
    except OSError as error:
        if error.filename is None:
            raise
        print(explain(error), file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    return 1


def build_parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    parser = argparse.ArgumentParser(
        prog="commonweal", description="Commonweal: public services on common capabilities."
    )
    offered = parser.add_subparsers(metavar="command", required=True)

    def group(name: str, words: str) -> argparse.ArgumentParser:
        return offered.add_parser(name, help=words, description=words)

    def offer(name: str, command: Command, words: str) -> argparse.ArgumentParser:
        added = group(name, words)
        added.set_defaults(command=command)
        return added

    run = offer("run", commands.run, "start the database, the web server and the worker, and keep them up")
    run.add_argument("--demo", action="store_true", help="run as a demonstration unless COMMONWEAL_DEMO says otherwise")
    offer("web", commands.web, "the web server alone")
    offer("worker", commands.worker, "the worker alone")
    offer("migrate", commands.migrate, "bring the tables up to date")
    demo = offer("demo", commands.demo, "throw the data away and load the demo anew")
    demo.add_argument("--yes", action="store_true", help="do not ask, also when DATABASE_URL names the database")
    offer("maintain", maintaining.run, "make the coming months of the trace, drop those whose period is over")
    offer("doctor", commands.doctor, "check this installation and say what is wrong")
    docs = offer("docs", commands.docs, "write the generated documents")
    docs.add_argument("--check", action="store_true", help="write nothing; fail when one is out of date")
    keyring = offer("keyring", commands.keyring, "the keyring, whose keys wrap all others")
    keyring.add_argument("action", choices=["create"], help="make a keyring where there is none")
    auditing.offer(group("audit", "the audit log: verify, roots, restored"))
    bodies.offer(group("bodies", "bodies that offer services here: open, team"))
    calendars.offer(group("calendar", "holidays of a whole nation: proclaim, withdraw"))
    delivering.offer(group("events", "events that are not delivered: list, retry, give-up"))
    keys.offer(group("keys", "the data keys: status, export, rotate, restore, drill"))
    legacy.offer(offer("legacy", legacy.run, "other databases, by their dataset file: check, access, erase"))
    services.offer(group("services", "declarations of services: check, offer"))
    staff.offer(group("staff", "who works for a body: list, appoint, end, trained"))
    # Its arguments are Django's, options included, so `main` hands them over before anything is parsed.
    offered.add_parser("manage", help="pass a command on to Django: commonweal manage showmigrations")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
