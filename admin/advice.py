"""What is worth another look in a text, while it is written and after it was saved: the same words for both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from flask import Response, jsonify
from sqlalchemy.orm import Session

from admin.writing_words import ADVICE
from content import publishing
from content.checks import MAX_BUBBLE_LENGTH
from content.grades import WORD, grade
from content.linked_sites import new_sites, sites_of
from content.lint import FOR_ADULTS, HARDEST, Finding, Text, lint_draft, lint_text
from content.models import SystemWord
from content.reading import Key
from content.taxonomy import DEFAULT_AUDIENCE, DEFAULT_LANGUAGE

YEARS_OLDER = 5  # a pupil of grade 1 is six years old
_ADDRESS = re.compile(r"\]\([^)]*\)")
GRADED_WORDS = 5  # fewer have no grade worth the name


@dataclass(frozen=True)
class Advice:
    """Sentences: how hard it is to read, how long it is, and what else there is to mend."""

    grade: str
    length: str
    findings: list[str]


def advise_on_text(session: Session, key: Key, bubbles: Sequence[str]) -> Advice:
    """About a text of a topic, for the reader that `key` names."""
    topic, _, language, audience, _, reading_level = key
    limit = HARDEST[reading_level] if audience == DEFAULT_AUDIENCE and topic != FOR_ADULTS else None
    found = lint_draft(session, key, bubbles) if bubbles else []
    return Advice(_grade(language, bubbles, limit), _length(bubbles, MAX_BUBBLE_LENGTH), _say(session, found, bubbles))


def advise_on_words(session: Session, word: SystemWord, texts: Sequence[str]) -> Advice:
    """About a system message. A single line has no grade worth the name, and a button no limit but its own."""
    part = "words" if word.key.startswith("glossary") else ""
    text = Text(f"system/{word.language}", word.key, word.language, tuple(texts), part, for_young=False)
    found = list(lint_text(text, frozenset()))
    return Advice(_grade(word.language, texts, None), _length(texts, None), _say(session, found, texts))


def answer(advice: Advice, fields: Iterable[Any]) -> Response:
    """For the script: the advice, and what forbids saving, in the order of the page."""
    problems = list(dict.fromkeys(error for field in fields for error in field.errors))
    return jsonify(**asdict(advice), problems=problems)


def _grade(language: str, bubbles: Sequence[str], limit: float | None) -> str:
    if language != DEFAULT_LANGUAGE:
        return ADVICE["not_measured"]
    if _words(bubbles) < GRADED_WORDS:
        return ADVICE["too_short"]
    years = max(1, round(grade(bubbles)))
    said = ADVICE["grade"].format(grade=years, age=years + YEARS_OLDER)
    return said if limit is None else said + ADVICE["limit"].format(limit=round(limit))


def _length(bubbles: Sequence[str], longest: int | None) -> str:
    said = ADVICE["one_bubble" if len(bubbles) == 1 else "bubbles"].format(count=len(bubbles), words=_words(bubbles))
    if not bubbles or longest is None:
        return said
    return said + ADVICE["longest"].format(length=max(map(len, bubbles)), longest=longest)


def _words(bubbles: Sequence[str]) -> int:
    """How many are read: not those of an address."""
    return sum(len(WORD.findall(_ADDRESS.sub("]", bubble))) for bubble in bubbles)


def _say(session: Session, findings: Iterable[Finding], bubbles: Sequence[str]) -> list[str]:
    said = [ADVICE["finding"].format(problem=found.problem, cure=found.cure) for found in findings]
    release = publishing.latest(session)
    known = sites_of(release) if release is not None else frozenset[str]()
    return said + [ADVICE["new_site"].format(site=site) for site in (new_sites(bubbles, known) if known else ())]
