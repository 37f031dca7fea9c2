"""Writes a release as a folder of files: the library's own form, which read_library() and import read back."""

from pathlib import Path
from typing import Any

import yaml

from content.activities import FOLDERS
from content.release import Snapshot
from content.taxonomy import DEFAULT_AUDIENCE, DEFAULT_READING_LEVEL

_TEXT_ORDER = ("audience", "age_band", "reading_level", "picture", "starts_on", "ends_on", "bubbles")
_LEFT_OUT = {"audience": DEFAULT_AUDIENCE, "reading_level": DEFAULT_READING_LEVEL, "age_band": None}


class FolderNotEmpty(Exception):
    """The folder holds something already; nothing was written."""


def export(snapshot: Snapshot, folder: Path) -> None:
    """Write every item of a snapshot into `folder`, which must be new or empty. Raises FolderNotEmpty."""
    if folder.exists() and any(folder.iterdir()):
        raise FolderNotEmpty(f"{folder} holds something already. Name a new folder.")
    for topic, pages in snapshot["topics"].items():
        for language, page in pages.items():
            texts = [v for v in snapshot["variants"] if (v["topic"], v["language"]) == (topic, language)]
            head = {"topic": topic, "language": language, **page}
            _write(folder / "topics" / f"{topic}.{language}.yml", head | {"sections": _sections(texts)})
    for item in snapshot.get("activities", []):
        body = {item["kind"]: item["id"]} | {key: item[key] for key in item if key not in ("kind", "id")}
        _write(folder / FOLDERS[item["kind"]] / f"{item['id']}.{item['language']}.yml", body)
    pictures = snapshot.get("pictures", {})
    for id_, picture in pictures.items():
        _write_text(folder / "pictures" / f"{id_}.svg", picture["svg"] + "\n")
    if pictures:
        _write(folder / "pictures" / "alt.yml", {id_: picture["alt"] for id_, picture in pictures.items()})
    _write(folder / "helplines.yml", snapshot["helplines"])
    _write(folder / "routing.yml", snapshot["routing"])
    if snapshot.get("sites"):
        _write(folder / "sites.yml", snapshot["sites"])
    for language, words in snapshot["system"].items():
        _write(folder / "system" / language / "words.yml", words)


def _sections(texts: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    sections: dict[str, list[dict[str, Any]]] = {}
    for text in texts:
        said = {name: text[name] for name in _TEXT_ORDER if text.get(name) not in (None, _LEFT_OUT.get(name))}
        sections.setdefault(text["section"], []).append(said)
    return sections


def _write(path: Path, value: Any) -> None:
    # A day is written plainly, as people write it in these files.
    if isinstance(value, dict) and "review_by" in value:
        value = value | {"review_by": yaml.safe_load(value["review_by"])}
    _write_text(path, yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10_000))


def _write_text(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
