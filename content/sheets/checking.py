"""The rules for one row: pairs of a column and what is wrong there. And a sound row as content."""

import re
from collections.abc import Collection, Iterator
from datetime import date
from difflib import get_close_matches

from content import drafts
from content.models.releases import Words
from content.models.topics import ANY_AGE
from content.reading import Key
from content.sheets.columns import BUBBLE_COLUMNS, KEY_COLUMNS, Row
from content.sheets.standing import Text
from content.taxonomy import AGE_BANDS, AUDIENCES, LANGUAGES, READING_LEVELS, SECTIONS

Found = Iterator[tuple[str, str]]
_ALLOWED = {
    "section": SECTIONS,
    "language": LANGUAGES,
    "audience": AUDIENCES,
    "age band": (ANY_AGE, *AGE_BANDS),
    "reading level": READING_LEVELS,
}
_BRITISH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")  # what Excel makes of a day in a csv


def check_text(row: Row, topics: Collection[str], pictures: Collection[str]) -> Found:
    """What forbids a row of a text; `topics` and `pictures` are the ids that exist."""
    topic, picture = row.cells["topic"].strip(), row.cells["picture"].strip()
    if topic not in topics:
        yield "topic", _unknown("topic", topic, topics)
    for column, allowed in _ALLOWED.items():
        value = row.cells[column].strip()
        if value not in allowed:
            yield column, f"{_said(value)} is not one of {', '.join(allowed)}. Write one of these."
    if picture and picture not in pictures:
        yield "picture", _unknown("picture", picture, pictures)
    yield from _check_days(row)
    if not any(row.cells[column].strip() for column in BUBBLE_COLUMNS):
        yield "bubble 1", "Write at least one bubble."
    for number, column in enumerate(BUBBLE_COLUMNS, 1):
        if row.cells[column].strip():
            for problem in drafts.find_problems(tidy(row.cells[column]), number):
                yield column, _as_sentence(problem)


def text_of(row: Row) -> tuple[Key, Text]:
    """Whose text a sound row is, and the text: only the options it has."""
    cells = row.cells
    topic, section, language, audience, age_band, reading_level = (cells[name].strip() for name in KEY_COLUMNS)
    text: Text = {"bubbles": [tidy(cells[name]) for name in BUBBLE_COLUMNS if cells[name].strip()]}
    if picture := cells["picture"].strip():
        text["picture"] = picture
    for name in ("starts on", "ends on"):
        if day := _day(cells[name]):
            text[name.replace(" ", "_")] = day.isoformat()
    return (topic, section, language, audience, age_band, reading_level), text


def check_words(row: Row, keys: Collection[str], shape: Words | None) -> Found:
    """What forbids a row of a system message; `keys` are those that exist, `shape` such words: one text or a list."""
    language, key = row.cells["language"].strip(), row.cells["key"].strip()
    if language not in LANGUAGES:
        yield "language", f"{_said(language)} is not one of {', '.join(LANGUAGES)}. Write one of these."
    if key not in keys:
        yield "key", _unknown("system message", key, keys)
    texts = texts_of(row)
    if not texts:
        yield "text 1", "Write at least one text."
    elif isinstance(shape, str) and len(texts) > 1:
        yield "text 2", "This message is one text. Leave the columns after text 1 empty."
    for column, text in row.cells.items():
        if column.startswith("text ") and text.strip():
            for problem in drafts.find_word_problems(tidy(text), column):
                yield column, _as_sentence(problem)


def texts_of(row: Row) -> list[str]:
    """The texts of a system message, in the order of their columns; empty ones are left out."""
    columns = sorted((name for name in row.cells if name.startswith("text ")), key=lambda name: int(name[5:]))
    return [tidy(row.cells[name]) for name in columns if row.cells[name].strip()]


def tidy(text: str) -> str:
    """As the pages keep it: no space around it, one kind of line end."""
    return text.replace("\r\n", "\n").strip()


def _check_days(row: Row) -> Found:
    days: list[date | None] = []
    for name in ("starts on", "ends on"):
        try:
            days.append(_day(row.cells[name]))
        except ValueError:
            yield name, f"{_said(row.cells[name].strip())} is not a day. Write it like 2027-05-22."
    if len(days) == 2 and days[0] and days[1] and days[1] < days[0]:
        yield "ends on", f"It ends on {days[1]}, before it starts on {days[0]}."


def _day(written: str) -> date | None:
    written = written.strip()
    if british := _BRITISH_DAY.fullmatch(written):
        return date(int(british[3]), int(british[2]), int(british[1]))
    return date.fromisoformat(written) if written else None


def _unknown(what: str, value: str, known: Collection[str]) -> str:
    near = get_close_matches(value, list(known), n=1) if len(value) < 100 else []
    hint = f"Did you mean “{near[0]}”?" if near else "Write it as it stands in an export."
    return f"There is no {what} {_said(value)}. {hint}" if value else f"Write the {what} that this is for."


def _said(value: str) -> str:
    return f"“{value[:80]}”" if value else "An empty cell"


def _as_sentence(problem: str) -> str:
    return problem[:1].upper() + problem[1:].rstrip(".") + "."
