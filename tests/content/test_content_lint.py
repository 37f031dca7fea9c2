"""Content lint: each finding names file, item and cure; what ships has none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from content.grades import grade
from content.library import read_library
from content.lint import Text, lint, lint_text
from content.report import report
from content.settings import LIBRARY

TODAY = date(2026, 11, 22)
HARD = "Exploitative relationships characteristically incorporate manipulation, intimidation and deliberate isolation."
EASY = "You can say no. It is OK to ask for help."


@pytest.fixture(scope="module")
def library() -> dict[str, Any]:
    return read_library(LIBRARY)


def problems(*bubbles: str, language: str = "en", **changes: Any) -> list[str]:
    text = Text("topics/x.en.yml", "explain", language, bubbles, **changes)
    return [str(finding) for finding in lint_text(text, frozenset({"cuckooing"}))]


def test_what_ships_has_no_findings(library: dict[str, Any]) -> None:
    assert lint(library, TODAY) == []


def test_hard_words_are_harder() -> None:
    assert grade([HARD]) > 12 > 4 > grade([EASY])
    assert grade([]) == 0


def test_a_text_too_hard_for_the_young_is_found_and_says_what_to_do() -> None:
    found, *_ = problems(HARD)
    assert "topics/x.en.yml: explain: reads at grade" in found
    assert "shorter sentences" in found
    assert problems(HARD, for_young=False) == []
    assert problems(HARD, language="cy") == []  # the formula is for English
    assert problems(EASY, reading_level="easy_read") == []


@pytest.mark.parametrize(
    ("said", "language"),
    [("Why didn’t you tell?", "en"), ("They committed suicide.", "en"), ("Mae hyn yn hollol gyfrinachol.", "cy")],
)
def test_blame_and_promises_are_found(said: str, language: str) -> None:
    assert any("Say instead" in problem for problem in problems(said, language=language))


def test_a_gap_and_a_past_review_are_found(library: dict[str, Any]) -> None:
    page = library["topics"]["consent"]["cy"] | {"review_by": "2026-11-21"}
    broken = library | {
        "topics": library["topics"] | {"consent": library["topics"]["consent"] | {"cy": page}},
        "variants": [v for v in library["variants"] if (v["topic"], v["section"]) != ("bullying", "law")],
    }
    found = {(finding.file, finding.item) for finding in lint(broken, TODAY)}
    assert found == {
        ("topics/consent.cy.yml", "review_by"),
        ("topics/bullying.en.yml", "law"),
        ("topics/bullying.cy.yml", "law"),
    }


def test_the_report_holds_the_floors(library: dict[str, Any]) -> None:
    told = report(library, TODAY)
    assert len(told["topics"]) == 27
    assert told["languages"]["en"] == told["languages"]["cy"] >= 120
    assert told["longest_bubble"] <= 240
    assert told["grade_median"] <= 5
    assert told["lint_findings"] == told["past_review"] == 0


@pytest.mark.parametrize(
    "words", ["A cuckooing gang.", "It is **jurisdiction**: a word for where a law counts.", "My boyfriend's mum."]
)
def test_a_long_word_may_be_known_or_explained(words: str) -> None:
    assert not any("child of nine" in problem for problem in problems(words))


def test_a_long_word_that_nobody_explains_is_named() -> None:
    assert any(
        "'jurisdiction', which a child of nine may not know" in problem for problem in problems("Ask the jurisdiction.")
    )


def test_a_long_word_may_stand_in_a_text_for_adults() -> None:
    assert not any("child of nine" in problem for problem in problems("Ask the jurisdiction.", for_young=False))
