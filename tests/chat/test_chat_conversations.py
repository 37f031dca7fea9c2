import time
from typing import Any

import pytest

EMERGENCY_TEXT = "I am in danger"


def actions_of(messages: list[dict[str, Any]]) -> list[str]:
    return [button["action"] for message in messages for button in message.get("buttons", [])]


def test_the_welcome_needs_no_rasa(browse, rasa) -> None:
    rasa.mode = "hang"
    browser = browse()
    assert "999" in browser.welcome[-1]["text"]
    plain = [action.rpartition(".")[0] for action in actions_of(browser.welcome)]
    assert plain == ["show_topics", "request_help", "ask_privacy", "speak_welsh"]
    assert rasa.received == []


def test_a_conversation_tells_how_long_it_lasts(client) -> None:
    response = client.post("/api/conversations", json={})
    assert response.status_code == 201
    assert set(response.json) == {"conversation", "expires_in", "messages"}
    assert response.json["expires_in"] == 7200


@pytest.mark.parametrize("body", [None, {}, {"language": None, "nation": None}])
def test_everything_may_be_left_out(client, body) -> None:
    assert client.post("/api/conversations", json=body).status_code in (201, 400)
    assert client.post("/api/conversations").status_code == 201


@pytest.mark.parametrize(
    ("given", "header", "word"),
    [
        ({}, "", "Hello"),
        ({}, "cy-GB,cy;q=0.9,en;q=0.5", "Helo"),
        ({}, "fr", "Hello"),
        ({"language": "cy"}, "en", "Helo"),
        ({"language": "en"}, "cy", "Hello"),
    ],
)
def test_the_language_is_the_given_one_or_the_browsers(client, given, header, word) -> None:
    response = client.post("/api/conversations", json=given, headers={"Accept-Language": header})
    assert response.json["messages"][0]["text"].startswith(word)


@pytest.mark.parametrize(
    "given",
    [
        {"language": "fr"},
        {"nation": "mars"},
        {"age_band": "12"},
        {"audience": "teacher"},
        {"reading_level": 3},
        {"lesson": "Year 9!"},
        {"lesson": "x" * 65},
        {"language": ["en"]},
    ],
)
def test_an_unknown_choice_is_a_problem_with_help(client, given) -> None:
    response = client.post("/api/conversations", json=given)
    assert response.status_code == 422
    assert response.json["fields"] == list(given)
    assert any(message["type"] == "helplines" for message in response.json["messages"])


def test_text_goes_to_rasa_with_the_profile(browse, rasa) -> None:
    browser = browse(nation="wales", age_band="13_15", lesson="year-9-week-2")
    assert browser.say("  what is grooming?  ") == [{"type": "text", "text": "Hello from Rasa"}]
    (received,) = rasa.received
    assert received["text"] == "what is grooming?"
    assert received["metadata"] == {
        "language": "en",
        "nation": "wales",
        "place": None,
        "age_band": "13_15",
        "audience": "young_person",
        "reading_level": "standard",
        "previous": None,
        "site": None,
    }
    assert received["sender"] not in browser.token


def test_what_was_found_in_the_message_before_goes_along_with_the_next(browse, rasa) -> None:
    found = {"urgency": "disclosure", "about": "self", "needs": ["hurt_at_home"]}
    rasa.messages = [{"type": "text", "text": "Thank you."}, {"type": "profile", "previous": found}]
    browser = browse()
    browser.say("something happened")
    rasa.messages = [{"type": "text", "text": "Thank you."}, {"type": "profile", "previous": None}]
    browser.say("yes")
    browser.say("what is consent")
    assert [received["metadata"]["previous"] for received in rasa.received] == [None, found, None]


def test_a_leading_slash_is_text_like_any_other(browse, rasa) -> None:
    browse().say('/delete_chat{"a": 1}')
    assert rasa.received[0]["text"] == '/delete_chat{"a": 1}'
    assert "action" not in rasa.received[0]


def test_a_button_goes_to_rasa_only_when_it_was_offered(browse, rasa) -> None:
    button = {"label": "Signs", "action": "ask_grooming:signs"}
    rasa.messages = [{"type": "text", "text": "Hi", "buttons": [button]}]
    browser = browse()
    (message,) = browser.say("hello")
    signed = message["buttons"][0]["action"]
    assert signed != "ask_grooming:signs"
    browser.press(signed)
    assert rasa.received[-1]["action"] == "ask_grooming:signs"
    assert "text" not in rasa.received[-1]

    for made_up in ("ask_grooming:signs", "ask_grooming:signs.AAAA", "delete_chat:now", ""):
        response = browser.post(action=made_up)
        assert response.status_code == 422
        assert response.json["messages"]
    assert len(rasa.received) == 2


def test_the_buttons_on_every_screen_need_no_signature(browse, rasa) -> None:
    browser = browse()
    always = ("request_help", "show_topics", "start_again", "delete_chat", "speak_english", "speak_welsh")
    for action in always:
        browser.press(action)
    assert [received["action"] for received in rasa.received[:2]] == ["request_help", "show_topics"]
    assert len(rasa.received) == 6


