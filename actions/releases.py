"""The release that the action server answers from."""

from __future__ import annotations

from functools import cache

from content.release import Release
from content.settings import database_url
from content.store import ReleaseStore


@cache
def _store() -> ReleaseStore:
    store = ReleaseStore(database_url())
    store.start()
    return store


def current_release() -> Release:
    """The newest release that loaded; connects on the first call, never at import."""
    return _store().current()
