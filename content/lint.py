"""Content lint: what a text should be beyond what makes it sound. `make lint-content`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.activities import FOLDERS
from content.familiar import unfamiliar_words
from content.grades import grade
from content.models import SystemWord
from content.models.topics import ANY_AGE
from content.release import Snapshot
from content.soundness import find_problems
from content.taxonomy import DEFAULT_AUDIENCE, DEFAULT_LANGUAGE, LANGUAGES, SECTIONS, TOPICS
from content.yaml_files import read_yaml

HARDEST = {"standard": 6.0, "easy_read": 4.0}  # grades for young people
EASY_SECTIONS = ("explain", "signs", "what_to_do")  # each has an easy-read variant
# What every topic must have, in each language, for young people of every age: section and reading level.
REQUIRED = (*((section, "standard") for section in SECTIONS), *((section, "easy_read") for section in EASY_SECTIONS))
FOR_ADULTS = "spotting_signs"  # the topic that no young person is meant to read
UNWANTED = Path(__file__).resolve().parent / "unwanted_words.yml"


@dataclass(frozen=True)
class Finding:
    """What is wrong, in which file and item, and what to do about it."""

    file: str
    item: str
    problem: str
    cure: str

    def __str__(self) -> str:
        return f"{self.file}: {self.item}: {self.problem}. {self.cure}"


def lint(snapshot: Snapshot, today: date) -> list[Finding]:
    """Everything to put right in a snapshot, banned numbers and broken links included."""
    sound = [Finding("library", "", problem, "See docs/writing-content.md.") for problem in find_problems(snapshot)]
    found = [*find_missing(snapshot), *find_past_review(snapshot, today)]
    explained = glossary_words(snapshot, DEFAULT_LANGUAGE)
    for text in texts(snapshot):
        found += lint_text(text, explained)
    return sound + found


def glossary_words(snapshot: Snapshot, language: str) -> frozenset[str]:
    """Every word that the glossary explains, in any of the ways people write it."""
    names = [words for key, words in snapshot["system"][language].items() if key.startswith("glossary_names.")]
    return frozenset(word for name in names for word in str(name).casefold().replace(",", " ").split())


@dataclass(frozen=True)
class Text:
    """An item with words for people: where it is, in which language, whether the young read it, at which level."""

    file: str
    item: str
    language: str
    bubbles: tuple[str, ...]
    part: str = ""
    for_young: bool = True
    reading_level: str = "standard"


def lint_text(text: Text, explained: frozenset[str]) -> Iterator[Finding]:
    """What is wrong with one item; `explained` are the words of the glossary. The admin asks the same of a draft."""
    limit = HARDEST[text.reading_level]
    if text.language == DEFAULT_LANGUAGE and text.for_young and (found := grade(text.bubbles)) > limit:
        cure = "Use shorter sentences and everyday words."
        yield Finding(text.file, text.item, f"reads at grade {found:.1f}, at most {limit:.0f} is wanted", cure)
    if text.language == DEFAULT_LANGUAGE and text.for_young:
        for word in unfamiliar_words(text.bubbles, explained):
            cure = "Use an easier word, or explain it in system/<language>/glossary.yml."
            yield Finding(text.file, text.item, f"says {word!r}, which a child of nine may not know", cure)
    said = " ".join(" ".join(text.bubbles).casefold().replace("’", "'").split())
    for rule in _unwanted():
        if rule["language"] == text.language and rule["words"] in said and rule.get("not_in") != text.part:
            yield Finding(text.file, text.item, f"says {rule['words']!r}", f"Say instead: {rule['instead']}.")


def lint_draft(session: Session, key: tuple[str, ...], bubbles: Sequence[str]) -> list[Finding]:
    """The same for a text of a topic that is being written; `key` names it as content/reading.py does."""
    topic, section, language, audience, age_band, reading_level = key
    names = session.scalars(select(SystemWord).where(SystemWord.language == language))
    system = {language: {word.key: word.draft or word.value for word in names}}
    young = audience == DEFAULT_AUDIENCE and topic != FOR_ADULTS
    item = "/".join((section, audience, age_band, reading_level))
    text = Text(f"topics/{topic}.{language}.yml", item, language, tuple(bubbles), section, young, reading_level)
    return list(lint_text(text, glossary_words({"system": system}, language)))


def texts(snapshot: Snapshot) -> Iterator[Text]:
    """Every item of a snapshot that people read."""
    for item in snapshot["variants"]:
        file = f"topics/{item['topic']}.{item['language']}.yml"
        name = "/".join(str(item[key]) for key in ("section", "audience", "age_band", "reading_level"))
        young = item["audience"] == DEFAULT_AUDIENCE and item["topic"] != FOR_ADULTS
        bubbles = tuple(item["bubbles"])
        yield Text(file, name, item["language"], bubbles, item["section"], young, item["reading_level"])
    for item in snapshot["activities"]:
        file = f"{FOLDERS[item['kind']]}/{item['id']}.{item['language']}.yml"
        yield Text(file, item["id"], item["language"], tuple(_strings({**item, "sources": []})))
    for language, words in snapshot["system"].items():
        for key, value in words.items():
            bubbles = (value,) if isinstance(value, str) else tuple(value)
            part = "words" if key.startswith("glossary") else ""
            # One line has no grade worth the name; helplines and adults' words are not for the young.
            yield Text(f"system/{language}", key, language, bubbles, part, for_young=False)


def find_missing(snapshot: Snapshot) -> Iterator[Finding]:
    """Sections and easy-read variants that a topic lacks in a language."""
    there = {
        (item["topic"], item["language"], item["section"], item["reading_level"])
        for item in snapshot["variants"]
        if item["audience"] == DEFAULT_AUDIENCE and item["age_band"] is None
    }
    for topic in TOPICS:
        for language in LANGUAGES:
            for section, level in REQUIRED:
                if (topic, language, section, level) not in there:
                    yield Finding(f"topics/{topic}.{language}.yml", section, f"has no {level} variant", "Write one.")


def is_required(section: str, audience: str, age_band: str, reading_level: str) -> bool:
    """Whether every topic must have this text; `age_band` is "any" for every age."""
    return (audience, age_band) == (DEFAULT_AUDIENCE, ANY_AGE) and (section, reading_level) in REQUIRED


def find_past_review(snapshot: Snapshot, today: date) -> Iterator[Finding]:
    """Pages and activities whose review date has passed."""
    dated = [
        (f"topics/{topic}.{language}.yml", page["review_by"])
        for topic, pages in snapshot["topics"].items()
        for language, page in pages.items()
    ]
    dated += [(f"{FOLDERS[a['kind']]}/{a['id']}.{a['language']}.yml", a["review_by"]) for a in snapshot["activities"]]
    for file, review_by in dated:
        if review_by < today.isoformat():
            cure = "Read it again, mend it, and set a new date."
            yield Finding(file, "review_by", f"was to be reviewed by {review_by}", cure)


@cache
def _unwanted() -> Iterable[Mapping[str, Any]]:
    return tuple(read_yaml(UNWANTED))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if " " in value:  # not ids
            yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
