"""Sealing: settled entries of all bodies go into batches, each a Merkle tree whose root is chained to the one before.

Settled are entries whose transaction is older than every running one. Ids say nothing of that: they are given before
the commit, so a lower one may appear later. See docs/decisions/0009-sealed-audit-log.md.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from commonweal.foundations.audit import statements
from commonweal.foundations.audit.chain import Header, Link, beginning
from commonweal.foundations.audit.leaves import id_of, leaf_of, transaction_of
from commonweal.foundations.audit.merkle import find_root
from commonweal.foundations.clocks.now import now
from commonweal.foundations.scope.actors import System
from commonweal.foundations.scope.scopes import PLATFORM, read_scope, write_scope

SEALER = System(task="audit.seal")
BATCH = 10_000


@dataclass(frozen=True)
class Moment:
    """Transactions below `horizon` are over; none has reached `latest`. The numbers are those of `cluster`."""

    horizon: int
    latest: int
    cluster: int


def seal_settled(bodies: Callable[[], Iterable[int]], *, at_most: int = BATCH, is_restored: bool = False) -> int:
    """Seal the next batch of settled entries of all `bodies`; returns how many, 0 when another process seals.

    `bodies` is asked after the horizon was taken: whatever is settled then belongs to a body that was known before.
    `is_restored` begins another epoch even where the server itself does not show that it was restored.
    """
    moment = ask_moment()
    with read_scope(SEALER, (PLATFORM, *bodies())):
        if not _is_alone():
            return 0
        before = latest_seal() or beginning(moment.cluster)
        # Asked again: another sealer may have got further than the horizon of this one.
        is_elsewhere = is_from_elsewhere(before.header, ask_moment())
        if is_elsewhere:
            upto, lines = _gather_left_over(moment, before)
        else:
            upto, lines = _gather_next(moment, before, at_most)
    if not (lines or is_elsewhere or is_restored):
        return 0
    epoch = before.header.epoch + (is_elsewhere or is_restored)
    leaves = [leaf_of(position, line) for position, line in enumerate(lines)]
    ids = [id_of(line) for line in lines]
    header = replace(
        upto,
        number=before.header.number + 1,
        epoch=epoch,
        cluster=moment.cluster,
        at=now(),
        size=len(ids),
        first=ids[0] if ids else None,
        last=ids[-1] if ids else None,
        previous=before.root,
        tree=find_root(leaves),
    )
    return len(ids) if _write(header, ids, leaves) else 0


def ask_moment() -> Moment:
    """Ask the server which transactions are over and which have begun."""
    with read_scope(SEALER, (PLATFORM,)), connection.cursor() as cursor:
        cursor.execute(statements.MOMENT)
        return Moment(*cursor.fetchone())


def latest_seal() -> Link | None:
    """The last seal; None where nothing was sealed yet. Needs a scope that may read the platform's rows."""
    with connection.cursor() as cursor:
        cursor.execute(statements.LATEST, {"platform": PLATFORM})
        row = cursor.fetchone()
    return link_of(row) if row else None


def link_of(row: tuple[Any, ...]) -> Link:
    """A seal from its columns in the order of `statements.HEADER`."""
    return Link(Header(*row[:-1]), row[-1])


def is_from_elsewhere(header: Header, moment: Moment) -> bool:
    """Whether the data were restored into a server that counts its transactions anew."""
    return header.cluster != moment.cluster or header.upto_transaction > moment.latest


def copy_lines(query: str, values: dict[str, Any]) -> list[bytes]:
    """The lines of entries, as copy writes them."""
    with connection.cursor() as cursor, cursor.copy(f"copy ({query}) to stdout", values) as copy:
        return b"".join(copy).split(b"\n")[:-1]


def _is_alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(hashtextextended('commonweal.audit.seal', 0))")
        return bool(cursor.fetchone()[0])


def _gather_next(moment: Moment, before: Link, at_most: int) -> tuple[Header, list[bytes]]:
    after = before.header
    values = {
        "floor": after.floor,
        "transaction": after.upto_transaction,
        "id": after.upto_id,
        "horizon": moment.horizon,
        "at_most": at_most,
    }
    lines = copy_lines(statements.NEXT, values)
    if not lines:
        return after, lines
    return replace(after, upto_transaction=transaction_of(lines[-1]), upto_id=id_of(lines[-1])), lines


def _gather_left_over(moment: Moment, before: Link) -> tuple[Header, list[bytes]]:
    """Everything unsealed from before a restore, and what this server has settled since."""
    with connection.cursor() as cursor:
        cursor.execute(statements.FLOOR, {"platform": PLATFORM})
        (floor,) = cursor.fetchone()
    lines = copy_lines(statements.LEFT_OVER, {"platform": PLATFORM, "horizon": moment.horizon, "floor": floor})
    return replace(before.header, floor=floor, upto_transaction=moment.horizon, upto_id=0), lines


def _write(header: Header, ids: list[int], leaves: list[bytes]) -> bool:
    """Write the seal. A unique constraint stops two sealers from using one number."""
    parts = list(vars(header).values())
    with write_scope(SEALER, PLATFORM), connection.cursor() as cursor:
        cursor.execute(statements.INSERT, [PLATFORM, *parts, header.find_root(), ids, b"".join(leaves)])
        return cursor.fetchone() is not None
