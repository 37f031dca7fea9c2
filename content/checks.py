"""What every item of content must keep to. Each check yields one sentence for each thing to put right."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from opening_hours import validate

from content.helplines import EMERGENCY, KINDS, STATUSES, WORDS
from content.routing_table import every_or
from content.taxonomy import (
    AGE_BANDS,
    AUDIENCES,
    CHANNELS,
    LANGUAGES,
    NATIONS,
    NEEDS,
    PLACES,
    READING_LEVELS,
    SECTIONS,
    TOPICS,
)

MAX_BUBBLES = 4  # shown at once; a text of a topic may go on behind "more"
MAX_BUBBLES_OF_TEXT = 12
MAX_BUBBLE_LENGTH = 240  # characters: about two short sentences, one look at a phone

_LINK = re.compile(r"\]\((?!https://)")
_HREF = {"phone": "tel:", "text": "sms:", "email": "mailto:"}


def check_variant(item: Mapping[str, Any]) -> Iterator[str]:
    yield from _one_of("topic", item.get("topic"), TOPICS)
    yield from _one_of("section", item.get("section"), SECTIONS)
    yield from _one_of("language", item.get("language"), LANGUAGES)
    yield from _one_of("audience", item.get("audience"), AUDIENCES)
    yield from _one_of("reading_level", item.get("reading_level"), READING_LEVELS)
    if item.get("age_band") is not None:
        yield from _one_of("age_band", item["age_band"], AGE_BANDS)
    yield from _check_days(item.get("starts_on"), item.get("ends_on"))
    yield from check_bubbles(item.get("bubbles"), MAX_BUBBLES_OF_TEXT)


def check_bubbles(bubbles: Any, most: int = MAX_BUBBLES) -> Iterator[str]:
    if not isinstance(bubbles, list) or not bubbles:
        yield "bubbles must be a list with at least one text"
        return
    if len(bubbles) > most:
        yield f"has {len(bubbles)} bubbles, at most {most} are allowed"
    for number, bubble in enumerate(bubbles, 1):
        yield from check_bubble(bubble, number)


def check_bubble(bubble: Any, number: int) -> Iterator[str]:
    if not isinstance(bubble, str) or not bubble.strip():
        yield f"bubble {number} must be a text"
        return
    if len(bubble) > MAX_BUBBLE_LENGTH:
        yield f"bubble {number} has {len(bubble)} characters, at most {MAX_BUBBLE_LENGTH} are allowed"
    yield from (f"bubble {number}: {problem}" for problem in check_links(bubble))


def check_links(text: str) -> Iterator[str]:
    if _LINK.search(text):
        yield "a link must start with https://"


def check_helpline(item: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(item.get("id"), str) or not item["id"]:
        yield "id is missing"
    yield from _one_of("kind", item.get("kind"), KINDS)
    yield from _one_of("status", item.get("status"), STATUSES)
    for name in WORDS:
        yield from _check_words(name, item.get(name), is_required=name in ("name", "what_for"))
    yield from _check_routes(item.get("routes") or [])
    if item.get("kind") == "service" and item.get("status") == "active" and not item.get("routes"):
        yield "a service needs at least one route"
    yield from _check_hours(item.get("hours"))
    yield from _check_ages(item.get("ages"))
    for name, allowed in (("nations", NATIONS), ("needs", NEEDS)):
        for value in item.get(name) or []:
            yield from _one_of(name, value, allowed)
    if item.get("place") is not None:
        yield from _one_of("place", item["place"], PLACES)
    yield from _check_day("checked_on", item.get("checked_on"))


def check_routing(table: Mapping[str, Any], helplines: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """`helplines` by id: a row may only offer what exists."""
    for name in ("unknown", "last_resort"):
        ids = table.get(name) or []
        if not ids:
            yield f"{name}: is empty"
        for id_ in ids:
            if id_ not in helplines:
                yield f"{name}: there is no helpline {id_!r}"
    for id_ in table.get("unknown") or []:
        if id_ in helplines and set(helplines[id_].get("nations") or NATIONS) != set(NATIONS):
            yield f"unknown: {id_!r} does not cover all four nations"
    if EMERGENCY not in helplines:
        yield f"the helpline {EMERGENCY!r} is missing"
    for need, rows in (table.get("needs") or {}).items():
        yield from (f"needs: {problem}" for problem in _one_of("need", need, NEEDS))
        for number, row in enumerate(rows or [], 1):
            for problem in _check_row(row, helplines):
                yield f"{need}, row {number}: {problem}"


def check_system_words(words: Any) -> Iterator[str]:
    texts = words if isinstance(words, list) else [words]
    if not texts or not all(isinstance(text, str) and text.strip() for text in texts):
        yield "must be a text or a list of texts"
        return
    for text in texts:
        yield from check_links(text)


def _check_row(row: Mapping[str, Any], helplines: Iterable[str]) -> Iterator[str]:
    for name, allowed in (("nations", NATIONS), ("ages", AGE_BANDS)):
        for value in every_or(row.get(name) or [None], allowed):
            yield from _one_of(name, value, allowed)
    if not row.get("offer"):
        yield "offer is empty"
    for id_ in filter(None, [row.get("online_first"), *(row.get("offer") or [])]):
        if id_ not in helplines:
            yield f"there is no helpline {id_!r}"


def _check_words(name: str, words: Any, *, is_required: bool) -> Iterator[str]:
    if not words:
        if is_required:
            yield f"{name} is missing"
        return
    if not isinstance(words, Mapping) or not all(isinstance(text, str) for text in words.values()):
        yield f"{name} must hold a text for each language"
        return
    for language in words:
        yield from _one_of(f"{name}: language", language, LANGUAGES)
    for language in LANGUAGES:
        if not words.get(language):
            yield f"{name} has no text in {language!r}"


def _check_routes(routes: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for number, route in enumerate(routes, 1):
        channel, label, href = route.get("channel"), route.get("label"), route.get("href")
        yield from (f"route {number}: {problem}" for problem in _one_of("channel", channel, CHANNELS))
        if not isinstance(label, str) or not isinstance(href, str):
            yield f"route {number}: label and href must be texts (write numbers in quotes)"
        elif not href.startswith(_HREF.get(str(channel), ("https://", "tel:", "mailto:", "sms:"))):
            yield f"route {number}: {href!r} does not fit the channel {channel!r}"


def _check_hours(hours: Any) -> Iterator[str]:
    if hours is not None and not (isinstance(hours, str) and validate(hours)):
        yield f"hours {hours!r} are not OSM opening_hours"


def _check_ages(ages: Any) -> Iterator[str]:
    if ages is None:
        return
    if not isinstance(ages, list) or len(ages) != 2 or not all(a is None or isinstance(a, int) for a in ages):
        yield "ages must be [youngest, oldest] or null"
    elif None not in ages and ages[0] > ages[1]:
        yield "ages: the youngest is older than the oldest"


def _check_days(starts_on: Any, ends_on: Any) -> Iterator[str]:
    wrong = [*_check_day("starts_on", starts_on), *_check_day("ends_on", ends_on)]
    yield from wrong
    if not wrong and starts_on and ends_on and str(starts_on) > str(ends_on):
        yield f"ends on {ends_on}, before it starts on {starts_on}"


def _check_day(name: str, value: Any) -> Iterator[str]:
    if value is not None:
        try:
            date.fromisoformat(str(value))
        except ValueError:
            yield f"{name} must be a day such as 2027-05-22"


def _one_of(name: str, value: Any, allowed: Iterable[str]) -> Iterator[str]:
    if value not in tuple(allowed):
        yield f"{name} {value!r} is not known"
