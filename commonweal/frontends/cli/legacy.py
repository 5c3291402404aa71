"""`commonweal legacy`: the databases a body has beside ours, searched and erased by their dataset files.

It needs neither the web site nor our own database: a council can use this part alone.
"""

import argparse
import os
from datetime import date
from pathlib import Path

from commonweal.foundations.clocks.now import now
from commonweal.foundations.datasets.collecting import FIRST_ROWS, Collected, collect, write_manifest
from commonweal.foundations.datasets.databases import open_source
from commonweal.foundations.datasets.erasing import Erased, erase
from commonweal.foundations.datasets.errors import DatasetRefused
from commonweal.foundations.datasets.loading import DatasetFaulty, load_dataset
from commonweal.foundations.datasets.plan import Plan
from commonweal.foundations.documents.packs import Pack, Row, Section, pack_pdf
from commonweal.foundations.documents.typesetting import NotPrintable
from commonweal.frontends.cli.installation import Installation
from commonweal.frontends.cli.problems import Problem
from commonweal.frontends.cli.progress import say

_PACK = "pack.pdf"


def offer(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    asked = parser.add_subparsers(metavar="action", required=True, dest="action")
    check = asked.add_parser("check", help="whether a dataset file is sound, and fits a database if one is named")
    check.add_argument("file", type=Path)
    check.add_argument("--url", help="also compare with this database")
    # What a command line holds stands in the list of processes: an address with its password comes from a file.
    from_file = "@FILE stands for the options in a file, one a line."
    access = asked.add_parser(
        "access",
        help="write all that a database holds about a person into a folder",
        epilog=from_file,
        fromfile_prefix_chars="@",
    )
    access.add_argument("--out", type=Path, required=True, help="a new or empty folder")
    erasing = asked.add_parser(
        "erase",
        help="erase a person from a database, in one transaction",
        epilog=from_file,
        fromfile_prefix_chars="@",
    )
    erasing.add_argument("--dry-run", action="store_true", help="count and tell; change nothing")
    for added in (access, erasing):
        added.add_argument("--dataset", type=Path, required=True, help="the dataset file")
        added.add_argument("--url", required=True, help="the database: postgresql://, mysql://, mssql:// or sqlite:///")
        added.add_argument("--identity", action="append", required=True, metavar="KIND=VALUE", help="email=a@b.example")


def run(installation: Installation, options: argparse.Namespace) -> int:
    """Check, collect or erase."""
    try:
        return {"check": _check, "access": _access, "erase": _erase}[options.action](options)
    except (DatasetFaulty, DatasetRefused) as refused:
        raise Problem(str(refused)) from None


def _check(options: argparse.Namespace) -> int:
    plan = _load(options.file)
    if options.url:
        with open_source(plan, options.url, is_for_change=True):
            say("The database is as declared.")
    say(f"{plan.dataset.fides_key} is sound. People are found by: {', '.join(sorted(plan.identities))}.")
    for number, step in enumerate(plan.steps, 1):
        led = [f"{edge.column} from {edge.from_collection}.{edge.from_column}" for edge in step.edges]
        ways = ", ".join([*(f"{column} ({kind})" for column, kind in step.identities), *led])
        say(f"  {number}. {step.collection.name}: by {ways}")
    for collection in plan.unreached:
        say(f"  {collection.name} holds nothing about people and is not changed.")
    return 0


def _access(options: argparse.Namespace) -> int:
    plan = _load(options.dataset)
    collected = collect(plan, url=options.url, identities=_identities(options), folder=options.out)
    moment = now()
    pdf = _reading_copy(plan, collected, on=moment.date())
    if pdf is None:
        say("The data cannot be set as a document, so there is no PDF: the CSV and JSON are complete.")
    else:
        with os.fdopen(os.open(options.out / _PACK, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(pdf)
    write_manifest(collected, plan, at=moment, folder=options.out, others=[_PACK] if pdf is not None else [])
    for one in collected:
        say(f"  {one.collection.name}: {one.rows} {'row' if one.rows == 1 else 'rows'}")
    say(f"Written to {options.out}: one CSV and one JSON for each table, a manifest and a PDF to read.")
    return 0


def _erase(options: argparse.Namespace) -> int:
    plan = _load(options.dataset)
    erased = erase(plan, url=options.url, identities=_identities(options), is_dry_run=options.dry_run)
    for one in erased:
        say(f"  {_told(one)}")
    total = sum(one.rows for one in erased)
    say(
        f"Nothing was changed: {total} rows would be."
        if options.dry_run
        else f"Erased in one transaction: {total} rows."
    )
    return 0


def _told(one: Erased) -> str:
    if one.is_deleted:
        return f"{one.collection}: {one.rows} rows deleted"
    masked = ", ".join(f"{name} ({strategy})" for name, strategy in one.masked.items())
    kept = f"; kept: {', '.join(one.kept)}" if one.kept else ""
    return f"{one.collection}: {one.rows} rows, {masked or 'nothing'} masked{kept}"


def _load(path: Path) -> Plan:
    return load_dataset(path.read_text(encoding="utf-8"), file=str(path))


def _identities(options: argparse.Namespace) -> dict[str, str]:
    found = {}
    for given in options.identity:
        kind, equals, value = given.partition("=")
        if not (kind and equals and value):
            raise Problem(f"An identity is written KIND=VALUE, like email=name@example.com: {kind or 'this'} is not.")
        found[kind] = value
    return found


def _reading_copy(plan: Plan, collected: tuple[Collected, ...], *, on: date) -> bytes | None:
    name = plan.dataset.name or plan.dataset.fides_key
    lines = (
        f"What {name} holds, as of {on.day} {on:%B %Y}. The first {FIRST_ROWS} rows of each table stand here; all rows"
        " are in the CSV and JSON files beside this document, which manifest.json lists with their hashes. A"
        " spreadsheet takes what begins with =, +, - or @ for a formula: open CSV files as text.",
    )
    fonts = os.environ.get("COMMONWEAL_FONTS")
    pack = Pack(author=name, title="Your information", on=on, lines=lines, sections=tuple(map(_section, collected)))
    try:
        return pack_pdf(pack, own_fonts=Path(fonts) if fonts else None)
    except NotPrintable:
        return None


def _section(one: Collected) -> Section:
    rows = tuple(
        Row(f"{number} of {one.rows}", tuple(zip(one.columns, values, strict=True)))
        for number, values in enumerate(one.first, 1)
    )
    told = (one.collection.description,) if one.collection.description else ()
    return Section(one.collection.name, (*told, f"{one.rows} {'row' if one.rows == 1 else 'rows'}"), rows)
