"""One part of a topic: its pages, its picture, and what is counted of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import actions.action
from content.library import read_library
from content.release import Release
from content.settings import LIBRARY
from content.variants import revision_of
from tests.actions.conftest import Talk

LONG = [f"Bubble {number}." for number in range(1, 10)]


@pytest.fixture
def long_talk(talk: Callable[..., Talk], monkeypatch: pytest.MonkeyPatch) -> Talk:
    """A library in which what grooming means takes nine bubbles."""
    snapshot = read_library(LIBRARY)
    for item in snapshot["variants"]:
        if (item["topic"], item["section"], item["language"]) == ("grooming", "explain", "en"):
            item["bubbles"] = LONG
    begun = talk()
    long = Release.from_snapshot(snapshot)
    monkeypatch.setattr(actions.action, "current_release", lambda: long)
    return begun


def test_a_long_text_comes_four_bubbles_at_a_time(long_talk: Talk) -> None:
    long_talk.say("ask_grooming", "what is grooming")
    assert [message["text"] for message in long_talk.answer] == LONG[:4]
    long_talk.press("ask_grooming:explain.2")
    assert [message["text"] for message in long_talk.answer] == LONG[4:8]
    long_talk.press("ask_grooming:explain.3")
    assert [message["text"] for message in long_talk.answer] == LONG[8:]
    assert "ask_grooming:explain.4" not in long_talk.actions
    assert "request_help" in long_talk.actions


def test_more_in_words_turns_the_page_then_goes_on_to_the_next_part(long_talk: Talk) -> None:
    long_talk.say("ask_grooming", "what is grooming")
    for part in (LONG[4:8], LONG[8:]):
        long_talk.say("ask_more", "more")
        assert [message["text"] for message in long_talk.answer] == part
    long_talk.say("ask_more", "more")
    assert long_talk.slots["section"] == "signs"


def test_a_page_that_is_not_there_is_the_first(long_talk: Talk) -> None:
    for argument in ("explain.77", "explain.0", "explain.x", "cats.2"):
        long_talk.say(f"ask_grooming:{argument}")
        assert [message["text"] for message in long_talk.answer] == LONG[:4]


def test_a_picture_comes_with_the_first_bubble_in_words_of_the_readers_language(talk: Callable[..., Talk]) -> None:
    for language, alt in (("en", "steps"), ("cy", "grisiau")):
        person = talk(language=language)
        person.say("ask_grooming:how_it_starts")
        pictures = [message.get("picture") for message in person.answer]
        assert alt in pictures[0]["alt"]
        assert pictures[0]["src"].startswith("widget/pictures/step_by_step.svg?v=")
        assert not any(pictures[1:])


def test_what_is_shown_and_whether_it_helped_is_counted_for_the_very_text(
    talk: Callable[..., Talk], counted: list[Any]
) -> None:
    person = talk()
    person.say("ask_grooming", "what is grooming")
    revision = revision_of([message["text"] for message in person.answer])
    person.say("affirm", "yes that helped")
    person.say("deny", "no")
    text = "grooming/explain/en/young_person/any/standard"
    assert counted == [(text, revision, "shown"), (text, revision, "helped"), (text, revision, "did_not_help")]


def test_nothing_is_counted_after_a_disclosure(talk: Callable[..., Talk], counted: list[Any]) -> None:
    person = talk()
    person.say("disclose_harm", "he hurts me", urgency="disclosure", about="self", needs=["hurt_at_home"])
    person.say("affirm", "yes")
    assert counted == []