def test_a_button_named_in_words_is_pressed(browse, rasa) -> None:
    rasa.messages = [{"type": "text", "text": "OK: Signs"}, {"type": "profile", "press": "ask_consent:signs"}]
    answer = browse().say("the first one")
    assert [row.get("text") or row.get("action") for row in rasa.received] == ["the first one", "ask_consent:signs"]
    assert answer[0]["text"] == "OK: Signs"
    assert len(answer) == 2


def test_a_profile_message_is_kept_and_not_shown(browse, rasa) -> None:
    browser = browse()
    told = {"type": "profile", "age_band": "16_17", "language": "cy", "nation": "mars"}
    rasa.messages = [told, {"type": "notice", "text": "OK"}]
    assert browser.say("I am 16") == [{"type": "notice", "text": "OK"}]
    browser.say("and now?")
    assert rasa.received[-1]["metadata"]["age_band"] == "16_17"
    assert rasa.received[-1]["metadata"]["language"] == "cy"
    assert rasa.received[-1]["metadata"]["nation"] is None


def test_the_answer_names_its_language(browse, rasa) -> None:
    browser = browse()
    assert browser.post(text="hello").headers["Content-Language"] == "en"
    rasa.messages = [{"type": "profile", "language": "cy"}, {"type": "text", "text": "Iawn."}]
    assert browser.post(text="siarad Cymraeg").headers["Content-Language"] == "cy"


def test_unknown_kinds_of_message_are_left_out(browse, rasa) -> None:
    rasa.messages = [{"type": "payload", "code": 1}, {"type": "text", "text": "<b>Hi</b>"}]
    assert browse().say("hello") == [{"type": "text", "text": "<b>Hi</b>"}]


def test_an_emergency_gets_999_first_whatever_rasa_says(browse, rasa) -> None:
    messages = browse().say(EMERGENCY_TEXT)
    assert "999" in messages[0]["text"]
    lists = [message["helplines"] for message in messages if message["type"] == "helplines"]
    assert [line["id"] for line in lists[0]] == ["emergency-999"]


def test_rasas_own_emergency_answer_is_kept(browse, rasa) -> None:
    line = {"id": "emergency-999", "name": "999", "routes": []}
    rasa.messages = [{"type": "text", "text": "Ring 999 now."}, {"type": "helplines", "helplines": [line]}]
    assert browse().say(EMERGENCY_TEXT)[0]["text"] == "Ring 999 now."


def test_999_under_other_lines_is_not_999_first(browse, rasa) -> None:
    lines = [{"id": id_, "name": id_, "routes": []} for id_ in ("childline", "emergency-999")]
    rasa.messages = [{"type": "text", "text": "Ring 999 now."}, {"type": "helplines", "helplines": lines}]
    assert browse().say(EMERGENCY_TEXT)[0]["text"] != "Ring 999 now."


def test_deleting_is_final(browse, rasa) -> None:
    browser = browse(language="cy")
    browser.say("helo")
    assert browser.delete().status_code == 204
    assert rasa.forgotten == [rasa.received[0]["sender"]]
    again = (browser.delete(), browser.post(text="are you there?"), browser.post(action="request_help"))
    for response in again:
        assert response.status_code == 410
        assert response.json["type"].endswith("deleted-conversation")
        assert response.json["title"] == "Mae'r sgwrs hon wedi'i dileu"
        assert actions_of(response.json["messages"]) == []
    assert len(rasa.received) == 1


def test_deleting_does_not_wait_for_a_hanging_rasa(browse, rasa) -> None:
    browser = browse()
    rasa.mode = "hang"
    began = time.monotonic()
    assert browser.delete().status_code == 204
    assert time.monotonic() - began < 2
    assert browser.post(text="hi").status_code == 410


def test_the_bot_can_end_the_conversation(browse, rasa) -> None:
    browser = browse()
    rasa.messages = [{"type": "text", "text": "It is deleted."}, {"type": "profile", "ended": True}]
    assert browser.say("delete it") == [{"type": "text", "text": "It is deleted."}]
    assert len(rasa.forgotten) == 1
    assert browser.post(text="hi").status_code == 410


def test_an_expired_conversation_says_so_in_its_language(browse, monkeypatch) -> None:
    browser = browse(language="cy")
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + 7300)
    response = browser.post(text="helo")
    assert response.status_code == 410
    assert response.json["title"] == "Mae'r sgwrs hon wedi dod i ben"
    assert response.json["messages"]


def test_a_made_up_conversation_is_unknown(client) -> None:
    for response in (
        client.post("/api/conversations/made-up/messages", json={"text": "hi"}),
        client.delete("/api/conversations/made-up"),
    ):
        assert response.status_code == 404
        assert response.json["messages"]


def test_a_conversation_outlives_a_restart(make_app, browse) -> None:
    browser = browse(language="cy")
    browser.client = make_app().test_client()
    assert browser.say("helo")
