import io
import json
from typing import Any

import pytest

from chat.problems import STATUS_OF_PROBLEM


def check_problem(response: Any, status: int, name: str) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.mimetype == "application/problem+json"
    problem = response.json
    assert problem["status"] == status
    assert problem["type"] == f"urn:lantern:problem:{name}"
    assert problem["title"]
    assert problem["detail"]
    return problem


def check_help(problem: dict[str, Any]) -> None:
    assert any(message["type"] == "helplines" and message["helplines"] for message in problem["messages"])


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("name", STATUS_OF_PROBLEM)
def test_every_problem_has_words_in_both_languages(store, name, language) -> None:
    for part in ("title", "detail"):
        assert store.release.has_words(f"error.{name}.{part}", language)


@pytest.mark.parametrize(
    ("body", "mimetype", "status", "name"),
    [
        (b"{", "application/json", 400, "broken-json"),
        (b"", "application/json", 400, "broken-json"),
        (b"\xff", "application/json", 400, "broken-json"),
        (b'"text"', "application/json", 400, "broken-json"),
        (b'"{\\"text\\": \\"hi\\"}"', "application/json", 400, "broken-json"),
        (b"[" * 60_000, "application/json", 400, "broken-json"),
        (b'{"text": "hi"}', "text/plain", 415, "not-json"),
        (b"text=hi", "application/x-www-form-urlencoded", 415, "not-json"),
        (b"{}", "application/json", 422, "text-or-action"),
        (b'{"text": "a", "action": "request_help"}', "application/json", 422, "text-or-action"),
        (b'{"text": 5}', "application/json", 422, "unknown-value"),
        (b'{"action": {"a": 1}}', "application/json", 422, "unknown-value"),
        (b'{"action": "\\ud800"}', "application/json", 422, "unknown-button"),
        (b'{"text": ""}', "application/json", 422, "empty-message"),
        (b'{"text": " \\u0007\\u200b\\ufe0f\\n"}', "application/json", 422, "empty-message"),
        (b'{"text": "%s"}' % (b"a" * 4_001), "application/json", 422, "long-message"),
        (b'{"text": "%s"}' % (b"a" * 66_000), "application/json", 413, "too-large"),
    ],
)
def test_what_cannot_be_read_is_a_problem_with_help(browse, rasa, body, mimetype, status, name) -> None:
    browser = browse()
    response = browser.client.post(f"/api/conversations/{browser.token}/messages", data=body, content_type=mimetype)
    check_help(check_problem(response, status, name))
    assert rasa.received == []


def test_the_buttons_of_a_problem_work_in_its_conversation(browse, rasa) -> None:
    browser = browse()
    problem = check_problem(browser.post(text=" "), 422, "empty-message")
    for message in problem["messages"]:
        for button in message.get("buttons", []):
            browser.press(button["action"])
    assert rasa.received


@pytest.mark.parametrize("language", ["en", "cy"])
def test_words_of_danger_count_in_a_message_that_is_too_long(browse, store, language) -> None:
    browser = browse(language=language)
    ramble = "and then another thing happened " * 200
    for text in (ramble + "I am in danger", "I am in danger " + ramble):
        problem = check_problem(browser.post(text=text), 422, "long-message")
        assert problem["messages"][0]["text"] == store.release.say("emergency", language)[0]
        assert [line["id"] for line in problem["messages"][2]["helplines"]] == ["emergency-999"]


def test_words_of_danger_count_in_a_conversation_that_is_over(browse, store) -> None:
    browser = browse()
    browser.delete()
    problem = check_problem(browser.post(text="I am in danger"), 410, "deleted-conversation")
    assert problem["messages"][0]["text"] == store.release.say("emergency", "en")[0]


def test_four_thousand_characters_are_answered(browse, rasa) -> None:
    text = ("word " * 800).strip() + "."
    assert browse().say(text)
    assert rasa.received[0]["text"] == text
    assert 3_990 < len(text) <= 4_000


@pytest.mark.parametrize(
    ("method", "path", "status", "name"),
    [
        ("GET", "/nothing/here", 404, "not-found"),
        ("GET", "/api/nothing", 404, "not-found"),
        ("PUT", "/api/conversations", 405, "wrong-method"),
        ("GET", "/api/conversations", 405, "wrong-method"),
        ("DELETE", "/api/helplines", 405, "wrong-method"),
        ("POST", "/healthz", 405, "wrong-method"),
        ("BREW", "/api/helplines", 405, "wrong-method"),
    ],
)
def test_wrong_addresses_and_methods_are_problems(client, method, path, status, name) -> None:
    response = client.open(path, method=method)
    problem = check_problem(response, status, name)
    assert ("Allow" in response.headers) == (status == 405)
    if path.startswith("/api/"):
        check_help(problem)


def test_a_problem_speaks_the_language_asked_for(client) -> None:
    response = client.post("/api/conversations", json={"language": "cy", "nation": "mars"})
    assert response.json["title"] == "Dydy'r dewis hwnnw ddim ar gael"
    assert response.headers["Content-Language"] == "cy"
    response = client.get("/api/nothing", headers={"Accept-Language": "cy"})
    assert response.json["title"] == "Does dim byd yma"


def test_a_problem_never_repeats_what_was_sent(client) -> None:
    response = client.post("/api/conversations", json={"nation": "Llanfair-secret"})
    assert "secret" not in json.dumps(response.json)


def test_a_fault_elsewhere_is_a_problem_with_help_and_no_details(client, monkeypatch) -> None:
    monkeypatch.setattr("chat.helplines.offer", lambda *_, **__: 1 / 0)
    response = client.get("/api/helplines")
    check_help(check_problem(response, 500, "unexpected"))
    assert "Zero" not in response.text


def test_a_release_without_the_words_still_answers(client, store) -> None:
    for words in store.release.system.values():
        for key in [key for key in words if key.startswith("error.")]:
            del words[key]
    response = client.get("/api/conversations")
    assert response.status_code == 405
    assert response.json["title"] == "Method Not Allowed"


class BrokenBody(io.RawIOBase):
    """What gunicorn gives for chunks that are none."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        raise ValueError


def test_a_body_that_does_not_come_is_a_bad_request(client) -> None:
    response = client.post(
        "/api/conversations",
        content_type="application/json",
        environ_overrides={"wsgi.input": BrokenBody(), "wsgi.input_terminated": True},
    )
    assert response.status_code == 400
    assert response.json["messages"]


def test_a_streamed_body_that_never_ends_is_cut_off(browse, rasa) -> None:
    browser = browse()
    stream = io.BytesIO(b'{"text": "' + b"a" * 200_000)
    response = browser.client.post(
        f"/api/conversations/{browser.token}/messages",
        input_stream=stream,
        content_type="application/json",
        environ_overrides={"wsgi.input_terminated": True},
    )
    check_help(check_problem(response, 413, "too-large"))
