"""The kinds of reader a topic writes for, and where it has no text for one of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from content import reading
from content.models import Topic
from content.models.topics import ANY_AGE
from content.reading import Key
from content.release import Release
from content.taxonomy import AGE_BANDS, AUDIENCES, LANGUAGES, READING_LEVELS, SECTIONS

Reader = tuple[str, str, str]  # audience, age band or "any", reading level

# Every topic should have a text for each of these; others are extra.
EXPECTED: tuple[Reader, ...] = (
    ("young_person", ANY_AGE, "standard"),
    ("young_person", ANY_AGE, "easy_read"),
    ("parent_carer", ANY_AGE, "standard"),
    ("professional", ANY_AGE, "standard"),
    ("community", ANY_AGE, "standard"),
)


@dataclass(frozen=True)
class Row:
    """One section for one reader: its state in each language, by language."""

    section: str
    reader: Reader
    states: dict[str, str]

    def key(self, topic: str, language: str) -> Key:
        return (topic, self.section, language, *self.reader)


def rows_of(topic: Topic, states_there: Mapping[Key, str], release: Release | None) -> list[Row]:
    """A row for each section and each reader that is expected or has a text somewhere in the topic.

    `states_there` are those of the variants that have a text, as content.reading.states() gives them.
    """
    own = {key: state for key, state in states_there.items() if key[0] == topic.id}
    readers = [*EXPECTED, *sorted({key[3:] for key in own} - set(EXPECTED), key=_rank)]
    rows = []
    for section in SECTIONS:
        for reader in readers:
            keys = {language: (topic.id, section, language, *reader) for language in LANGUAGES}
            states = {
                language: own.get(key) or reading.state_of(None, reading.live_texts(release, key))
                for language, key in keys.items()
            }
            rows.append(Row(section, reader, states))
    return rows


def variant_key(
    topic: str, section: str, language: str, audience: str, age_band: str, reading_level: str
) -> Key | None:
    """The key when each part of it is known, else None."""
    is_known = (
        section in SECTIONS
        and language in LANGUAGES
        and audience in AUDIENCES
        and age_band in (ANY_AGE, *AGE_BANDS)
        and reading_level in READING_LEVELS
    )
    return (topic, section, language, audience, age_band, reading_level) if is_known else None


def count(rows: list[Row]) -> dict[str, int]:
    """How many texts of these rows are in each state."""
    found = [state for row in rows for state in row.states.values()]
    return {state: found.count(state) for state in reading.STATES}


def _rank(reader: Reader) -> tuple[int, ...]:
    orders: Iterator[tuple[str, ...]] = iter((AUDIENCES, (ANY_AGE, *AGE_BANDS), READING_LEVELS))
    return tuple(order.index(part) if part in order else len(order) for part, order in zip(reader, orders, strict=True))
