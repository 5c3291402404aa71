"""Where rate limits are counted: in memory, under keys that name nobody, and gone when they run out."""

import time
from collections.abc import Callable
from datetime import datetime
from heapq import nsmallest
from threading import Lock
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.utils.crypto import salted_hmac

from commonweal.foundations.clocks.now import now

_SECONDS_BETWEEN_SWEEPS = 60

MOST_COUNTERS = 200_000
"""How many are kept, some 40 megabytes: few enough for memory, too many for a stranger to push others' out."""


class CounterCache(LocMemCache):
    """Django's cache in memory; keys hold addresses, so only their HMAC is kept, and what ran out is removed."""

    _lock: Lock
    _expire_info: dict[str, float | None]
    _delete: Callable[[str], object]

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        options = {"MAX_ENTRIES": MOST_COUNTERS} | params.get("OPTIONS", {})
        super().__init__(name, params | {"OPTIONS": options})
        self._swept_at = time.monotonic()

    def make_key(self, key: str, version: int | None = None) -> str:
        """The key as it is kept: nobody reads an address out of it."""
        return salted_hmac(__name__, super().make_key(key, version), algorithm="sha256").hexdigest()

    def sweep(self, moment: datetime) -> int:
        """Remove what ran out by that moment; returns how many."""
        with self._lock:
            removed = self._remove_over(moment)
        self._swept_at = time.monotonic()
        return removed

    def add(self, *arguments: Any, **options: Any) -> bool:
        """As in any cache; now and then the counters that ran out are removed first."""
        if time.monotonic() - self._swept_at > _SECONDS_BETWEEN_SWEEPS:
            self.sweep(now())
        return bool(super().add(*arguments, **options))

    def _cull(self) -> None:
        # Only if none ran out do some that still count go: a tenth at once, those with the least time left.
        if self._remove_over(now()):
            return
        ends = {key: float("inf") if end is None else end for key, end in self._expire_info.items()}
        for key in nsmallest(max(1, len(ends) // 10), ends, key=ends.__getitem__):
            self._delete(key)

    def _remove_over(self, moment: datetime) -> int:
        over = [key for key, end in self._expire_info.items() if end is not None and end <= moment.timestamp()]
        for key in over:
            self._delete(key)
        return len(over)
