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


Forgetter = Callable[[Line], None]
FORGETTERS: list[Forgetter] = []


def forgets(forgetter: Forgetter) -> Forgetter:
    """Register what a capability does with a ledger line after a restore: forget its rows, tokens and files again.

    Called outside any scope, once for each line, perhaps again after a failure: it calls an action of its capability,
    which does nothing when nothing is left.
    """
    FORGETTERS.append(forgetter)
    return forgetter


def backups_close_on() -> date:
    """The last date on which something erased today could still be opened from a backup."""
    held = keyring().held()
    return expected_end(held.made.get(held.current))


def expected_end(made: datetime | None) -> date:
    """When a key-encryption key will be destroyed: a rotation after it was made; never a date in the past."""
    period = timedelta(days=settings.KEY_ROTATION_DAYS)
    return today() + period if made is None else max(today(), local_date(made + period))


def replay(lines: Iterable[Line]) -> int:
    """Let every capability forget again what these lines name; returns how many lines there were."""
    count = 0
    for line in lines:
        for forget in FORGETTERS:
            forget(line)
        count += 1
    return count
