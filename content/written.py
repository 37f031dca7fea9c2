"""Everything written that people read or may come to read, live and as drafts: what may link to something else."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import publishing
from content.activity_drafts import texts_of
from content.archived import archived, item_of, text_item
from content.models import Activity, SystemWord
from content.models.archivings import ACTIVITY, TEXT
from content.models.topics import ANY_AGE
from content.reading import key_of, texts_to_look_at

WORDS = "words"


@dataclass(frozen=True)
class Written:
    """`names` begin with TEXT, ACTIVITY or WORDS, then what names the item: a text's key, an activity's kind, id and
    language, a system message's language and key."""

    names: tuple[str, ...]
    texts: tuple[str, ...]
    picture: str | None = None


def everything_written(session: Session) -> Iterator[Written]:
    """What is live, what was published last, and every draft; each item once for each different text of it."""
    gone = archived(session)
    seen: set[Written] = set()
    for item, written in (*_live(session), *_texts(session), *_words(session), *_activities(session)):
        if item not in gone and written not in seen:
            seen.add(written)
            yield written


def _live(session: Session) -> Iterator[tuple[tuple[str, str], Written]]:
    release = publishing.latest(session)
    if release is None:
        return
    for text in release.variants:
        age_band = text.age_band or ANY_AGE
        reader = (text.audience, age_band, text.reading_level)
        names = (TEXT, *text.place, *reader)
        yield text_item(text.topic, text.section, *reader), Written(names, text.bubbles, text.picture)
    for kind, id_, language in release.activities:
        body = release.activities[kind, id_, language].body
        yield (ACTIVITY, f"{kind}/{id_}"), Written((ACTIVITY, kind, id_, language), tuple(texts_of(body)))
    for language, words in release.system.items():
        for key, value in words.items():
            yield (WORDS, key), Written((WORDS, language, key), _texts_in(value))


def _texts(session: Session) -> Iterator[tuple[tuple[str, str], Written]]:
    for text in texts_to_look_at(session, publishing.latest(session)):
        names = (TEXT, *key_of(text.variant))
        yield item_of(text.variant), Written(names, tuple(text.body), text.picture)


def _words(session: Session) -> Iterator[tuple[tuple[str, str], Written]]:
    for word in session.scalars(select(SystemWord).where(SystemWord.draft.is_not(None))):
        yield (WORDS, word.key), Written((WORDS, word.language, word.key), _texts_in(word.draft))


def _activities(session: Session) -> Iterator[tuple[tuple[str, str], Written]]:
    for one in session.scalars(select(Activity).where(Activity.draft.is_not(None))):
        yield item_of(one), Written((ACTIVITY, one.kind, one.id, one.language), tuple(texts_of(one.draft or {})))


def _texts_in(words: Any) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words or ())
