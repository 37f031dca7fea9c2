import pytest


def ids(client, query: str = "") -> list[str]:
    response = client.get(f"/api/helplines{query}")
    assert response.status_code == 200
    assert set(response.json) == {"helplines"}
    return [line["id"] for line in response.json["helplines"]]


def test_without_a_need_someone_to_talk_to(client) -> None:
    assert ids(client) == ["childline", "shout"]


def test_the_gates_of_the_chat_hold_here(client) -> None:
    assert ids(client, "?need=missing&age_band=18_plus") == ["shout", "samaritans"]
    assert ids(client, "?need=immediate_danger")[0] == "emergency-999"
    assert ids(client, "?channel=text") == ["shout"]


def test_a_helpline_is_described_in_the_language(client) -> None:
    (line, *_) = client.get("/api/helplines?language=cy").json["helplines"]
    assert line["what_for"] == "what_for yn Gymraeg"
    assert line["routes"] == [{"channel": "phone", "label": "0800 1111", "href": "tel:08001111"}]
    assert line["open_now"] is True


@pytest.mark.parametrize("name", ["need", "nation", "age_band", "channel", "language"])
@pytest.mark.parametrize("value", ["nonsense", "", "%00"])
def test_an_unknown_value_is_named(client, name, value) -> None:
    response = client.get(f"/api/helplines?{name}={value}")
    assert response.status_code == 422
    assert response.json["fields"] == [name]
    assert response.json["messages"]


def test_an_answer_is_never_kept_by_a_browser(client) -> None:
    assert client.get("/api/helplines").headers["Cache-Control"] == "no-store"
