"""The assessor's figures before and with proposals: how they are counted, and how they are kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from content.before_after import FILE, MOST_CHANGES, BeforeAfter, compare, fingerprint, keep, read_kept, read_rows

NOW = "2027-03-01T09:00:00+00:00"
LABELS = {"urgency": "concern", "about": "self", "needs": ["bullying"], "kind": "plain", "language": "en"}
GIVEN = [{"id": 7, "kind": "example", "phrase": "they laugh at me", "labels": LABELS}]


def row(urgency: str, need: str = "", text: str = "x") -> dict[str, Any]:
    return {"text": text, "urgency": urgency, "needs": [need] if need else [], "language": "en"}


ROWS = [
    row("emergency", "suicidal_now", "e"), row("emergency", "immediate_danger", "f"), row("disclosure", "missing", "d"),
    row("concern", "bullying", "c"), row("none", text="n"), row("none", text="o"),
]  # fmt: skip
BEFORE = [
    row("emergency", "suicidal_now"), row("concern", "missing"), row("none"),
    row("none"), row("disclosure", "missing"), row("none"),
]  # fmt: skip
AFTER = [
    row("emergency", "suicidal_now"), row("concern", "missing"), row("disclosure", "missing"),
    row("concern", "drugs"), row("none"), row("concern", "bullying"),
]  # fmt: skip


@pytest.fixture
def figures() -> BeforeAfter:
    return compare(ROWS, BEFORE, AFTER, GIVEN, NOW)


def test_each_figure_counts_what_it_says(figures: BeforeAfter) -> None:
    assert (figures.before, figures.after) == (
        {
            "disclosure or emergency: help offered": (2, 3),
            "disclosure or emergency: right level or higher": (1, 3),
            "emergency recognised": (1, 2),
            "concern: help offered": (0, 1),
            "nothing wrong: taken for disclosure or emergency": (1, 2),
            "nothing wrong: taken for concern": (0, 2),
            "first need right": (1, 2),
        },
        {
            "disclosure or emergency: help offered": (3, 3),
            "disclosure or emergency: right level or higher": (2, 3),
            "emergency recognised": (1, 2),
            "concern: help offered": (1, 1),
            "nothing wrong: taken for disclosure or emergency": (0, 2),
            "nothing wrong: taken for concern": (1, 2),
            "first need right": (2, 4),
        },
    )
    assert (figures.messages, figures.proposals) == (6, [7])


def test_the_messages_that_change_come_with_the_gravest_first(figures: BeforeAfter) -> None:
    assert [(one.text, one.level, one.level_before, one.level_after) for one in figures.changes] == [
        ("d", "disclosure", "none", "disclosure"),
        ("n", "none", "disclosure", "none"),
        ("o", "none", "none", "concern"),  # now wrong, so before the one that is now right
        ("c", "concern", "none", "concern"),
    ]
    assert (figures.changes[3].need, figures.changes[3].need_before, figures.changes[3].need_after) == (
        "bullying",
        "",
        "drugs",
    )


def test_no_more_changes_are_named_than_someone_reads() -> None:
    many = 2 * MOST_CHANGES
    figures = compare([row("none")] * many, [row("none")] * many, [row("concern", "drugs")] * many, GIVEN, NOW)
    assert (figures.changed, len(figures.changes)) == (many, MOST_CHANGES)


def test_figures_are_kept_and_read_back_without_a_word_of_the_proposals(figures: BeforeAfter, tmp_path: Path) -> None:
    file = keep(figures, tmp_path / "new")
    assert read_kept(tmp_path / "new") == figures
    assert "laugh" not in file.read_text(encoding="utf-8")
    assert [one.name for one in file.parent.iterdir()] == [FILE]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"changes": [{}]}', '{"changes": [], "before": {"x": 1}}'])
def test_what_can_not_be_read_counts_as_not_measured(text: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(text)
    assert read_kept(tmp_path) is None
    assert read_kept(tmp_path / "nowhere") is None


def test_other_words_or_labels_are_other_proposals() -> None:
    assert fingerprint(GIVEN) == fingerprint(json.loads(json.dumps(GIVEN)))
    other = [{**GIVEN[0], "id": 8}]
    assert fingerprint([*GIVEN, *other]) == fingerprint([*other, *GIVEN])
    for changed in ({"id": 8}, {"phrase": "x"}, {"kind": "rule"}, {"labels": {**LABELS, "pattern": "x"}}):
        assert fingerprint([GIVEN[0] | changed]) != fingerprint(GIVEN)


def test_the_development_set_is_read(tmp_path: Path) -> None:
    rows = read_rows()
    assert rows is not None
    assert len(rows) > 700
    assert read_rows(tmp_path / "missing.jsonl") is None
