"""Help that goes on after a disclosure: whole conversations through the public API, against the running stack."""

from __future__ import annotations

from typing import Any

import pytest

from ops.conversation import Conversation, lines_of, words_of

DISCLOSURE = {"en": "he made me do stuff i didnt want to", "cy": "naeth o neud i fi neud pethau do'n i ddim isio"}


def actions_of(messages: list[dict[str, Any]]) -> list[str]:
    """What the buttons do, without their signatures."""
    return [button["action"].rpartition(".")[0] for message in messages for button in message.get("buttons", [])]


def channels_of(messages: list[dict[str, Any]]) -> set[str]:
    lines = [line for message in messages for line in message.get("helplines", [])]
    return {route["channel"] for line in lines for route in line["routes"]}


@pytest.mark.parametrize("language", ["en", "cy"])
def test_from_a_disclosure_to_knowing_what_a_call_is_like(chat_url: str, language: str) -> None:
    talk = Conversation(chat_url, language=language)
    told = talk.type(DISCLOSURE[language])
    assert "childline" in lines_of(told)
    assert len(actions_of(told)) <= 5
    choice = talk.press("ask_what_happens")
    assert choice[-1]["type"] == "question"
    steps = talk.press("ask_what_happens:childline")
    assert lines_of(steps) == ["childline"]
    assert len([message for message in steps if message["type"] == "text"]) in (3, 4, 5)
    talk.press("ask_got_through")
    another = talk.press("got_through:no")
    assert lines_of(another)
    assert "childline" not in lines_of(another)


def test_another_way_than_the_phone(chat_url: str) -> None:
    talk = Conversation(chat_url)
    talk.type(DISCLOSURE["en"])
    talk.press("cannot_call")
    by_text = talk.press("cannot_call:text")
    assert channels_of(by_text) == {"text"}
    talk.press("cannot_call")
    talk.press("cannot_talk_now")
    assert "**lantern**" in words_of(talk.messages)
    opened = talk.type("Lantern")
    assert "childline" in lines_of(opened)


def test_welsh_safe_word(chat_url: str) -> None:
    assert lines_of(Conversation(chat_url, language="cy").type("llusern"))


def test_a_message_for_a_teacher_in_three_taps(chat_url: str) -> None:
    talk = Conversation(chat_url)
    talk.type("how do i start a message to my teacher")
    talk.press("build_message:teacher")
    talk.press("build_message:teacher.hurting")
    card = talk.press("build_message:teacher.hurting.private")[0]
    assert card["type"] == "card"
    assert card["copy"] is True
    assert card["text"]
    after = talk.press("ask_after_telling:teacher")
    assert after[-1]["type"] == "question"
    assert "DSP" in words_of(talk.press("ask_after_telling:teacher.wales"))


@pytest.mark.parametrize("small_talk", ["lol whats the weather", "hi", "thanks", "asdkjh qwe zzx"])
def test_after_a_disclosure_help_comes_first_until_something_else_is_chosen(chat_url: str, small_talk: str) -> None:
    talk = Conversation(chat_url)
    talk.type(DISCLOSURE["en"])
    answer = talk.type(small_talk)
    assert actions_of(answer)[:1] == ["request_help"] or lines_of(answer)
    talk.type("what is consent")
    outside = Conversation(chat_url).type("lol whats the weather")
    assert words_of(talk.type("lol whats the weather")) == words_of(outside)


def test_feeling_calmer_can_stop_at_any_step(chat_url: str) -> None:
    talk = Conversation(chat_url)
    talk.type("grounding exercise")
    assert "ground_me:2" in actions_of(talk.messages)
    talk.press("ground_me:2")
    stopped = talk.press("ground_me:stop")
    assert "request_help" in actions_of(stopped)


def test_a_parent_learns_what_to_say_and_how_to_report(chat_url: str) -> None:
    talk = Conversation(chat_url, audience="parent_carer", nation="wales")
    told = talk.type("im worried about my daughter shes got a secret phone and an older boyfriend")
    assert "ask_how_to_help" in actions_of(told)
    talk.press("ask_how_to_help")
    talk.press("ask_how_to_help:say")
    report = talk.press("ask_how_to_help:report")
    assert "council" in lines_of(report)
    assert "childline" not in lines_of(report)
