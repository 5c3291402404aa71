"""Rotates the key-encryption key, and writes the newest key export to where it is kept."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data import exports, installation, rotation
from commonweal.foundations.personal_data.exports import Header
from commonweal.foundations.personal_data.installation import NotServable
from commonweal.foundations.personal_data.keyring import SECONDS_BETWEEN_FETCHES, keyring
from commonweal.foundations.personal_data.rotation import Batch, CannotRotate, Place
from commonweal.foundations.personal_data.stores import Store
from commonweal.foundations.personal_data.wrapping import Keyring
from commonweal.foundations.scope.actors import System

ROTATOR = System(task="keys.rotate")
Tell = Callable[[str], None]

_SECONDS_UNTIL_KNOWN = 3 * SECONDS_BETWEEN_FETCHES
_SECONDS_BETWEEN_ROUNDS, _ROUNDS_WITHOUT_PROGRESS = 0.5, 120


@action()
def wrap_anew(actor: System, *, organisation: int, ring: Keyring, after: Place) -> Batch:
    """A rotation wraps an organisation's next keys by the current key-encryption key."""
    batch = rotation.wrap_some(ring, after)
    record("personal_data.key", wrapped=batch.wrapped, by=ring.current)
    return batch


def rotate(owner: BaseDatabaseWrapper, *, is_wanted: bool, tell: Tell, is_leaving_lost: bool = False) -> bool:
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
        if not is_leaving_lost:
            _refuse_older_keyring(owner, ring)
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
    path = newest_export(owner)
    return exports.write_export(owner, ring, path), path


def newest_export(owner: BaseDatabaseWrapper) -> Path:
    """Where the newest export of this installation lies, if there is one."""
    with owner.cursor() as cursor:
        return installation.exports_file(settings.KEY_EXPORTS, installation.identify(cursor))


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


def _refuse_older_keyring(owner: BaseDatabaseWrapper, ring: Keyring) -> None:
    lost = rotation.count_lost(owner, ring)
    if lost:
        raise CannotRotate(
            f"{lost} data keys are wrapped by a key that is not in {keyring().store}: put the newest copy of the "
            "keyring back, or run `commonweal keys rotate --leave-lost` if there is none and what they sealed is lost."
        )
