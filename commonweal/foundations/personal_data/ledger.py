"""The erasure ledger: what was erased, so that a restore erases it again, and until when an older backup could open it.

A key inside a backup opens for as long as the key-encryption key that wrapped it exists. That key is destroyed one
rotation after it was made, at the latest; then nothing erased opens from any backup.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings

from commonweal.foundations.clocks.now import local_date, today
from commonweal.foundations.personal_data.keyring import keyring
from commonweal.foundations.personal_data.models import Erasure, RetiredKey
from commonweal.foundations.scope.scopes import current_scope


@dataclass(frozen=True)
class Line:
    """One line of the ledger. `plan` is the kind of subject by whose plan its rows went; empty when they did not."""

    id: UUID
    organisation: int
    at: datetime
    holder: UUID
    is_whole: bool
    classes: tuple[str, ...]
    plan: str = ""


@dataclass(frozen=True)
class Erased:
    """What was erased of a holder: when, and until which date a backup made before could still be opened.

    `is_out_of_backups` says that this date has come and the key-encryption key is destroyed.
    """

    at: datetime
    classes: tuple[str, ...]
    in_backups_until: date
    is_out_of_backups: bool


Forgetter = Callable[[Line], None]
FORGETTERS: list[Forgetter] = []


def forgets(forgetter: Forgetter) -> Forgetter:
    """Register what a capability does with a ledger's line when a backup was restored: its rows, tokens and files.

    Called outside any scope, once for each line, perhaps again after a failure: it calls an action of its capability,
    which does nothing when nothing is left.
    """
    FORGETTERS.append(forgetter)
    return forgetter


def erasures_of(holder: UUID) -> list[Erased]:
    """What the ledger says of a holder, latest first; in the scope of their organisation."""
    rows = Erasure.objects.filter(organisation_id=current_scope().organisation, holder=holder).order_by("-at")
    return [Erased(row.at, tuple(row.classes), *_closing(row.wrapped_by, erased_on=local_date(row.at))) for row in rows]


def backups_close_on() -> date:
    """Until which date what is erased today could still be opened from a backup, for whoever is told so."""
    return _closing([keyring().held().current], erased_on=today())[0]


def _closing(names: Iterable[str], *, erased_on: date) -> tuple[date, bool]:
    """The last date of several key-encryption keys, and whether all of them are destroyed."""
    destroyed: dict[str, RetiredKey] = {row.name: row for row in RetiredKey.objects.filter(name__in=list(names))}
    ends = [_end(name, destroyed.get(name)) for name in names]
    return max(erased_on, *(end for end, _is_over in ends)), all(is_over for _end, is_over in ends)


def _end(name: str, retired: RetiredKey | None) -> tuple[date, bool]:
    if retired is not None and retired.destroyed_at is not None:
        return local_date(retired.destroyed_at), True
    made = retired.made_at if retired is not None else keyring().held().made.get(name)
    return expected_end(made), False


def expected_end(made: datetime | None) -> date:
    """When a key-encryption key will be destroyed: a rotation after it was made; never a date in the past."""
    period = timedelta(days=settings.KEY_ROTATION_DAYS)
    return today() + period if made is None else max(today(), local_date(made + period))


def replay(lines: Iterable[Line]) -> int:
    """Let every capability forget again what these lines say; returns how many lines there were."""
    count = 0
    for line in lines:
        for forget in FORGETTERS:
            forget(line)
        count += 1
    return count
