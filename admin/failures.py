"""Failed sign-ins of the last quarter of an hour, kept in memory: nobody tries passwords without end."""

from __future__ import annotations

from threading import Lock

from cachetools import TTLCache

MOST = 10
SECONDS = 15 * 60


class Failures:
    """Counts by a key: whose account, from where."""

    def __init__(self) -> None:
        self._counts: TTLCache[str, int] = TTLCache(maxsize=10_000, ttl=SECONDS)
        self._lock = Lock()

    def are_too_many(self, key: str) -> bool:
        with self._lock:
            return self._counts.get(key, 0) >= MOST

    def note(self, key: str) -> None:
        with self._lock:
            self._counts[key] = self._counts.get(key, 0) + 1

    def forget(self, key: str) -> None:
        with self._lock:
            self._counts.pop(key, None)
