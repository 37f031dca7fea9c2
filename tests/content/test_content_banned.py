"""Numbers and words that must never be shown."""

from collections.abc import Callable
from typing import Any

import pytest

from content.banned import find_banned

Build = Callable[..., Any]


def with_bubble(make_snapshot: Build, make_variant: Build, text: str) -> list[str]:
    return list(find_banned(make_snapshot(variants=[make_variant(bubbles=["Hello.", text])])))


@pytest.mark.parametrize(
    "text",
    [
        "Text SAFE to 70577",
        "0808 80 10 100",
        "0808 801 0100",
        "08088010100",
        "+44 808 80 10 100",
        "+44 (0)808 8010100",
        "tel:+448088010100",
        "0808-802-9999",
        "0300 330 0630",
        "88858.",
        "hopelineuk",
        "The Runaway Helpline",
        "Ring 999 and stay silent and police will come",
        "It is a lifestyle   choice",
        "a Drug Runner",
    ],
)
def test_refused(make_snapshot: Build, make_variant: Build, text: str) -> None:
    problems = with_bubble(make_snapshot, make_variant, text)
    assert len(problems) == 1
    assert "consent/explain/en" in problems[0]
    assert "Use instead" in problems[0]


@pytest.mark.parametrize(
    "text",
    ["0808 80 10 800", "0808 500 2222", "0800 1111", "170577", "705771", "HOPELINE247", "116 000", "2888589"],
)
def test_allowed(make_snapshot: Build, make_variant: Build, text: str) -> None:
    assert with_bubble(make_snapshot, make_variant, text) == []


def test_routes_and_system_words_are_searched_and_sources_are_not(make_snapshot: Build, make_helpline: Build) -> None:
    route = {"channel": "text", "label": "Text", "href": "sms:88858"}
    bad = make_helpline("nspcc", routes=[route], sources=["an old page with 88858"])
    problems = list(find_banned(make_snapshot(helplines=[bad])))
    assert len(problems) == 1
    assert "nspcc" in problems[0]
    assert len(list(find_banned(make_snapshot(system={"en": {"concern": ["Text 70577"]}})))) == 1


def test_a_number_that_belongs_to_another_line(make_snapshot: Build, make_helpline: Build) -> None:
    route = {"channel": "text", "label": "07860 077333", "href": "sms:+447860077333"}
    lines = [make_helpline("live-fear-free", routes=[route]), make_helpline("meic", routes=[route])]
    problems = list(find_banned(make_snapshot(helplines=lines)))
    assert problems
    assert all("meic" in problem for problem in problems)


@pytest.mark.parametrize(("ages", "is_refused"), [([16, None], False), ([15, 24], True), (None, True)])
def test_a_line_that_turns_younger_people_away(
    make_snapshot: Build, make_helpline: Build, ages: Any, is_refused: bool
) -> None:
    snapshot = make_snapshot(helplines=[make_helpline("rape-crisis-ew", ages=ages)])
    assert bool(list(find_banned(snapshot))) is is_refused
