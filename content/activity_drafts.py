"""Stories, quizzes and self-checks while they are written: what is newest, what is live, what is not yet translated.

The caller's session; the caller commits.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.activities import Item
from content.drafts import save_activity
from content.helplines import london_time
from content.models import Activity
from content.models.workflow import CHANGES_REQUESTED, IN_REVIEW
from content.reading import ARCHIVED, HELD, LIVE, MISSING, WAITING
from content.release import Release
from content.taxonomy import DEFAULT_LANGUAGE, LANGUAGES

REVIEWED_EVERY = timedelta(days=182)
# What young people read, by the keys that hold it; a list or a mapping below such a key holds more of it.
_READ = ("title", "bubbles", "label", "ask", "says", "end", "intro")


def activities_in_order(session: Session) -> Sequence[Activity]:
    return session.scalars(select(Activity).order_by(Activity.kind, Activity.id, Activity.language)).all()


def newest(activity: Activity | None) -> dict[str, Any] | None:
    """The draft, or else what was published last."""
    if activity is None:
        return None
    return activity.draft if activity.draft is not None else activity.value


def live(release: Release | None, kind: str, id_: str, language: str) -> Item | None:
    """What the release holds in this very language, or None."""
    found = release.activities.get((kind, id_, language)) if release else None
    return found.body if found else None


def state_of(activity: Activity | None, release: Release | None, *, is_archived: bool = False) -> str:
    """Where it stands: missing, live, archived, waiting for the next publish, or held until it is approved.

    What is live again after a roll-back counts as live, archived or not.
    """
    item = newest(activity)
    if activity is None or item is None:
        return MISSING
    if is_archived:
        return LIVE if live(release, activity.kind, activity.id, activity.language) else ARCHIVED
    if activity.draft is not None and activity.stage in (IN_REVIEW, CHANGES_REQUESTED):
        return HELD
    return LIVE if item == live(release, activity.kind, activity.id, activity.language) else WAITING


def texts_of(item: Item) -> Iterator[str]:
    """Every text of it that young people read."""
    for key, value in item.items():
        if key in _READ:
            yield from _strings(value)
        elif isinstance(value, dict):
            yield from (text for part in value.values() for text in texts_of(part))
        elif isinstance(value, list):
            yield from (text for part in value if isinstance(part, dict) for text in texts_of(part))


def source_texts(session: Session, kind: str, id_: str, language: str) -> frozenset[str]:
    """The texts that this language is translated from: those of English, or of Welsh where only Welsh is live.

    Numbers read the same in both, so a text without a letter is left out.
    """
    there = {other: session.get(Activity, (kind, id_, other)) for other in LANGUAGES}
    english = there[DEFAULT_LANGUAGE]
    sources = (
        [other for other in LANGUAGES if other != language] if language == DEFAULT_LANGUAGE else [DEFAULT_LANGUAGE]
    )
    texts: set[str] = set()
    for other in sources:
        source = there[other]
        if other == DEFAULT_LANGUAGE or (source and source.value and not (english and english.value)):
            texts |= set(texts_of(newest(source) or {}))
    return frozenset(text for text in texts if any(map(str.isalpha, text)))


def save(session: Session, item: dict[str, Any], author: str) -> Activity:
    """A draft as content.drafts saves it; one with texts not yet translated is held until it has been approved.

    Raises BrokenContent.
    """
    activity = save_activity(session, item, author)
    source = source_texts(session, activity.kind, activity.id, activity.language)
    if activity.draft is not None and any(text in source for text in texts_of(activity.draft)):
        activity.stage = CHANGES_REQUESTED  # or a child would read half a translation after the next publish
        session.flush()
    return activity


def start_translation(session: Session, source: Activity, language: str, author: str) -> Activity:
    """A copy of the newest text of `source` as a draft in another language, to be translated. Raises BrokenContent."""
    item = dict(newest(source) or {})
    copied = save(session, item | {"language": language, "checked_by_welsh_speaker": False}, author)
    copied.stage = CHANGES_REQUESTED
    session.flush()
    return copied


def next_review() -> str:
    """The day until which something written today is good, in ISO 8601."""
    return (london_time(None).date() + REVIEWED_EVERY).isoformat()


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
