"""The steps of a rotation of the key-encryption key: retire the old one, wrap every data key anew, note its end.

Each step is settled in the database before the next begins, so that a rotation killed anywhere is taken up again. Which
organisations have keys to be wrapped is asked by the owner of the tables, whom no policy holds; the keys themselves are
wrapped by the application in the scope of each organisation.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from commonweal.foundations.personal_data.wrapping import Keyring, KeyringError
from commonweal.foundations.scope.scopes import current_scope

AT_ONCE = 1000
_LOCK = 0x636F6D6D6F6E
_TRIES, _SECONDS_A_TRY = 12, 5

Place = tuple[UUID, str, str]
"""Where a batch ended: holder, scope and retention class, in the order of their index."""
START: Place = (UUID(int=0), "", "")


class CannotRotate(Exception):
    """The key-encryption key is not rotated, or not all the way; the sentence says what to do."""


@dataclass(frozen=True)
class Batch:
    """What was wrapped anew in one transaction, and where to go on; `last` is None at the end."""

    wrapped: int
    damaged: int
    last: Place | None


@contextmanager
def only_one(owner: BaseDatabaseWrapper) -> Iterator[None]:
    """Hold the lock that lets one rotation run on this database. Raises CannotRotate when another holds it."""
    with owner.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            raise CannotRotate("A rotation is already running: wait for it to end.")
    try:
        yield
    finally:
        with owner.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s)", [_LOCK])


def retire(owner: BaseDatabaseWrapper, name: str, *, made_at: datetime | None, moment: datetime) -> None:
    """Let nothing new be wrapped by a key: when this returns, no transaction that could still do so is open.

    Makers of keys look for the retired name in the statement that inserts, after taking the lock that every insert
    takes: whoever gets it after us sees the name.
    """
    with owner.cursor() as cursor:
        cursor.execute(
            "insert into personal_data_retiredkey (name, made_at, retired_at) values (%s, %s, %s)"
            " on conflict (name) do nothing",
            [name, made_at, moment],
        )
    for _try in range(_TRIES):
        try:
            with transaction.atomic(using=owner.alias), owner.cursor() as cursor:
                cursor.execute(f"set local lock_timeout = '{_SECONDS_A_TRY}s'")
                cursor.execute("lock table personal_data_datakey in share row exclusive mode")
        except OperationalError:
            continue
        return
    raise CannotRotate("Somebody has written keys in one transaction for a minute: end it, then rotate again.")


def remaining(owner: BaseDatabaseWrapper, names: list[str]) -> dict[int, int]:
    """How many keys are still wrapped by these, by organisation."""
    with owner.cursor() as cursor:
        cursor.execute(
            "select organisation_id, count(*) from personal_data_datakey where wrapped_by = any(%s)"
            " group by 1 order by 1",
            [names],
        )
        return {int(organisation): int(count) for organisation, count in cursor.fetchall()}


def count_lost(owner: BaseDatabaseWrapper, ring: Keyring) -> int:
    """How many keys are wrapped by one that the keyring does not hold: it is an older copy, or they open nothing."""
    with owner.cursor() as cursor:
        cursor.execute("select count(*) from personal_data_datakey where wrapped_by <> all(%s)", [list(ring.keys)])
        return int(cursor.fetchone()[0])


def wrap_some(ring: Keyring, after: Place) -> Batch:
    """Wrap the organisation's next keys by the current key, in the scope of an action.

    Rows that others hold are left for another round: nobody waits for a rotation, and a rotation for nobody.
    """
    organisation = current_scope().organisation
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, wrapped, wrapped_by, holder, scope, retention_class from personal_data_datakey"
            " where organisation_id = %s and (holder, scope, retention_class) > (%s, %s, %s) and wrapped_by = any(%s)"
            " order by holder, scope, retention_class limit %s for update skip locked",
            [organisation, *after, ring.old, AT_ONCE],
        )
        rows = cursor.fetchall()
        anew = list(_wrap(ring, rows))
        cursor.execute(
            "update personal_data_datakey as key set wrapped = anew.wrapped, wrapped_by = %s"
            " from unnest(%s::uuid[], %s::bytea[]) as anew(id, wrapped)"
            " where key.organisation_id = %s and key.id = anew.id",
            [ring.current, [key_id for key_id, _wrapped in anew], [wrapped for _id, wrapped in anew], organisation],
        )
    last: Place | None = (rows[-1][3], rows[-1][4], rows[-1][5]) if len(rows) == AT_ONCE else None
    return Batch(len(anew), len(rows) - len(anew), last)


def note_destroyed(owner: BaseDatabaseWrapper, ring: Keyring, moment: datetime) -> None:
    """Write down which retired keys the keyring does not hold any more; one that came back is not destroyed."""
    with owner.cursor() as cursor:
        cursor.execute(
            "update personal_data_retiredkey set destroyed_at = %s where destroyed_at is null and name <> all(%s)",
            [moment, list(ring.keys)],
        )
        cursor.execute(
            "update personal_data_retiredkey set destroyed_at = null where name = any(%s)", [list(ring.keys)]
        )


def _wrap(ring: Keyring, rows: list[tuple[UUID, bytes, str, UUID, str, str]]) -> Iterator[tuple[UUID, bytes]]:
    for key_id, wrapped, wrapped_by, *_place in rows:
        try:
            key = ring.unwrap(bytes(wrapped), key_id=key_id, wrapped_by=wrapped_by)
        except KeyringError:
            continue
        yield key_id, ring.wrap(key, key_id=key_id)
