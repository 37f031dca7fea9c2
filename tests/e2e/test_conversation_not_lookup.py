"""Conversation, not look-up, through the whole stack: parts of a topic, follow-ups, buttons in words, things to do."""

from __future__ import annotations

import pytest

from ops.conversation import Conversation, lines_of, words_of


@pytest.mark.parametrize(
    ("asked", "action"),
    [
        ("is county lines illegal for kids who get made to do it", "ask_county_lines:law"),
        ("how does grooming start", "ask_grooming:how_it_starts"),
        ("sut mae grooming yn dechrau", "ask_grooming:how_it_starts"),
    ],
)
def test_the_part_that_is_asked_for_is_told(chat_url: str, asked: str, action: str) -> None:
    talk = Conversation(chat_url, language="cy" if asked.startswith("sut") else "en")
    told = words_of(talk.type(asked))
    talk.press(f"{action.split(':')[0]}:menu")
    assert words_of(talk.press(action)) in told


def test_a_follow_up_stays_with_the_topic(chat_url: str) -> None:
    talk = Conversation(chat_url)
    talk.type("what is grooming")
    followed = words_of(talk.type("and what about when its online"))
    talk.type("what is grooming")
    talk.press("ask_grooming:menu")
    assert words_of(talk.press("ask_grooming:online")) in followed


def test_a_button_named_in_words_is_pressed(chat_url: str) -> None:
    talk = Conversation(chat_url)
    talk.type("what is grooming")
    said = words_of(talk.type("the first one"))
    talk.type("what is grooming")
    assert words_of(talk.press("ask_grooming:signs")) in said


def test_a_quiz_can_be_asked_for_and_played(chat_url: str) -> None:
    talk = Conversation(chat_url)
    talk.type("quiz me")
    talk.press("show_activities:quiz")
    answer = talk.press("show_activities:quiz/consent_basics")
    assert any("0.0" in button["action"] for message in answer for button in message.get("buttons", ()))


def test_after_a_disclosure_a_quiz_does_not_come_back(chat_url: str) -> None:
    talk = Conversation(chat_url)
    assert lines_of(talk.type("my stepdad hits me and im scared to go home"))
    answer = talk.type("give me a quiz")
    assert not any("show_activities" in button["action"] for message in answer for button in message.get("buttons", ()))
    assert lines_of(answer)


def test_an_unknown_word_and_a_known_one(chat_url: str) -> None:
    answer = Conversation(chat_url).type("what does cunch mean")
    assert "drugs" in words_of(answer)
    assert lines_of(answer) == []
