"""Keeps the keys: rotates the key-encryption key when it is due, and the newest key export fresh."""

import logging
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data import exports, installation, rotation
from commonweal.foundations.personal_data.exports import ExportError, Header
from commonweal.foundations.personal_data.installation import NotServable
from commonweal.foundations.personal_data.keyring import SECONDS_BETWEEN_FETCHES, keyring
from commonweal.foundations.personal_data.rotation import Batch, CannotRotate, Place
from commonweal.foundations.personal_data.stores import Store
from commonweal.foundations.personal_data.wrapping import Keyring, KeyringError
from commonweal.foundations.scope.actors import System

logger = logging.getLogger(__name__)

ROTATOR = System(task="keys.rotate")
Tell = Callable[[str], None]

_SECONDS_UNTIL_KNOWN = 3 * SECONDS_BETWEEN_FETCHES
_SECONDS_BETWEEN_ROUNDS, _ROUNDS_WITHOUT_PROGRESS = 0.5, 120
_OLDEST_EXPORT = timedelta(hours=1)
_SECONDS_BETWEEN_REMINDERS = 24 * 60 * 60


@action()
def wrap_anew(actor: System, *, organisation: int, ring: Keyring, after: Place) -> Batch:
    """A rotation wraps an organisation's next keys by the current key-encryption key."""
    batch = rotation.wrap_some(ring, after)
    record("personal_data.key", wrapped=batch.wrapped, by=ring.current)
    return batch


def rotate(owner: BaseDatabaseWrapper, *, is_wanted: bool, tell: Tell) -> bool:
    """Take up a rotation that was broken off, or begin one when `is_wanted`; returns whether there was one.

    A new key is added and becomes current, every data key is wrapped by it, a new export is written, and only then the
    old key is destroyed. Raises CannotRotate, KeyringError, ExportError; what was done until then stays done.
    """
    with rotation.only_one(owner):
        ring = keyring().renew()
        rotation.note_destroyed(owner, ring, now())
        if not ring.old and not is_wanted:
            return False
        _refuse_moved(owner)
        if not ring.old:
            ring = _add_key(ring)
        _wait_until_known(ring)
        for name in ring.old:
            rotation.retire(owner, name, made_at=ring.made.get(name), moment=now())
        _wrap_all(owner, ring, tell)
        tell(f"Keys: exported to {export(owner, ring)[1]}")
        _destroy_old(owner, ring, tell)
        return True


def export(owner: BaseDatabaseWrapper, ring: Keyring) -> tuple[Header, Path]:
    """Write the newest export of this installation where exports are kept."""
    path = _newest(owner)
    return exports.write_export(owner, ring, path), path


def keep_keys() -> int:
    """Rotate what is due and renew a stale export, or say in the log why that cannot be. For the worker's loops."""
    try:
        is_due = keyring().renew().is_due(now(), days=settings.KEY_ROTATION_DAYS)
        may_rotate = "owner" in connections and keyring().store.can_save
        if is_due and not may_rotate:
            _remind()
        if "owner" in connections:
            rotate(connections["owner"], is_wanted=is_due and may_rotate, tell=logger.info)
            if _is_stale(connections["owner"]):
                export(connections["owner"], keyring().held())
    except (CannotRotate, KeyringError, ExportError, NotServable, OSError) as error:
        logger.error("The keys are not kept as they should be: %s", error)
    return 0


def _add_key(ring: Keyring) -> Keyring:
    """The keyring with a new current key, kept durably before anything is wrapped by it."""
    store = keyring().store
    if not store.can_save:
        raise CannotRotate(
            f"The key-encryption key is due for rotation and {store} cannot be written from here: add a key there and "
            "restart everything, make it the current one and restart again, then run `commonweal keys rotate`."
        )
    longer = ring.with_new_key(now())
    _save(store, longer)
    return longer


