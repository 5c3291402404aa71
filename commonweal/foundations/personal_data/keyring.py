"""The keyring of this process: fetched once, then again in the background while the process runs.

A key-encryption key that another process added is known at the latest when it is first met; one that was destroyed is
dropped within a minute.
"""

import logging
import threading
import time
import weakref
from functools import lru_cache
from uuid import UUID

from django.conf import settings

from commonweal.foundations.personal_data import installation
from commonweal.foundations.personal_data.stores import Store, choose_store
from commonweal.foundations.personal_data.wrapping import Keyring, KeyringError
from commonweal.foundations.scope.scopes import open_scope_or_none

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_FETCHES = 20.0


class KeptKeyring:
    """A keyring that follows its store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._held: Keyring | None = None
        self._lock = threading.Lock()

    def held(self) -> Keyring:
        """The keyring as last fetched: one value, for work that wraps and names the key it wrapped with."""
        held = self._held
        if held is not None:
            return held
        with self._lock:
            if self._held is None:
                self._held = self._fetch()
                threading.Thread(target=_keep_fetching, args=(weakref.ref(self),), daemon=True).start()
            return self._held

    def renew(self) -> Keyring:
        """Fetch the keyring again now. Raises KeyringError."""
        self.held()
        self._held = held = self._fetch()
        return held

    def unwrap(self, wrapped: bytes, *, key_id: UUID, wrapped_by: str) -> bytes:
        """The data key. Raises KeyringError when the key-encryption key is gone: then the data key is gone for ever.

        Raises NotServable in a scope on data that was restored from a backup and left so.
        """
        if open_scope_or_none() is not None:
            installation.refuse_moved()
        held = self.held()
        if wrapped_by not in held.keys and not self._is_out_of_reach():
            held = self.renew()
        return held.unwrap(wrapped, key_id=key_id, wrapped_by=wrapped_by)

    def _fetch(self) -> Keyring:
        if self._is_out_of_reach():
            raise KeyringError("This keyring is fetched when a process starts, never inside a transaction.")
        return self.store.load()

    def _is_out_of_reach(self) -> bool:
        return self.store.is_remote and open_scope_or_none() is not None


@lru_cache(maxsize=1)
def keyring() -> KeptKeyring:
    """The keyring of this process."""
    return KeptKeyring(store())


def store() -> Store:
    """Where the settings say that the keyring is kept."""
    return choose_store(keys=settings.KEYRING_KEYS, command=settings.KEYRING_COMMAND, path=settings.KEYRING)


def _keep_fetching(reference: "weakref.ref[KeptKeyring]") -> None:
    """Fetch again and again, until nobody holds the keyring. What cannot be fetched leaves the last one in use."""
    while True:
        time.sleep(SECONDS_BETWEEN_FETCHES)
        kept = reference()
        if kept is None:
            return
        try:
            kept.renew()
        except Exception as error:  # the last keyring still serves
            logger.error("The keyring could not be fetched again: %s", type(error).__name__)
        del kept
