"""Verifying: every seal against the one before, every entry against its leaf, and none outside of all seals."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connection

from commonweal.foundations.audit import statements
from commonweal.foundations.audit.chain import Link, beginning
from commonweal.foundations.audit.judging import Batch, Finding, judge_entries, judge_link, judge_published
from commonweal.foundations.audit.leaves import id_of
from commonweal.foundations.audit.roots import Published
from commonweal.foundations.audit.sealing import (
    SEALER,
    ask_moment,
    copy_lines,
    is_from_elsewhere,
    link_of,
)
from commonweal.foundations.scope.scopes import PLATFORM, read_scope

_LEAF = 32


@dataclass
class Report:
    """What a verification found, and how much it looked at; `waiting` entries are not sealed yet."""

    findings: list[Finding]
    seals: int = 0
    entries: int = 0
    waiting: int = 0
    last: Link | None = None


def verify(bodies: Iterable[int], *, published: Iterable[Published] = (), at_most: int = 20) -> Report:
    """What is wrong with the log of these bodies: the first findings, in the order of the batches.

    `published` are roots kept elsewhere: only they show that entries were rewritten with their seals or dropped.
    """
    report = Report([])
    with read_scope(SEALER, (PLATFORM, *bodies)):
        report.findings += islice(_judge(report, {one.number: one for one in published}), at_most)
    return report


def _judge(report: Report, published: dict[int, Published]) -> Iterator[Finding]:
    previous, present = beginning(cluster=0), 0
    for batch, lines in _batches(previous):
        number = batch.link.header.number
        yield from judge_link(previous, batch.link)
        yield from judge_entries(batch, lines)
        for finding in judge_published(batch.link, published.pop(number, None)):
            published.clear()
            yield finding
        previous = report.last = batch.link
        present += sum(entry in lines for entry in batch.ids)
        report.seals, report.entries = report.seals + 1, report.entries + len(batch.ids)
    if missing := [number for number in sorted(published) if number > previous.header.number]:
        yield Finding(f"Batch {missing[0]}, which was exported, is missing, and all after it.", batch=missing[0])
    values = _where_it_ends(previous)
    yield from _judge_outsiders(values, present)
    ((report.waiting,),) = _rows(statements.WAITING, values)


def _judge_outsiders(values: dict[str, Any], present: int) -> Iterator[Finding]:
    """Entries that should be in a batch and are in none: looked for when there are more than the batches have."""
    _rows(statements.BY_INDEX, {})
    if _rows(statements.TO_BE_SEALED, values) == [(present,)]:
        return
    for entry, is_ahead in _rows(statements.OUTSIDE, values):
        words = "names a transaction that has not been" if is_ahead else "was put in later: no batch holds it"
        yield Finding(f"Entry {entry} {words}.", entry=entry)


def _where_it_ends(last: Link) -> dict[str, Any]:
    header = last.header
    return {
        "platform": PLATFORM,
        "number": header.number,
        "floor": header.floor,
        "transaction": header.upto_transaction,
        "id": header.upto_id,
        "is_elsewhere": is_from_elsewhere(header, ask_moment()),
    }


def _batches(before: Link) -> Iterator[tuple[Batch, dict[int, bytes]]]:
    """Every batch with the lines of its entries as they are now; some thousand entries are fetched together."""
    while rows := _rows(statements.SEALS, {"platform": PLATFORM, "number": before.header.number}):
        batches = [_batch(row) for row in rows]
        lines = _lines(before, batches)
        yield from ((batch, lines) for batch in batches)
        before = batches[-1].link


def _batch(row: tuple[Any, ...]) -> Batch:
    *header, entries, leaves = row
    hashes = bytes(leaves)
    return Batch(link_of(tuple(header)), entries, [hashes[at : at + _LEAF] for at in range(0, len(hashes), _LEAF)])


def _lines(before: Link, batches: list[Batch]) -> dict[int, bytes]:
    """The lines of these batches, found where they should be; those that are not there are looked for by their ids."""
    after, upto = before.header, batches[-1].link.header
    values = {
        "floor": after.floor,
        "transaction": after.upto_transaction,
        "id": after.upto_id,
        "last_transaction": upto.upto_transaction,
        "last_id": upto.upto_id,
    }
    between = copy_lines(statements.LINES_BETWEEN, values)
    found = {id_of(line): line for line in between}
    missing = [entry for batch in batches for entry in batch.ids if entry not in found]
    elsewhere = copy_lines(statements.LINES, {"ids": missing}) if missing else []
    return found | {id_of(line): line for line in elsewhere}


def _rows(query: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())
