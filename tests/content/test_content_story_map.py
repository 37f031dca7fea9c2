"""The map of a story's branches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from content.release import Release
from content.story_map import WIDTH, Branch, draw_map

LONG = "A label of forty-eight letters, and so on and on"


def node(**choices: str) -> dict[str, Any]:
    return {"bubbles": ["So."], "choices": [{"label": label, "to": to} for label, to in choices.items()]}


STORY = {
    "start": "a",
    "nodes": {
        "lost": node(Back="b"),
        "a": node(Go="b", Wait="c"),
        "b": node(On="d", Back="a", Side="c"),
        "c": node(Stuck=""),
        "d": {"bubbles": ["Done."], "end": True},
        "e": node(),
    },
}


def told(branches: Sequence[Branch]) -> Iterator[Branch]:
    for branch in branches:
        yield branch
        yield from told(branch.inner or ())


def test_scenes_stand_in_columns_by_distance() -> None:
    boxes = {box.name: box for box in draw_map(STORY).boxes}
    columns = sorted({box.x for box in boxes.values()})
    assert [{name for name, box in boxes.items() if box.x == x} for x in columns] == [
        {"a"}, {"b", "c"}, {"d"}, {"lost", "e"},
    ]  # fmt: skip


def test_what_is_odd_about_a_scene_is_marked() -> None:
    marks = {box.name: list(box.marks) for box in draw_map(STORY).boxes}
    assert marks == {
        "a": ["start"],
        "b": [],
        "c": ["dead_end"],
        "d": ["end"],
        "lost": ["unreachable"],
        "e": ["dead_end", "unreachable"],
    }


def test_a_choice_that_leads_somewhere_has_an_arrow() -> None:
    assert len(draw_map(STORY).arrows) == 6


def test_boxes_do_not_overlap_and_stay_inside(library_release: Release) -> None:
    for (kind, _, _), activity in library_release.activities.items():
        if kind != "story":
            continue
        drawn = draw_map(activity.body)
        assert len(drawn.boxes) == len(activity.body["nodes"])
        for box in drawn.boxes:
            assert box.x >= 0
            assert box.x + WIDTH <= drawn.width
            assert box.y + box.height <= drawn.height
            assert all(box.y < row.y and row.y + 17 * (len(row.lines) - 1) < box.y + box.height for row in box.rows)
            for other in drawn.boxes:
                if other is not box and other.x == box.x:
                    assert other.y >= box.y + box.height or box.y >= other.y + other.height


def test_the_list_tells_each_scene_once_and_each_choice(library_release: Release) -> None:
    for (kind, _, _), activity in library_release.activities.items():
        if kind == "story":
            branches = list(told(draw_map(activity.body).branches))
            assert sorted(b.name for b in branches if b.inner is not None) == sorted(activity.body["nodes"])
            choices = sum(len(node.get("choices") or []) for node in activity.body["nodes"].values())
            assert sum(bool(b.label) for b in branches) == choices


def test_the_list_names_what_leads_nowhere_and_what_nothing_leads_to() -> None:
    branches = draw_map(STORY).branches
    assert [branch.name for branch in branches] == ["a", "lost", "e"]
    assert [branch.label for branch in told(branches) if not branch.name] == ["Stuck"]


def test_long_labels_are_broken_into_lines() -> None:
    story = {"start": "a", "nodes": {"a": node(**{LONG: "a"})}}
    row = draw_map(story).boxes[0].rows[0]
    assert " ".join(row.lines) == LONG
    assert all(len(line) <= 25 for line in row.lines)


def test_a_story_without_a_start_is_drawn_all_the_same() -> None:
    drawn = draw_map({"start": "", "nodes": {"a": node()}})
    assert [box.name for box in drawn.boxes] == ["a"]
