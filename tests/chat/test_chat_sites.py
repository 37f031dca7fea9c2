"""Sites: whose pages may start a conversation, what a site fills in, and what the widget gets of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chat.settings import BrokenSettings, Settings
from content.release import Release

SCHOOL, COUNCIL, STRANGER = "https://www.bryn.example", "https://council.example:8443", "https://stranger.example"
BRYN = {
    "key": "bryn",
    "name": "Ysgol Bryn",
    "origins": [SCHOOL, "http://localhost:3000"],
    "place": "swansea",
    "language": "cy",
    "audience": "parent_carer",
    "colours": {"deep": "#4b1560"},
    "exit_url": "https://www.metoffice.gov.uk",
    "keeps_conversation": True,
}
SITES = [
    BRYN,
    {"key": "council", "name": "Council", "origins": [COUNCIL]},
    {"key": "gone", "name": "Gone", "origins": [STRANGER], "is_open": False},
]


@pytest.fixture(autouse=True)
def sites(store) -> None:
    """The small release with three sites in it."""
    store.release = Release.from_snapshot(store.release.snapshot | {"sites": SITES}, number=8)


def start(client, origin: str | None, **body: Any):
    return client.post("/api/conversations", json=body, headers={"Origin": origin} if origin else {})


@pytest.mark.parametrize(
    ("site", "origin", "status"),
    [
        ("bryn", SCHOOL, 201),  # one of its own pages
        ("bryn", "http://localhost:3000", 201),
        ("bryn", COUNCIL, 403),  # a page of another site
        ("council", COUNCIL, 201),
        ("bryn", STRANGER, 403),
        ("bryn", f"{SCHOOL}.stranger.example", 403),
        ("bryn", "http://www.bryn.example", 403),
        ("bryn", "null", 403),  # a file, or a frame in a sandbox
        ("bryn", "", 403),
        ("gone", STRANGER, 403),  # a site that is closed
        ("nobody", SCHOOL, 403),
        (None, SCHOOL, 403),
        ("bryn", "http://localhost", 201),  # the chat server itself, as tests reach it
        ("nobody", "http://localhost", 201),
        (None, "https://localhost", 201),
        ("gone", None, 201),  # no browser
        (None, None, 201),
    ],
)
def test_who_may_start_a_conversation(client, site: str | None, origin: str | None, status: int) -> None:
    headers = {} if origin is None else {"Origin": origin}
    response = client.post("/api/conversations", json={"site": site}, headers=headers)
    assert response.status_code == status, response.text


@pytest.mark.parametrize(("language", "words"), [("en", "You did nothing wrong"), ("cy", "Wnest ti ddim byd o'i le")])
def test_a_page_of_nobodys_site_is_told_so_with_help(client, language: str, words: str) -> None:
    response = start(client, STRANGER, site="bryn", language=language)
    assert response.content_type == "application/problem+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"  # so that the page can show it
    assert response.json["type"] == "urn:lantern:problem:other-page"
    assert words in response.json["detail"]
    lines = [line["id"] for message in response.json["messages"] for line in message.get("helplines", [])]
    assert "childline" in lines


def test_the_preflight_of_any_page_is_answered(client) -> None:
    asked = {"Origin": STRANGER, "Access-Control-Request-Method": "POST"}
    assert client.options("/api/conversations", headers=asked).status_code == 200


def test_the_public_address_counts_as_ours(make_app) -> None:
    client = make_app(public_origin="https://lantern.example").test_client()
    assert start(client, "https://lantern.example").status_code == 201
    assert start(client, STRANGER).status_code == 403


def test_a_refused_page_starts_nothing(make_app) -> None:
    app = make_app()
    start(app.test_client(), STRANGER, site="bryn")
    assert not app.extensions["lantern.chat"].sessions._open


def test_a_site_fills_what_is_left_out(browse, rasa) -> None:
    browser = browse(site="bryn")
    assert browser.welcome[0]["text"].startswith("Helo")
    browser.say("helo")
    browser.press("show_topics")
    for received in rasa.received:
        metadata = received["metadata"]
        assert (metadata["language"], metadata["place"], metadata["nation"]) == ("cy", "swansea", "wales")
        assert (metadata["audience"], metadata["site"]) == ("parent_carer", "bryn")


def test_what_the_request_says_counts_more(browse, rasa) -> None:
    browse(site="bryn", language="en", nation="england", audience="young_person").say("hello")
    metadata = rasa.received[0]["metadata"]
    assert (metadata["language"], metadata["nation"], metadata["place"]) == ("en", "england", None)
    assert metadata["audience"] == "young_person"


def test_without_a_site_the_browsers_language_counts(client, browse, rasa) -> None:
    welsh = {"Accept-Language": "cy"}
    assert client.post("/api/conversations", json={}, headers=welsh).headers["Content-Language"] == "cy"
    council = client.post("/api/conversations", json={"site": "council"}, headers=welsh)
    assert council.headers["Content-Language"] == "en"
    browse(site="nobody").say("hello")
    assert rasa.received[0]["metadata"]["site"] is None


@pytest.mark.parametrize("key", ["Ysgol Bryn", "bryn-", "b" * 65, "", 7])
def test_what_can_be_no_key_is_a_problem_that_names_the_field(client, key: object) -> None:
    response = client.post("/api/conversations", json={"site": key})
    assert (response.status_code, response.json["fields"]) == (422, ["site"])


def test_the_widget_gets_what_its_site_wants_and_no_more(client) -> None:
    started = client.get("/widget/start.json?language=en&site=bryn").json
    wishes = ("language", "colours", "exit_url", "keeps_conversation")
    assert started["site"] == {name: BRYN[name] for name in wishes}
    assert started["language"] == "en"
    assert client.get("/widget/start.json?language=en&site=council").json["site"] == {
        "language": "en", "colours": {}, "exit_url": "", "keeps_conversation": False,
    }  # fmt: skip
    assert SCHOOL not in json.dumps(started)


@pytest.mark.parametrize("query", ["", "&site=", "&site=nobody", "&site=gone", "&site=%F0%9F%98%80"])
def test_no_site_or_a_closed_one_is_no_error_for_the_widget(client, query: str) -> None:
    response = client.get(f"/widget/start.json?language=cy{query}", headers={"Origin": STRANGER})
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "site" not in response.json
    assert response.json["helplines"]


def test_a_closed_site_is_known_as_soon_as_the_release_is(client, store) -> None:
    assert start(client, SCHOOL, site="bryn").status_code == 201
    closed = [BRYN | {"is_open": False}]
    store.release = Release.from_snapshot(store.release.snapshot | {"sites": closed}, number=9)
    assert start(client, SCHOOL, site="bryn").status_code == 403


@pytest.mark.parametrize(
    ("address", "origin"),
    [("", ""), ("https://lantern.example/", "https://lantern.example"), ("http://10.0.0.5:80/a", "http://10.0.0.5")],
)
def test_the_public_address_is_read_from_the_environment(address: str, origin: str) -> None:
    environ = {"LANTERN_SECRET_KEY": "long-enough-to-be-a-secret", "LANTERN_CHAT_URL": address}
    assert Settings.from_environment(environ).public_origin == origin


@pytest.mark.parametrize("address", ["lantern.example", "https://", "https://a b"])
def test_an_address_that_is_none_is_named(address: str) -> None:
    environ = {"LANTERN_SECRET_KEY": "long-enough-to-be-a-secret", "LANTERN_CHAT_URL": address}
    with pytest.raises(BrokenSettings, match="LANTERN_CHAT_URL"):
        Settings.from_environment(environ)
