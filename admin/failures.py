"""Failed sign-ins of the last quarter of an hour, kept in memory: nobody tries passwords without end.

A few from one address shut out that address alone, so that nobody can shut someone else out.
"""

from __future__ import annotations

from threading import Lock

from cachetools import TTLCache

MOST = 10  # for one account from one address
MOST_OF_ACCOUNT = 100  # from everywhere
MOST_FROM_ADDRESS = 100  # for all accounts
SECONDS = 15 * 60


class Failures:
    """Counts by a key: whose account, from where."""

    def __init__(self) -> None:
        self._counts: TTLCache[str, int] = TTLCache(maxsize=10_000, ttl=SECONDS)
        self._lock = Lock()

    def are_too_many(self, key: str, most: int | None = None) -> bool:
        with self._lock:
            return self._counts.get(key, 0) >= (most or MOST)

    def note(self, key: str) -> None:
        with self._lock:
            self._counts[key] = self._counts.get(key, 0) + 1

    def forget(self, key: str) -> None:
        with self._lock:
            self._counts.pop(key, None)
