import pytest

from chat.limits import OF_CONVERSATION

LIMITED = {"is_rate_limited": True}


def test_a_person_who_is_too_quick_gets_help_and_when_to_try_again(browse, rasa, store) -> None:
    browser = browse(settings=LIMITED)
    responses = [browser.post(text="hello") for _ in range(12)]
    limited = [response for response in responses if response.status_code == 429]
    assert limited
    assert responses[4].status_code == 200
    assert limited[0].mimetype == "application/problem+json"
    assert limited[0].json["type"].endswith("too-many")
    assert any(message["type"] == "helplines" for message in limited[0].json["messages"])
    assert 1 <= int(limited[0].headers["Retry-After"]) <= 60
    assert len(rasa.received) == 12 - len(limited)


def test_words_of_danger_count_for_a_limited_person_too(browse, store) -> None:
    browser = browse(settings=LIMITED)
    for _ in range(12):
        response = browser.post(text="I am in danger")
    assert response.status_code == 429
    assert response.json["messages"][0]["text"] == store.release.say("emergency", "en")[0]


def test_one_conversation_does_not_limit_another(make_app, browse) -> None:
    first = browse(settings=LIMITED)
    for _ in range(12):
        first.post(text="hello")
    token = first.client.post("/api/conversations").json["conversation"]
    answer = first.client.post(f"/api/conversations/{token}/messages", json={"text": "hello"})
    assert answer.status_code == 200


def test_a_minute_of_messages_is_limited(browse, monkeypatch) -> None:
    assert OF_CONVERSATION.startswith("30 per minute")
    monkeypatch.setattr("chat.limits.OF_CONVERSATION", "8 per minute")
    browser = browse(settings=LIMITED)
    statuses = [browser.post(text="hello").status_code for _ in range(10)]
    assert statuses == [200] * 8 + [429] * 2


@pytest.mark.parametrize(("limit", "path"), [("OF_NEW_CONVERSATIONS", "post"), ("OF_ADDRESS", "get")])
def test_an_address_is_limited(make_app, monkeypatch, limit, path) -> None:
    monkeypatch.setattr(f"chat.limits.{limit}", "3 per minute")
    client = make_app(**LIMITED).test_client()
    ask = {"post": lambda: client.post("/api/conversations"), "get": lambda: client.get("/api/helplines")}[path]
    statuses = [ask().status_code for _ in range(4)]
    assert statuses[-1] == 429
    assert 429 not in statuses[:3]


def test_a_whole_school_may_begin_at_once(make_app) -> None:
    client = make_app(**LIMITED).test_client()
    assert {client.post("/api/conversations").status_code for _ in range(200)} == {201}


def test_probes_are_never_limited(make_app, monkeypatch) -> None:
    monkeypatch.setattr("chat.limits.OF_ADDRESS", "1 per minute")
    client = make_app(**LIMITED).test_client()
    assert {client.get("/healthz").status_code for _ in range(5)} == {200}


def test_behind_a_trusted_proxy_people_are_told_apart(make_app, monkeypatch) -> None:
    monkeypatch.setattr("chat.limits.OF_ADDRESS", "1 per minute")

    def ask(client, address: str) -> int:
        return client.get("/api/helplines", headers={"X-Forwarded-For": address}).status_code

    trusting = make_app(**LIMITED, trusted_proxies=1).test_client()
    assert [ask(trusting, address) for address in ("192.0.2.1", "192.0.2.2", "192.0.2.1")] == [200, 200, 429]
    direct = make_app(**LIMITED).test_client()
    assert [ask(direct, address) for address in ("192.0.2.1", "192.0.2.2")] == [200, 429]


def test_limits_can_be_turned_off(browse) -> None:
    browser = browse(settings={"is_rate_limited": False})
    assert {browser.post(text="hello").status_code for _ in range(40)} == {200}
