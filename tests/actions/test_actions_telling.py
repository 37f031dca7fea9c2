"""A message to a trusted adult, what happens after telling, and how to help somebody else."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import TYPE_CHECKING

import pytest

from actions.message_builder import HOW, WHAT, WHO

if TYPE_CHECKING:
    from .conftest import Talk

Begin = Callable[..., "Talk"]


def test_three_taps_make_a_message_to_copy(talk: Begin) -> None:
    person = talk()
    assert person.say("build_message")[0]["type"] == "question"
    person.press("build_message:teacher")
    person.press("build_message:teacher.online")
    card = person.press("build_message:teacher.online.private")[0]
    assert card["type"] == "card"
    assert card["copy"] is True
    assert card["title"]
    assert "online" in card["text"]
    assert "pass it on" in person.words
    assert "ask_after_telling:teacher" in person.actions


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_message_is_short_and_whole(talk: Begin, language: str) -> None:
    person, texts = talk(language=language), set()
    for taps in product(WHO, WHAT, HOW):
        text = person.say("build_message:" + ".".join(taps))[0]["text"]
        assert len(text) < 280, taps
        assert text.endswith(".")
        texts.add(text)
    assert len(texts) > len(WHAT) * len(HOW)


def test_nothing_tapped_is_kept(talk: Begin) -> None:
    person = talk(needs=["low_mood"])
    before = dict(person.slots)
    person.say("build_message:teacher.hurting.go_with_me")
    assert person.slots == before


def test_family_is_no_choice_where_family_is_the_danger(talk: Begin) -> None:
    person = talk(needs=["forced_marriage"])
    person.say("build_message")
    assert "build_message:parent" not in person.actions
    assert "build_message:teacher" in person.actions


@pytest.mark.parametrize("argument", ["nobody", "teacher.secret", "teacher..private", ""])
def test_an_odd_argument_asks_again(talk: Begin, argument: str) -> None:
    person = talk()
    assert person.say(f"build_message:{argument}")[0]["type"] == "question"


def test_england_and_wales_differ(talk: Begin) -> None:
    wales, england, scotland = (talk(nation=nation) for nation in ("wales", "england", "scotland"))
    for person in (wales, england, scotland):
        person.say("ask_after_telling:teacher")
    assert "DSP" in wales.words
    assert "DSL" in england.words
    assert "DSL" not in scotland.words
    assert "DSP" not in scotland.words


def test_nation_unknown_says_what_is_the_same_and_offers_to_choose(talk: Begin) -> None:
    person = talk()
    person.say("ask_after_telling")
    person.press("ask_after_telling:teacher")
    assert "DSP" not in person.words
    assert person.answer[-1]["type"] == "question"
    person.press("ask_after_telling:teacher.wales")
    assert "DSP" in person.words
    assert person.slots["nation"] == "wales"


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("told", ["teacher", "police", "social_worker"])
@pytest.mark.parametrize("nation", ["wales", "england", "scotland", "northern_ireland"])
def test_each_is_answered_everywhere(talk: Begin, language: str, told: str, nation: str) -> None:
    person = talk(language=language, nation=nation)
    person.say(f"ask_after_telling:{told}")
    assert "request_help" in person.actions


@pytest.mark.parametrize(
    ("slots", "word"),
    [
        ({}, "Shall we tell an adult together"),
        ({"audience": "parent_carer"}, "Let them set the pace"),
        ({"audience": "professional"}, "child's pace"),
        ({"audience": "community"}, "Can I call someone for you"),
        ({"needs": ["parent_worried", "missing"]}, "Let them set the pace"),
        ({"needs": ["professional_worried"]}, "child's pace"),
    ],
)
def test_what_to_say_is_for_who_asks(talk: Begin, slots: dict[str, object], word: str) -> None:
    person = talk(**slots)
    person.say("ask_how_to_help")
    person.press("ask_how_to_help:say")
    assert word in person.words
    person.press("ask_how_to_help:not")
    person.press("ask_how_to_help:tell")
    assert person.lines
    person.press("ask_how_to_help:report")
    assert person.lines
    assert len(person.actions) <= 5


def test_a_parent_gets_the_lines_for_parents(talk: Begin) -> None:
    person = talk(needs=["parent_worried"])
    person.say("ask_how_to_help:tell")
    assert person.lines[0] == "council"
    assert "childline" not in person.lines
