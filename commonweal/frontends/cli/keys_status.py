"""How the keys stand, in lines for whoever runs the platform."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from commonweal.foundations.clocks.now import local_date, now
from commonweal.foundations.personal_data import exports, installation, ledger
from commonweal.foundations.personal_data.keyring import keyring
from commonweal.foundations.personal_data.wrapping import Keyring


def describe(owner: BaseDatabaseWrapper) -> Iterator[str]:
    """The keyring, the keys, the erasures with their dates, and the newest export."""
    ring = keyring().held()
    yield from _describe_ring(ring)
    with owner.cursor() as cursor:
        yield from _describe_keys(cursor, ring)
        yield from _describe_erasures(cursor, ring)
        yield from _describe_export(cursor, ring)


def _describe_ring(ring: Keyring) -> Iterator[str]:
    made = ring.made.get(ring.current)
    since = f"made on {_words(local_date(made))}" if made else "of unknown age"
    yield f"Keyring: {keyring().store}; the current key {ring.current} was {since}"
    if ring.is_overdue(now(), days=settings.KEY_ROTATION_DAYS):
        yield "Rotation: overdue; run `commonweal keys rotate`"
    else:
        yield f"Rotation: done by {_words(ledger.expected_end(made))}"
    if ring.old:
        yield f"Rotation: broken off or running; {', '.join(ring.old)} is still held"


def _describe_keys(cursor: Any, ring: Keyring) -> Iterator[str]:
    cursor.execute("select scope, count(*) from personal_data_datakey group by 1 order by 1")
    counts = dict(cursor.fetchall())
    kinds = ", ".join(f"{count:,} of {scope}s" for scope, count in counts.items())
    yield f"Data keys: {sum(counts.values()):,}" + (f" ({kinds.replace('tokenss', 'tokens')})" if kinds else "")
    cursor.execute(
        "select wrapped_by, count(*) from personal_data_datakey where wrapped_by <> %s group by 1", [ring.current]
    )
    for name, count in cursor.fetchall():
        is_held = name in ring.keys
        words = "still to be wrapped anew" if is_held else "which the keyring does not hold: they open nothing"
        yield f"Data keys: {count:,} wrapped by {name}, {words}"


def _describe_erasures(cursor: Any, ring: Keyring) -> Iterator[str]:
    cursor.execute("select name, made_at from personal_data_retiredkey where destroyed_at is null")
    made = {**ring.made, **dict(cursor.fetchall())}
    cursor.execute("select name from personal_data_retiredkey where destroyed_at is not null")
    destroyed = [name for (name,) in cursor.fetchall()]
    cursor.execute(
        "select count(*), count(*) filter (where wrapped_by <@ %s::varchar[]) from personal_data_erasure", [destroyed]
    )
    total, closed = cursor.fetchone()
    yield f"Erasures: {total:,}, of which {closed:,} open from no backup any more"
    cursor.execute(
        "select distinct unnest(wrapped_by) from personal_data_erasure where not wrapped_by <@ %s::varchar[]",
        [destroyed],
    )
    ends = [ledger.expected_end(made.get(name)) for (name,) in cursor.fetchall() if name not in destroyed]
    if ends:
        yield f"Erasures: {total - closed:,} could be opened from a backup made before them until {_words(max(ends))}"
    yield f"Erasures: what is erased today could be opened from older backups until {_words(ledger.backups_close_on())}"


def _describe_export(cursor: Any, ring: Keyring) -> Iterator[str]:
    path = installation.exports_file(settings.KEY_EXPORTS, installation.identify(cursor))
    if not path.exists():
        yield f"Newest export: none in {path}; run `commonweal keys export`"
        return
    header = exports.verify(path, ring)
    cursor.execute("select count(*) from personal_data_erasure")
    behind = cursor.fetchone()[0] - sum(header.erasures.values())
    state = "knows every erasure" if behind == 0 else f"lacks {behind:,} erasures: run `commonweal keys export`"
    yield f"Newest export: {path}, of {_moment(header.made_at)}, {state}"


def _words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _moment(moment: datetime) -> str:
    return f"{_words(local_date(moment))}, {moment:%H:%M} UTC"
