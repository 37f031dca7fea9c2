"""Rasa slow, broken or gone: whoever writes gets help, within two seconds."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from chat.breaker import Breaker

FAILURES = ("hang", "drip", "drip_headers", "error", "rubbish", "close", "endless")
HARM = "there was harm"
EMERGENCY = "I am in danger"


def line_ids(messages) -> list[str]:
    return [line["id"] for message in messages for line in message.get("helplines", [])]


@pytest.mark.parametrize("mode", FAILURES)
def test_an_ordinary_message_gets_help_in_time(browse, rasa, mode) -> None:
    rasa.mode = mode
    browser = browse()
    messages = browser.say("tell me about friends")
    assert browser.took < 2
    assert "999" in messages[0]["text"]
    assert line_ids(messages) == ["childline", "shout"]


@pytest.mark.parametrize("mode", FAILURES)
def test_an_emergency_gets_999_first_and_alone_in_time(browse, rasa, mode) -> None:
    rasa.mode = mode
    browser = browse()
    messages = browser.say(EMERGENCY)
    assert browser.took < 2
    assert "999" in messages[0]["text"]
    first_list = next(message for message in messages if message["type"] == "helplines")
    assert [line["id"] for line in first_list["helplines"]] == ["emergency-999"]


@pytest.mark.parametrize(
    "body",
    [
        b'{"messages": []}',
        b'{"messages": [{"type": "profile", "age_band": "13_15"}]}',
        b'{"messages": [{"type": "text"}]}',
        b'{"messages": [{"type": "text", "text": ""}]}',
        b'{"messages": [{"type": "text", "text": "ok"}, {"type": "helplines", "helplines": "none"}]}',
        b'{"messages": [{"type": "text", "text": "x", "buttons": [{"label": "no action"}]}]}',
        b'{"messages": ["hello"]}',
        b'{"messages": {"type": "text"}}',
        b'["hello"]',
        b"null",
        b"",
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_an_answer_of_the_wrong_shape_becomes_help(browse, rasa, body) -> None:
    rasa.body = body
    assert line_ids(browse().say("hello")) == ["childline", "shout"]


def test_nobody_listening_becomes_help(browse) -> None:
    browser = browse(settings={"rasa_url": "http://127.0.0.1:9"})
    assert line_ids(browser.say("hello")) == ["childline", "shout"]


def test_words_of_harm_are_believed_without_rasa(browse, rasa, store) -> None:
    rasa.mode = "error"
    words = [message.get("text") for message in browse().say(HARM)]
    assert store.release.say("disclosure", "en")[0] in words


def test_help_is_in_the_language_and_for_the_age(browse, rasa, store) -> None:
    rasa.mode = "error"
    messages = browse(language="cy", age_band="18_plus").say("helo")
    assert messages[0]["text"] == store.release.say("unavailable", "cy")[0]
    assert line_ids(messages) == ["shout", "samaritans"]


def test_a_short_word_after_harm_keeps_the_help(browse, rasa, store) -> None:
    browser = browse()
    browser.say(HARM)
    rasa.mode = "error"
    words = [message.get("text") for message in browser.say("please")]
    assert store.release.say("disclosure", "en")[0] in words


def test_starting_again_leaves_what_was_said_behind(browse, rasa, store) -> None:
    browser = browse()
    browser.say(HARM)
    browser.press("start_again")
    rasa.mode = "error"
    words = [message.get("text") for message in browser.say("please")]
    assert store.release.say("disclosure", "en")[0] not in words


@pytest.mark.parametrize("action", ["request_help", "show_topics", "start_again"])
def test_a_button_gets_help_too(browse, rasa, action) -> None:
    rasa.mode = "error"
    assert line_ids(browse().press(action)) == ["childline", "shout"]


def test_the_language_can_still_be_changed(browse, rasa, store) -> None:
    rasa.mode = "error"
    browser = browse()
    assert browser.press("speak_welsh")[0]["text"] == store.release.say("unavailable", "cy")[0]
    rasa.mode = "answer"
    browser.say("helo")
    assert rasa.received[-1]["metadata"]["language"] == "cy"


def test_a_chat_can_still_be_deleted(browse, rasa) -> None:
    rasa.mode = "error"
    browser = browse()
    (asked,) = browser.press("delete_chat")
    assert asked["type"] == "question"
    browser.press(asked["buttons"][0]["action"])
    assert browser.post(text="hi").status_code == 410


def test_the_buttons_of_help_can_be_pressed(browse, rasa) -> None:
    rasa.mode = "error"
    browser = browse()
    buttons = browser.say("hello")[-1]["buttons"]
    rasa.mode = "answer"
    for button in buttons:
        browser.press(button["action"])
    pressed = [received["action"] for received in rasa.received if "action" in received]
    assert pressed == ["change_age_band", "correct_bot", "ask_privacy"]


def test_many_people_at_once_are_all_answered_in_time(make_app, rasa) -> None:
    rasa.mode = "hang"
    app = make_app()

    def speak(_: int) -> float:
        client = app.test_client()
        token = client.post("/api/conversations", json={}).json["conversation"]
        began = time.monotonic()
        response = client.post(f"/api/conversations/{token}/messages", json={"text": "hello"})
        assert response.status_code == 200
        return time.monotonic() - began

    with ThreadPoolExecutor(20) as pool:
        assert max(pool.map(speak, range(20))) < 2


def test_after_time_outs_in_a_row_nobody_waits_and_then_rasa_is_tried_again(browse, rasa) -> None:
    browser = browse(settings={"rasa_seconds": 0.2})
    rasa.mode = "hang"
    for _ in range(3):
        browser.say("hello")
        assert browser.took > 0.15
    browser.say("hello")
    assert browser.took < 0.1
    assert len(rasa.received) == 3
    rasa.mode = "answer"
    time.sleep(2.05)
    assert browser.say("hello") == [{"type": "text", "text": "Hello from Rasa"}]


def test_one_request_tries_while_the_others_still_rest() -> None:
    breaker = Breaker(timeouts=1, seconds=0.05)
    breaker.note_timeout()
    assert not breaker.may_pass()
    time.sleep(0.06)
    assert [breaker.may_pass() for _ in range(3)] == [True, False, False]
    breaker.note_answer()
    assert breaker.may_pass()


def test_the_connection_is_kept(browse, rasa) -> None:
    browser = browse()
    for _ in range(5):
        browser.say("hello")
    assert len(rasa.connections) == 1


@pytest.mark.parametrize("broken", [RuntimeError("secret words"), LookupError("x")])
def test_a_broken_release_still_brings_help(browse, rasa, store, broken) -> None:
    browser = browse()
    rasa.mode = "error"
    store.release = broken
    assert line_ids(browser.say("hello")) == ["childline", "shout"]
    assert "999" in browser.say(EMERGENCY)[0]["text"]


def test_broken_rules_still_bring_an_answer(rasa, store, browse, monkeypatch) -> None:
    browser = browse()
    chat = browser.client.application.extensions["lantern.chat"]
    monkeypatch.setattr(chat.assessor._assessor, "assess", lambda *_: 1 / 0)
    assert browser.say("hello") == [{"type": "text", "text": "Hello from Rasa"}]
    rasa.mode = "error"
    assert line_ids(browser.say("hello")) == ["childline", "shout"]


def test_a_fault_in_chat_itself_is_no_error_page(browse, monkeypatch, store) -> None:
    browser = browse(language="cy")
    monkeypatch.setattr("chat.conversations.reply_to_text", lambda *_: 1 / 0)
    messages = browser.say("helo")
    assert messages[0]["text"] == store.release.say("unavailable", "cy")[0]
    assert "999" in browser.say(EMERGENCY)[0]["text"]
