"""Reads the starter content from its files. Errors name the file and the item, all of them at once."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from content import checks
from content.activities import FOLDERS, check_activity
from content.errors import BrokenLibrary
from content.pictures import check_picture
from content.release import Snapshot
from content.sites import FIELDS as SITE_FIELDS
from content.sites import Site, check_site
from content.taxonomy import (
    DEFAULT_AUDIENCE,
    DEFAULT_READING_LEVEL,
    LANGUAGES,
    SECTIONS,
    TOPICS,
)
from content.yaml_files import read_yaml

_TOPIC_KEYS = {"topic", "language", "title", "review_by", "sources", "checked_by_welsh_speaker", "sections"}
_TEXT_OPTIONS = ("picture", "starts_on", "ends_on")
_VARIANT_KEYS = {"bubbles", "audience", "age_band", "reading_level", *_TEXT_OPTIONS}


def read_library(folder: Path | str) -> Snapshot:
    """The snapshot in the files of `folder`. Raises BrokenLibrary with everything that is wrong with them."""
    reader = _Reader(Path(folder))
    topics, variants = reader.read_topics()
    helplines = reader.read_helplines()
    snapshot: Snapshot = {
        "topics": topics,
        "variants": variants,
        "activities": sorted(reader.read_activities(), key=_name_of),
        "pictures": reader.read_pictures(),
        "helplines": helplines,
        "routing": reader.read_routing(helplines),
        "system": reader.read_system(),
    }
    if sites := reader.read_sites():
        snapshot["sites"] = sites
    if reader.problems:
        raise BrokenLibrary(reader.problems)
    return snapshot


class _Reader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[str] = []

    def note(self, path: Path, problem: str, item: str = "") -> None:
        where = f"{path.relative_to(self.folder)}: {item}: " if item else f"{path.relative_to(self.folder)}: "
        self.problems.append(where + problem)

    def read(self, path: Path, kind: type) -> Any:
        """The file's content when it is a `kind`, else an empty one and a problem."""
        try:
            value = read_yaml(path)
        except FileNotFoundError:
            self.note(path, "the file is missing")
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            self.note(path, f"is not YAML: {' '.join(str(error).split())}")
        else:
            if isinstance(value, kind):
                return value
            self.note(path, f"must hold a {'list' if kind is list else 'mapping'}")
        return kind()

    def read_topics(self) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
        pages: dict[str, dict[str, Any]] = {}
        variants: list[dict[str, Any]] = []
        for path in sorted((self.folder / "topics").glob("*.yml")):
            page = self.read(path, dict)
            topic, language = page.get("topic"), page.get("language")
            if path.name != f"{topic}.{language}.yml" or topic not in TOPICS or language not in LANGUAGES:
                self.note(path, f"topic {topic!r} or language {language!r} is not known, or not the file's name")
                continue
            pages.setdefault(topic, {})[language] = self.read_page(path, page)
            variants += self.read_variants(path, page)
        if not pages:
            self.note(self.folder / "topics", "there are no topics")
        for problem in find_missing_translations(pages, variants):
            self.problems.append(f"topics: {problem}")
        ordered = {topic: pages[topic] for topic in TOPICS if topic in pages}
        return ordered, sorted(variants, key=lambda item: (item["topic"], str(item["section"]), item["language"]))

    def read_page(self, path: Path, page: Mapping[str, Any]) -> dict[str, Any]:
        for key in page.keys() - _TOPIC_KEYS:
            self.note(path, f"the key {key!r} is not known")
        if not isinstance(page.get("title"), str):
            self.note(path, "title is missing")
        review_by = page.get("review_by")
        if not isinstance(review_by, date):
            self.note(path, "review_by must be a day such as 2027-05-22")
        return {
            "title": page.get("title"),
            "review_by": str(review_by),
            "sources": page.get("sources") or [],
            "checked_by_welsh_speaker": bool(page.get("checked_by_welsh_speaker", page["language"] == "en")),
        }

    def read_variants(self, path: Path, page: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        seen: set[tuple[Any, ...]] = set()
        sections = page.get("sections")
        if not isinstance(sections, dict):
            self.note(path, "sections is missing")
            return
        for section, entries in sections.items():
            for number, entry in enumerate(entries if isinstance(entries, list) else [{}], 1):
                item = f"{section}, variant {number}"
                for key in entry.keys() - _VARIANT_KEYS:
                    self.note(path, f"the key {key!r} is not known", item)
                variant = {
                    "topic": page["topic"],
                    "section": section,
                    "language": page["language"],
                    "audience": entry.get("audience", DEFAULT_AUDIENCE),
                    "age_band": entry.get("age_band"),
                    "reading_level": entry.get("reading_level", DEFAULT_READING_LEVEL),
                    "bubbles": entry.get("bubbles"),
                } | {name: str(entry[name]) for name in _TEXT_OPTIONS if name in entry}
                for problem in checks.check_variant(variant):
                    self.note(path, problem, item)
                days = (variant.get("starts_on"), variant.get("ends_on"))
                fit = (section, variant["audience"], variant["age_band"], variant["reading_level"], *days)
                if fit in seen:
                    self.note(path, "the same variant is there twice", item)
                seen.add(fit)
                yield variant

    def read_activities(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = []
        for kind, folder in FOLDERS.items():
            for path in sorted((self.folder / folder).glob("*.yml")):
                page = self.read(path, dict)
                item = {"kind": kind, "id": page.get(kind), **{key: page[key] for key in page if key != kind}}
                item["review_by"] = str(item.get("review_by"))
                item.setdefault("checked_by_welsh_speaker", item.get("language") == "en")
                if path.name != f"{item['id']}.{item.get('language')}.yml":
                    self.note(path, f"{kind} {item['id']!r} or its language is not the file's name")
                for problem in check_activity(item):
                    self.note(path, problem)
                items.append(item)
        there = {(item["kind"], item["id"], item.get("language")) for item in items}
        for kind, id_, _ in sorted(there, key=str):
            for language in LANGUAGES:
                if (kind, id_, language) not in there:
                    self.problems.append(f"{FOLDERS[kind]}/{id_}.{language}.yml: the translation is missing")
        return items

    def read_pictures(self) -> dict[str, dict[str, Any]]:
        folder = self.folder / "pictures"
        drawn = {path.stem: path.read_text(encoding="utf-8").strip() for path in sorted(folder.glob("*.svg"))}
        described = self.read(folder / "alt.yml", dict) if drawn else {}
        for id_ in sorted(drawn.keys() ^ described.keys()):
            self.note(folder / "alt.yml", "has a drawing and no words, or words and no drawing", id_)
        pictures = {id_: {"svg": svg, "alt": described.get(id_)} for id_, svg in drawn.items()}
        for id_, picture in pictures.items():
            for problem in check_picture(picture):
                self.note(folder / f"{id_}.svg", problem)
        return pictures

    def read_helplines(self) -> list[dict[str, Any]]:
        helplines: dict[str, dict[str, Any]] = {}
        for path in sorted((self.folder / "helplines").glob("*.yml")) or [self.folder / "helplines.yml"]:
            for item in self.read(path, list):
                name = str(item.get("id"))
                for problem in checks.check_helpline(item):
                    self.note(path, problem, name)
                if name in helplines:
                    self.note(path, "the same helpline is there twice", name)
                if isinstance(item.get("checked_on"), date):
                    item["checked_on"] = item["checked_on"].isoformat()
                helplines[name] = item
        return list(helplines.values())

    def read_routing(self, helplines: list[dict[str, Any]]) -> dict[str, Any]:
        path = self.folder / "routing.yml"
        table: dict[str, Any] = self.read(path, dict)
        for problem in checks.check_routing(table, {line["id"]: line for line in helplines if "id" in line}):
            self.note(path, problem)
        return table

    def read_sites(self) -> list[dict[str, Any]]:
        path = self.folder / "sites.yml"
        if not path.exists():  # a library of before they came
            return []
        sites: dict[str, dict[str, Any]] = {}
        for number, item in enumerate(self.read(path, list), 1):
            if not isinstance(item, dict) or not item.keys() <= set(SITE_FIELDS):
                self.note(path, "must be a mapping with fields of a site alone", f"site {number}")
                continue
            site = Site("", "").as_item() | item
            key = str(site["key"])
            for problem in check_site(site):
                self.note(path, problem, key)
            if key in sites:
                self.note(path, "the same site is there twice", key)
            sites[key] = site
        return [sites[key] for key in sorted(sites)]

    def read_system(self) -> dict[str, dict[str, Any]]:
        system: dict[str, dict[str, Any]] = {language: {} for language in LANGUAGES}
        for language, words in system.items():
            for path in sorted((self.folder / "system" / language).glob("*.yml")):
                for key, value in self.read(path, dict).items():
                    if key in words:
                        self.note(path, "the key is in another file too", key)
                    for problem in checks.check_system_words(value):
                        self.note(path, problem, str(key))
                    words[key] = value
        for language, words in system.items():
            missing = {key for others in system.values() for key in others} - words.keys()
            for key in sorted(missing):
                self.problems.append(f"system/{language}: {key}: the translation is missing")
        return system


def _name_of(activity: Mapping[str, Any]) -> tuple[str, ...]:
    return (activity["kind"], str(activity["id"]), str(activity.get("language")))


def find_missing_translations(pages: Mapping[str, Mapping[str, Any]], variants: list[dict[str, Any]]) -> Iterator[str]:
    """What one language has and another has not: every text is there in English and in Welsh."""
    for topic, languages in pages.items():
        for language in LANGUAGES:
            if language not in languages:
                yield f"{topic}.{language}.yml: the translation is missing"
    fits: dict[tuple[Any, ...], set[str]] = {}
    for item in variants:
        fit = (item["topic"], item["section"], item["audience"], item["age_band"], item["reading_level"])
        fits.setdefault(fit, set()).add(item["language"])
    for fit, has in fits.items():
        for language in LANGUAGES:
            if language not in has and language in pages[fit[0]] and fit[1] in SECTIONS:
                yield f"{fit[0]}.{language}.yml: no translation of {'/'.join(str(part) for part in fit[1:])}"
