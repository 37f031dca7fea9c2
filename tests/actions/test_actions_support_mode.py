"""Help that goes on: the buttons under it, support mode, feeling calmer, and whether someone got through."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from content.release import Release

if TYPE_CHECKING:
    from .conftest import Talk

Begin = Callable[..., "Talk"]
TOLD = {"urgency": "disclosure", "needs": ["hurt_at_home"], "about": "self"}


def disclose(person: Talk, **changes: object) -> Talk:
    person.say("disclose_harm", "he hurts me", **{**TOLD, **changes})
    return person


@pytest.mark.parametrize("profile", [{}, {"age_band": "13_15"}, {"age_band": "13_15", "nation": "wales"}])
@pytest.mark.parametrize("about", ["self", "other"])
def test_at_most_five_buttons_under_help(talk: Begin, profile: dict[str, str], about: str) -> None:
    person = disclose(talk(**profile), about=about)
    assert len(person.actions) <= 5
    assert "ask_what_happens" in person.actions
    assert "correct_bot" in person.actions
    assert ("ask_how_to_help" if about == "other" else "cannot_call") in person.actions


def test_an_emergency_asks_nothing_and_has_a_way_on_below_999(talk: Begin) -> None:
    person = talk()
    messages = person.say("disclose_emergency", "hes here", urgency="emergency", needs=["immediate_danger"])
    assert person.lines[0] == "emergency-999"
    assert all(message["type"] != "question" for message in messages)
    assert [bool(message.get("buttons")) for message in messages] == [False] * (len(messages) - 1) + [True]
    assert person.actions == ["cannot_call", "correct_bot"]
    assert person.slots["in_support"] is True
    person.say("out_of_scope", "what is the weather")
    assert person.actions[0] == "request_help"


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("intent", ["out_of_scope", "nlu_fallback", "greet", "thank", "goodbye", "ask_what_to_do"])
def test_after_a_disclosure_help_stays_first(talk: Begin, release: Release, intent: str, language: str) -> None:
    person = disclose(talk(language=language))
    person.say(intent, "lol")
    assert person.actions[0] == "request_help"
    for key in ("out_of_scope", "fallback_nothing", "welcome", "thanks", "goodbye", "follow_up_no_topic"):
        assert release.say(key, language)[0] not in person.words
    person.press("request_help")
    assert person.lines[0] == "childline"


@pytest.mark.parametrize("chosen", ["show_topics", "start_again", "ask_grooming", "correct_bot"])
def test_choosing_something_else_ends_it(talk: Begin, release: Release, chosen: str) -> None:
    person = disclose(talk())
    person.say(chosen)
    person.say("out_of_scope", "what is the weather")
    assert release.say("out_of_scope", "en")[0] in person.words


def test_a_worry_does_not_begin_it(talk: Begin) -> None:
    person = talk()
    person.say("express_concern", "hmm", urgency="concern", needs=["bullying"], about="self")
    assert not person.slots.get("in_support")


def test_asking_for_help_after_a_disclosure_is_still_about_it(talk: Begin) -> None:
    person = disclose(talk(age_band="13_15", nation="england"), needs=["nude_image"])
    person.say("request_help")
    assert person.lines[0] == "report-remove"


def test_the_language_changes_and_the_lines_stay(talk: Begin) -> None:
    person = disclose(talk())
    person.say("speak_welsh")
    assert person.lines[0] == "childline"


def test_a_worry_that_asks_for_a_skill_finds_its_button_first(talk: Begin) -> None:
    person = talk()
    told = {"urgency": "disclosure", "needs": ["hurt_at_home"], "about": "self"}
    person.say("disclose_harm", "how do i tell my teacher he hurts me", candidates=("build_message",), **told)
    assert person.actions[0] == "build_message"
    assert len(person.actions) <= 5


def test_not_sure_what_was_meant_guesses_the_new_skills(talk: Begin) -> None:
    person = talk()
    person.say("nlu_fallback", "hm", candidates=("build_message", "ask_grooming"))
    assert person.actions == ["build_message", "ask_grooming", "request_help"]


@pytest.mark.parametrize("language", ["en", "cy"])
def test_five_steps_one_at_a_time_with_a_way_out_and_help(talk: Begin, language: str) -> None:
    person = talk(language=language)
    person.say("ground_me")
    assert "999" in person.words
    for step in (2, 3, 4, 5):
        assert "ground_me:stop" in person.actions
        assert "request_help" in person.actions
        person.press(f"ground_me:{step}")
    assert "request_help" in person.actions
    person.say("ground_me:3")
    person.press("ground_me:stop")
    assert "request_help" in person.actions


def test_did_you_get_through(talk: Begin) -> None:
    person = disclose(talk(age_band="13_15", nation="england"))
    shown = set(person.lines)
    person.press("ask_what_happens")
    person.press("ask_what_happens:childline")
    slots = dict(person.slots)
    person.press("ask_got_through")
    person.press("got_through:no")
    assert person.lines
    assert not shown & set(person.lines)
    assert "trusted-adult" in person.lines
    assert {"cannot_call:text", "cannot_call:webchat"} <= set(person.actions)
    person.say("ask_got_through")
    person.press("got_through:not_yet")
    person.say("ask_got_through")
    person.press("got_through:yes")
    assert person.slots == slots


def test_with_nothing_known_there_is_still_another_way(talk: Begin) -> None:
    person = disclose(talk())
    person.say("got_through:no")
    assert person.lines == ["trusted-adult"]


def test_in_danger_999_comes_before_another_way(talk: Begin) -> None:
    person = talk(needs=["suicidal_now"], age_band="16_17", nation="wales")
    person.say("got_through:no")
    assert person.lines[0] == "emergency-999"
    assert person.lines.count("emergency-999") == 1


@pytest.mark.parametrize("intent", ["cannot_call", "cannot_talk_now", "ask_got_through"])
@pytest.mark.parametrize("need", ["immediate_danger", "suicidal_now"])
@pytest.mark.parametrize("language", ["en", "cy"])
def test_in_danger_nothing_is_asked_and_999_stays_first_and_alone(
    talk: Begin, intent: str, need: str, language: str
) -> None:
    person = talk(needs=[need], language=language)
    messages = person.say(intent, "i cant talk hell hear me")
    assert all(message["type"] != "question" for message in messages)
    lists = [[line["id"] for line in message["helplines"]] for message in messages if message["type"] == "helplines"]
    assert lists[0] == ["emergency-999"]
    assert person.actions
    if intent != "ask_got_through":
        assert "silent-solution-55" in lists[1]


def test_typed_words_about_getting_through_are_never_taken_for_a_yes(talk: Begin) -> None:
    person = talk()
    person.say("got_through", "i didnt get through")
    assert person.actions[:3] == ["got_through:yes", "got_through:no", "got_through:not_yet"]