def _save(store: Store, ring: Keyring) -> None:
    store.save(ring)
    if keyring().renew().keys != ring.keys:
        raise CannotRotate(f"What was written to {store} is not what is read from it: nothing was destroyed.")


def _wait_until_known(ring: Keyring) -> None:
    """A remote keyring is not fetched in the middle of work: give every process the time to learn of the new key."""
    made = ring.made.get(ring.current)
    if keyring().store.is_remote:
        age = (now() - made).total_seconds() if made else 0.0
        time.sleep(max(0.0, _SECONDS_UNTIL_KNOWN - max(0.0, age)))


def _wrap_all(owner: BaseDatabaseWrapper, ring: Keyring, tell: Tell) -> None:
    left = rotation.remaining(owner, ring.old)
    total, done, idle = sum(left.values()), 0, 0
    while left:
        wrapped, damaged = 0, 0
        for organisation in left:
            for batch in _batches(organisation, ring):
                wrapped, damaged = wrapped + batch.wrapped, damaged + batch.damaged
            tell(f"Keys: {min(done + wrapped, total):,} of {total:,} wrapped anew")
        done, idle = done + wrapped, 0 if wrapped else idle + 1
        left = rotation.remaining(owner, ring.old)
        if left and not wrapped:
            _refuse_stuck(sum(left.values()), damaged, idle)
            time.sleep(_SECONDS_BETWEEN_ROUNDS)


def _batches(organisation: int, ring: Keyring) -> Iterator[Batch]:
    after: Place | None = rotation.START
    while after is not None:
        batch = wrap_anew(ROTATOR, organisation=organisation, ring=ring, after=after)
        yield batch
        after = batch.last


def _refuse_stuck(left: int, damaged: int, idle: int) -> None:
    if damaged == left:
        raise CannotRotate(
            f"{left} data keys are damaged and cannot be wrapped anew: put the newest export's in their place with "
            "`commonweal keys restore`, then rotate again. The old key-encryption key is kept until then."
        )
    if idle >= _ROUNDS_WITHOUT_PROGRESS:
        raise CannotRotate(f"{left} data keys are held by transactions that do not end: end those, then rotate again.")


def _destroy_old(owner: BaseDatabaseWrapper, ring: Keyring, tell: Tell) -> None:
    store, names = keyring().store, ring.old
    if not store.can_save:
        tell(f"Keys: nothing needs {', '.join(names)} any more: take that out of {store} and restart everything")
        return
    for name in names:
        ring = ring.without(name)
    _save(store, ring)
    rotation.note_destroyed(owner, ring, now())
    tell(f"Keys: the key-encryption key {', '.join(names)} is destroyed")


def _refuse_moved(owner: BaseDatabaseWrapper) -> None:
    with owner.cursor() as cursor:
        if installation.is_moved(cursor):
            raise NotServable(installation.RESTORED)


def _newest(owner: BaseDatabaseWrapper) -> Path:
    with owner.cursor() as cursor:
        return installation.exports_file(settings.KEY_EXPORTS, installation.identify(cursor))


def _is_stale(owner: BaseDatabaseWrapper) -> bool:
    """Whether the newest export lacks an erasure, is of another key-encryption key, or has grown old."""
    path = _newest(owner)
    if not path.exists():
        return True
    header = exports.read_header(path)
    with owner.cursor() as cursor:
        cursor.execute("select organisation_id, count(*) from personal_data_erasure group by 1")
        erasures = dict(cursor.fetchall())
    is_old = abs(now() - header.made_at) > _OLDEST_EXPORT
    return is_old or erasures != header.erasures or header.current != keyring().held().current


def _remind() -> None:
    """Say once a day that it is time, where this process cannot rotate by itself."""
    moment = time.monotonic()
    if moment - _reminded[0] > _SECONDS_BETWEEN_REMINDERS:
        _reminded[0] = moment
        logger.warning("The key-encryption key is due for rotation: run `commonweal keys rotate`.")


_reminded = [float("-inf")]
