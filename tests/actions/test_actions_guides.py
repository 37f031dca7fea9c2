"""What happens when you call, another way than the phone, and not now."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from content.release import Release

if TYPE_CHECKING:
    from .conftest import Talk

Begin = Callable[..., "Talk"]
GUIDED = (
    "childline", "shout", "samaritans", "papyrus", "safecall", "ceop", "report-remove", "live-fear-free", "meic",
    "nhs-111", "emergency-999", "silent-solution-55", "police-101", "fearless", "crimestoppers",
    "modern-slavery-helpline", "rape-crisis-ew", "refuge-ndah", "victim-support", "sarc-england", "council",
    "trusted-adult", "school", "dan247", "frank", "switchboard", "nspcc-helpline",
)  # fmt: skip


def test_the_lines_that_were_shown_are_the_choice(talk: Begin) -> None:
    person = talk(needs=["grooming_online"], age_band="13_15", nation="wales")
    (question,) = person.say("ask_what_happens")
    assert question["type"] == "question"
    assert person.actions[0] == "ask_what_happens:ceop"
    assert person.actions[-1] == "request_help"
    assert len(person.actions) <= 6


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("line", GUIDED)
def test_every_guide_is_three_to_five_short_steps(release: Release, line: str, language: str) -> None:
    assert release.has_words(f"guide.{line}", language)
    steps = release.say(f"guide.{line}", language)
    assert 3 <= len(steps) <= 5
    assert all(len(step) <= 240 for step in steps)
    assert line in release.helplines


def test_steps_end_with_the_line_itself_and_a_way_to_try_it(talk: Begin) -> None:
    person = talk(needs=["low_mood"])
    person.say("ask_what_happens")
    person.press("ask_what_happens:childline")
    assert person.lines == ["childline"]
    assert person.actions[0] == "ask_got_through"
    assert "request_help" in person.actions
    assert len(person.actions) <= 5


def test_a_line_named_in_words_needs_no_choice(talk: Begin) -> None:
    person = talk()
    assert person.say("ask_what_happens", "what happens if i ring childline") != []
    assert person.lines == ["childline"]
    person.say("ask_what_happens", "be sy'n digwydd os dwi'n ffonio'r samariaid")
    assert "guide" not in person.words
    assert person.lines


def test_a_line_for_older_people_is_not_shown_to_a_younger_one(talk: Begin) -> None:
    person = talk(age_band="13_15", nation="wales", needs=["sexual_assault_past"])
    person.say("ask_what_happens:rape-crisis-ew")
    assert "rape-crisis-ew" not in person.lines
    assert "childline" in person.lines


def test_with_the_age_unknown_a_line_with_an_age_limit_is_told_of_but_not_offered(
    talk: Begin, release: Release
) -> None:
    person = talk()
    person.say("ask_what_happens:rape-crisis-ew")
    assert release.say("guide.rape-crisis-ew", "en")[0] in person.words
    assert "rape-crisis-ew" not in person.lines
    assert person.lines


def test_an_adult_is_told_of_the_line_of_a_child(talk: Begin) -> None:
    person = talk(audience="parent_carer", nation="wales", needs=["parent_worried"])
    person.say("ask_what_happens:childline")
    assert person.lines == ["childline"]


@pytest.mark.parametrize(("way", "line"), [("text", "shout"), ("webchat", "childline")])
def test_another_way_shows_only_that_way(talk: Begin, way: str, line: str) -> None:
    person = talk(needs=["low_mood"])
    person.say("cannot_call")
    person.press(f"cannot_call:{way}")
    assert line in person.lines
    assert person.channels == {way}


def test_a_form_is_offered_only_when_there_is_one(talk: Begin) -> None:
    person = talk(needs=["low_mood"])
    person.say("cannot_call")
    assert "cannot_call:form" not in person.actions
    reporting = talk(needs=["grooming_online"], age_band="13_15", nation="wales")
    reporting.say("cannot_call")
    reporting.press("cannot_call:form")
    assert "ceop" in reporting.lines
    assert reporting.channels == {"form"}


def test_sign_language_and_face_to_face(talk: Begin) -> None:
    person = talk()
    person.say("cannot_call:bsl")
    assert "999-bsl" in person.lines
    assert "phone" not in person.channels
    person.say("cannot_call:in_person")
    assert person.lines[0] == "trusted-adult"
    assert "build_message" in person.actions


def test_in_danger_999_stays_first_whatever_the_way(talk: Begin) -> None:
    person = talk(needs=["immediate_danger"], age_band="13_15", nation="wales")
    person.say("cannot_call:webchat")
    assert person.lines[0] == "emergency-999"


@pytest.mark.parametrize(("language", "word"), [("en", "lantern"), ("cy", "llusern")])
def test_the_safe_word_is_shown_and_opens_help(talk: Begin, language: str, word: str) -> None:
    person = talk(language=language, needs=["grooming_online"], age_band="13_15", nation="wales")
    answer: list[dict[str, Any]] = person.say("cannot_talk_now")
    assert f"**{word}**" in person.words
    assert all(message["type"] == "text" and "?" not in message["text"] for message in answer)
    person.say("greet", f"{word.title()}.")
    assert person.lines[:2] == ["ceop", "childline"]
    person.say("greet", f"hello {word}")
    assert person.lines == []
