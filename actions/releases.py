"""The release that the action server answers from, and the counts of its texts."""

from __future__ import annotations

from functools import cache

from content.counting import TextCounter
from content.release import Release
from content.settings import data_dir, database_url
from content.store import ReleaseStore


@cache
def _store() -> ReleaseStore:
    store = ReleaseStore(database_url(), folder=data_dir())
    store.start()
    return store


@cache
def counter() -> TextCounter:
    """The one counter of this process; it connects when it first writes."""
    return TextCounter(database_url())


def current_release() -> Release:
    """The newest release that loaded; connects on the first call, never at import."""
    return _store().current()


def count(item: str, revision: str, event: str) -> None:
    """One more event (content/models/counts.py) for this revision of a text."""
    counter().add(item, revision, event)
