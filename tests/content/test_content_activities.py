"""What a story, a quiz and a self-check must keep to, and the ones that ship."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from content.activities import KINDS, check_activity
from content.library import read_library
from content.release import Release
from content.settings import LIBRARY

LEAST = {"story": 10, "quiz": 10, "self_check": 6}


def node(*to: str) -> dict[str, Any]:
    return {"bubbles": ["What now?"], "choices": [{"label": f"Go {name}", "to": name} for name in to]}


STORY = {
    "kind": "story", "id": "small", "language": "en", "title": "Small", "topic": "consent", "start": "a",
    "nodes": {
        "a": node("b", "c"), "b": node("c"), "c": node("d"), "d": node("e"), "e": node("f"),
        "f": {"bubbles": ["It helped."], "end": True},
    },
}  # fmt: skip


def test_a_sound_story() -> None:
    assert list(check_activity(STORY)) == []


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda s: s["nodes"]["a"]["choices"][0].update(to="zoo"), "leads to 'zoo'"),
        (lambda s: s["nodes"].update(z=node("a")), "z: nothing leads there"),
        (lambda s: s["nodes"]["a"]["choices"].append({"label": "End", "to": "f"}), "after 1 choices"),
        (lambda s: s["nodes"]["f"].pop("end"), "has choices or is an end"),
        (lambda s: s["nodes"]["a"].update(bubbles=["x" * 241]), "241 characters"),
        (lambda s: s["nodes"]["a"]["choices"][0].update(label="x" * 49), "1 to 48"),
        (lambda s: s.pop("nodes"), "has not the shape"),
        (lambda s: s.update(topic="cats"), "topic"),
        (lambda s: s.update(kind="film"), "must be one of"),
    ],
)
def test_what_is_wrong_is_named(change: Callable[[Any], Any], named: str) -> None:
    story = copy.deepcopy(STORY)
    change(story)
    assert any(named in problem for problem in check_activity(story))


def test_those_that_ship_are_enough_and_in_both_languages() -> None:
    release = Release.from_snapshot(read_library(LIBRARY))
    for language in ("en", "cy"):
        counts = Counter(kind for kind, _, spoken in release.activities if spoken == language)
        assert all(counts[kind] >= LEAST[kind] for kind in KINDS)


def test_both_languages_have_the_same_steps() -> None:
    release = Release.from_snapshot(read_library(LIBRARY))
    for (kind, id_, language), activity in release.activities.items():
        other = release.activities[kind, id_, "cy" if language == "en" else "en"]
        assert shape(activity.body) == shape(other.body), f"{kind} {id_}"


def shape(item: Any) -> Any:
    """What is not words: ids, ways, levels, what is right, how many."""
    if isinstance(item, dict):
        kept = {
            key: shape(value)
            for key, value in item.items()
            if key not in ("sources", "says", "bubbles", "intro", "end")
        }
        return {
            key: value for key, value in kept.items() if key in ("to", "level", "right", "start") or value is not None
        }
    if isinstance(item, list):
        return [shape(value) for value in item]
    return None
