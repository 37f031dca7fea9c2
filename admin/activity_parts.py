"""An activity as parts to read: the scenes of a story, the questions of a quiz, what a self-check says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from content.activities import LEVELS, QUIZ, SKIP, STORY, Item


@dataclass(frozen=True)
class Part:
    """`what` and `name` say which part it is; `presses` are its buttons as content holds them."""

    what: str
    name: str
    bubbles: Sequence[str]
    presses: Sequence[Mapping[str, Any]] = ()


def parts_of(item: Item) -> list[Part]:
    """The parts in the order in which they are written."""
    if item["kind"] == STORY:
        return [Part("scene", name, n["bubbles"], n.get("choices") or []) for name, n in item["nodes"].items()]
    if item["kind"] == QUIZ:
        questions = enumerate(item["questions"], 1)
        asked = [Part("question", str(number), [q["ask"]], q["answers"]) for number, q in questions]
        return [*asked, Part("end", "", item["end"])]
    says = [Part("says", level, item["says"][level]) for level in (*LEVELS, SKIP)]
    return [Part("intro", "", item["intro"], item["items"]), *says]


def beside_live(parts: Sequence[Part], live: Sequence[Part]) -> list[tuple[Part | None, Part | None]]:
    """Each part with the live one of the same name; then the live ones that are gone."""
    newest = {(part.what, part.name): part for part in parts}
    old = {(part.what, part.name): part for part in live}
    return [(newest.get(key), old.get(key)) for key in dict.fromkeys([*newest, *old])]
