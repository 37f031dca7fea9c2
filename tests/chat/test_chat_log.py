import json
import logging

import pytest

WORDS = "Gwenllian-of-the-secret-street"
ADDRESS = "192.0.2.77"


@pytest.fixture(autouse=True)
def everything_logged(caplog):
    caplog.set_level(logging.DEBUG)


def test_a_request_is_one_line_of_four_things(browse, caplog) -> None:
    browse().say("hello")
    line = json.loads([record.message for record in caplog.records if record.name == "lantern.chat"][-1])
    assert set(line) == {"method", "route", "status", "ms"}
    assert line["route"] == "/api/conversations/<conversation>/messages"
    assert (line["method"], line["status"]) == ("POST", 200)


@pytest.mark.parametrize("mode", ["answer", "error", "rubbish"])
def test_no_log_knows_what_was_written_or_by_whom(browse, rasa, caplog, mode, monkeypatch) -> None:
    rasa.mode = mode
    browser = browse(settings={"is_rate_limited": True})
    browser.client.environ_base["REMOTE_ADDR"] = ADDRESS
    for _ in range(8):
        browser.post(text=f"danger, I am {WORDS}")
    browser.post(action=WORDS)
    browser.client.post("/api/conversations", json={"nation": WORDS})
    browser.client.get(f"/api/helplines?need={WORDS}")
    browser.client.get(f"/{WORDS}")
    browser.client.open("/", method=WORDS)
    monkeypatch.setattr("chat.conversations.reply_to_action", lambda *_: int(WORDS))
    browser.post(action="request_help")
    browser.delete()
    sender = rasa.received[0]["sender"]
    logged = caplog.text
    assert "lantern.chat" in logged
    for private in (WORDS, browser.token, sender, ADDRESS):
        assert private not in logged


def test_a_fault_is_logged_by_its_place_and_class_alone(browse, caplog, monkeypatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError(WORDS)

    browser = browse()
    monkeypatch.setattr("chat.conversations.reply_to_text", fail)
    browser.say("hello")
    fault = next(json.loads(record.message) for record in caplog.records if "fault" in record.message)
    assert fault["fault"] == "ValueError"
    assert any("test_chat_log.py" in place for place in fault["at"])
    assert WORDS not in caplog.text


def test_what_was_written_is_not_remembered(browse) -> None:
    browser = browse()
    browser.say(f"danger, I am {WORDS}")
    chat = browser.client.application.extensions["lantern.chat"]
    sessions = list(chat.sessions._open.values())
    assert sessions[0].assessment.urgency == "emergency"
    assert WORDS not in repr(sessions)
