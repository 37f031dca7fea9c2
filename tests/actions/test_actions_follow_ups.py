"""Conversation, not look-up: parts of a topic, follow-ups, two questions at once, whether that helped."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from content.profile import Profile
from content.release import Release
from content.variants import find_variant

if TYPE_CHECKING:
    from .conftest import Talk

Begin = Callable[..., "Talk"]


def words_of(release: Release, topic: str, section: str) -> str:
    found = find_variant(release, topic, section, Profile())
    assert found is not None
    return " ".join(found.variant.bubbles)


def test_a_question_is_answered_with_the_part_it_asks_for(talk: Begin, release: Release) -> None:
    person = talk()
    person.say("ask_grooming", "is grooming illegal", section="law")
    assert words_of(release, "grooming", "law") in person.words
    person.say("ask_follow_up", "and what about boys", section="boys")
    assert words_of(release, "grooming", "boys") in person.words


def test_a_follow_up_that_nobody_can_place_shows_all_parts(talk: Begin) -> None:
    person = talk(topic="grooming", section="explain")
    person.say("ask_follow_up", "hm but still")
    assert "ask_grooming:law" in person.actions
    assert "ask_grooming:boys" in person.actions


def test_a_follow_up_with_no_topic_asks_which(talk: Begin) -> None:
    person = talk()
    person.say("ask_follow_up", "is that illegal", section="law")
    assert any(action.startswith("ask_") for action in person.actions)


def test_tell_me_more_walks_through_every_part(talk: Begin, release: Release) -> None:
    person = talk()
    person.say("ask_grooming")
    seen = {person.slots["section"]}
    for _ in range(12):
        person.say("ask_more", "more")
        seen.add(person.slots["section"])
    assert len(seen) == 13


def test_a_part_offers_few_buttons_and_all_parts_behind_one(talk: Begin) -> None:
    person = talk()
    person.say("ask_grooming")
    assert len(person.actions) <= 6
    person.press("ask_grooming:menu")
    assert len([action for action in person.actions if action.startswith("ask_grooming:")]) == 13
    assert "request_help" in person.actions


def test_two_questions_in_one_message_answer_one_and_offer_the_other(talk: Begin) -> None:
    person = talk()
    person.say("ask_grooming", "whats grooming and whats sextortion", candidates=("ask_grooming", "ask_sextortion"))
    assert "ask_sextortion" in person.actions


def test_did_it_help_is_asked_now_and_then_and_no_leads_on(talk: Begin) -> None:
    person = talk()
    asked = []
    for _ in range(6):
        person.say("ask_grooming", "what is grooming")
        asked.append("deny" in person.actions)
    assert asked == [False, False, True, False, False, True]
    person.press("deny")
    assert "ask_grooming:signs" in person.actions
    assert "request_help" in person.actions


@pytest.mark.parametrize("intent", ["affirm", "deny", "joke", "repeat"])
def test_after_a_disclosure_small_talk_leads_back_to_help(talk: Begin, intent: str) -> None:
    person = talk(in_support=True, needs=["hurt_at_home"], topic="grooming", section="signs")
    person.say(intent, "ok")
    assert "request_help" in person.actions or person.lines
    assert not any(action.startswith("ask_grooming") for action in person.actions)


def test_after_two_misses_in_a_row_a_person_is_offered_first(talk: Begin) -> None:
    person = talk()
    person.say("nlu_fallback", "blub")
    assert person.actions[0] != "request_help"
    person.say("nlu_fallback", "blub blub")
    assert person.actions[0] == "request_help"
    person.say("greet", "hi")
    person.say("nlu_fallback", "blub")
    assert person.actions[0] != "request_help"


def test_again_repeats_the_part_that_was_shown(talk: Begin, release: Release) -> None:
    person = talk()
    person.say("repeat", "say that again")
    assert "show_topics" in person.actions
    person.say("ask_grooming", "signs", section="signs")
    person.say("repeat", "say that again")
    assert words_of(release, "grooming", "signs") in person.words


@pytest.mark.parametrize(
    ("said", "place"),
    [("the first one", 0), ("2", 1), ("second one pls", 1), ("last one", -1), ("yr ail un", 1), ("yr un olaf", -1)],
)
def test_a_button_named_in_words_is_pressed(talk: Begin, said: str, place: int) -> None:
    person = talk()
    person.say("ask_grooming")
    wanted = person.actions[place]
    person.say("choose_option", said)
    assert {"type": "profile", "press": wanted} in person.told_chat


def test_a_button_that_is_not_there_is_asked_for_again(talk: Begin) -> None:
    person = talk()
    person.say("ask_grooming")
    offered = person.actions
    person.say("choose_option", "the seventh one")
    assert person.actions == offered
    assert person.told_chat == []


@pytest.mark.parametrize(
    ("said", "language", "meaning"),
    [
        ("whats cunch mean", "en", "drugs"),
        ("what does gaslighting mean", "en", "doubt"),
        ("beth ydi catfish", "cy", "rhywun"),
    ],
)
def test_a_word_is_explained_from_the_glossary(talk: Begin, said: str, language: str, meaning: str) -> None:
    person = talk(language=language)
    person.say("explain_word", said)
    assert meaning in person.words.casefold()
    assert person.words != talk(language=language).say("explain_word", "whats a blorp")[0]["text"]


def test_an_adult_who_says_so_finds_their_audience_first(talk: Begin) -> None:
    person = talk()
    person.say("change_audience", "im a taxi driver")
    assert person.actions[0] == "change_audience:community"
    person.press("change_audience:community")
    assert person.slots["audience"] == "community"
