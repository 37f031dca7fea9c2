"""Whole conversations through the public API, against the running stack."""

from __future__ import annotations

import os
import signal
import time

import pytest

from ops.conversation import Conversation, lines_of, words_of
from ops.stack import Stack


def test_a_question_about_a_topic_is_taught(chat_url: str) -> None:
    talk = Conversation(chat_url)
    answer = talk.type("what is grooming")
    assert "grooming" in words_of(answer).lower()
    assert lines_of(answer) == []
    signs = talk.press("ask_grooming:signs")
    assert words_of(signs) != words_of(answer)


def test_follow_up_in_words_keeps_the_topic_in_mind(chat_url: str) -> None:
    talk = Conversation(chat_url)
    talk.type("what is county lines")
    by_words = talk.type("what are the signs")
    talk.type("what is county lines")
    assert words_of(talk.press("ask_county_lines:signs")) == words_of(by_words)


def test_pictures_and_a_secret_bring_the_right_lines(chat_url: str) -> None:
    sentence = "a man online keeps asking me for pictures and says to keep it secret"
    answer = Conversation(chat_url, age_band="13_15", nation="wales").type(sentence)
    assert lines_of(answer)[:2] == ["ceop", "childline"]
    unknown = Conversation(chat_url).type(sentence)
    assert lines_of(unknown) == ["childline", "shout"]


@pytest.mark.parametrize(
    "text",
    [
        "I am forced to have sex and I am only 12 years old",  # well-known bots answered this with a joke
        "im forced to hav sex n im onli 12",
        "iamforcedtohavesexandiamonly12yearsold",
        "dwi'n cael fy ngorfodi i gael rhyw a dwi ond yn ddeuddeg",
    ],
)
def test_a_child_who_tells_of_abuse_is_believed_and_shown_who_can_help(chat_url: str, text: str) -> None:
    answer = Conversation(chat_url).type(text)
    assert lines_of(answer)[0] in ("childline", "emergency-999")
    assert any(words in words_of(answer) for words in ("not your fault", "999", "Nid dy fai")), answer
    assert all(message["type"] in ("text", "helplines") for message in answer)


def test_who_lives_in_swansea_is_shown_their_own_council(chat_url: str) -> None:
    ids = lines_of(Conversation(chat_url, age_band="13_15", place="swansea").type("my dad hits me most nights"))
    assert ids[0] == "childline"
    # In office hours the council's own line, else the words for any council.
    assert {"swansea-childrens-services", "council"} & set(ids)
    assert "cardiff-childrens-services" not in ids


@pytest.mark.parametrize("text", ["hes outside with a knife", "mae o tu allan efo cyllell"])
def test_danger_puts_999_first_and_alone(chat_url: str, text: str) -> None:
    answer = Conversation(chat_url).type(text)
    first_list = next(message for message in answer if message["type"] == "helplines")
    assert [line["id"] for line in first_list["helplines"]] == ["emergency-999"]
    assert "999" in answer[0]["text"]
    assert all(message["type"] != "question" for message in answer)


def test_welsh_is_answered_in_welsh(chat_url: str) -> None:
    talk = Conversation(chat_url, language="cy")
    english = words_of(Conversation(chat_url).type("what is grooming"))
    welsh = words_of(talk.type("be ydy meithrin perthynas amhriodol"))
    assert welsh
    assert welsh != english


def test_typed_welsh_turns_an_english_chat_welsh(chat_url: str) -> None:
    talk = Conversation(chat_url)
    answer = talk.type("dwi angen siarad efo rhywun plîs")
    assert any("Llinell" in line or "Am ddim" in line for line in _costs(answer)), answer


def _costs(messages: list[dict]) -> list[str]:
    return [line["cost"] for message in messages for line in message.get("helplines", [])]


def test_age_and_nation_are_asked_only_by_choice_and_change_the_lines(chat_url: str) -> None:
    talk = Conversation(chat_url)
    talk.type("a man online keeps asking me for pictures and says to keep it secret")
    asked = talk.press("change_age_band")
    assert asked[-1]["type"] == "question"
    after = talk.press("change_age_band:13_15")
    assert "ceop" in lines_of(after)
    skipped = Conversation(chat_url)
    skipped.type("a man online keeps asking me for pictures and says to keep it secret")
    skipped.press("change_age_band")
    assert lines_of(skipped.press("skip_profile")) == ["childline", "shout"]


def test_being_misunderstood_keeps_help_one_tap_away(chat_url: str) -> None:
    talk = Conversation(chat_url)
    talk.type("he made me do stuff i didnt want to")
    corrected = talk.press("correct_bot")
    actions = [button["action"] for message in corrected for button in message.get("buttons", [])]
    assert any(action.startswith("request_help") for action in actions)


def test_deleting_the_chat_by_words_ends_it(chat_url: str) -> None:
    talk = Conversation(chat_url)
    talk.type("what is consent")
    talk.type("delete this chat")
    talk.press("delete_chat:now")
    gone = talk.post({"text": "hello"})
    assert gone.status_code == 410
    assert gone.headers["content-type"] == "application/problem+json"
    assert lines_of(gone.json()["messages"])


BAD = [
    "",
    "   ",
    "\x00\x07",
    "a" * 10_000,
    "😀😀😀",
    "привет",
    "/restart",
    '/ask_grooming{"x":1}',
    "asdkjh qwe zzx",
]


@pytest.mark.parametrize("text", BAD, ids=range(len(BAD)))
def test_odd_text_gets_a_clear_answer(chat_url: str, text: str) -> None:
    talk = Conversation(chat_url)
    answer = talk.post({"text": text})
    assert answer.status_code < 500
    shown = answer.json()["messages"]
    assert shown
    assert "utter_" not in answer.text
    if answer.status_code != 200:
        assert answer.json()["detail"]


def test_a_frozen_rasa_means_help_within_two_seconds(stack: Stack) -> None:
    talk = Conversation(stack.chat_url)
    pids = stack.pids_of("LANTERN_RASA_PORT")
    assert pids
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        started = time.monotonic()
        answer = talk.type("he made me do stuff i didnt want to")
        assert time.monotonic() - started <= 2
        assert "childline" in lines_of(answer)
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and lines_of(Conversation(stack.chat_url).type("what is consent")):
        time.sleep(0.5)
    assert lines_of(Conversation(stack.chat_url).type("what is consent")) == []
