"""/chat: what the server says of it. What it looks like is in tests/browser/embed/."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from content.sites import Site

SCHOOL = Site("school", "School", origins=("https://school.example", "https://vle.school.example"), language="cy")
SHUT = Site("shut", "Shut", origins=("https://shut.example",), is_open=False)


@pytest.fixture(autouse=True)
def sites(store: Any) -> None:
    store.release = replace(store.release, sites={"school": SCHOOL, "shut": SHUT})


def policy(client: FlaskClient, address: str) -> dict[str, str]:
    header = client.get(address).headers["Content-Security-Policy"]
    return {name: value for name, _, value in (part.partition(" ") for part in header.split("; "))}


@pytest.mark.parametrize(
    ("address", "ancestors"),
    [
        ("/chat?site=school", "https://school.example https://vle.school.example"),
        ("/chat", "'none'"),
        ("/chat?site=shut", "*"),  # only names and numbers
        ("/chat?site=nobody", "*"),
    ],
)
def test_who_may_frame_it(client: FlaskClient, address: str, ancestors: str) -> None:
    assert policy(client, address)["frame-ancestors"] == ancestors
    assert "X-Frame-Options" not in client.get(address).headers


def test_it_may_load_only_what_is_ours(client: FlaskClient) -> None:
    allowed = policy(client, "/chat?site=school")
    assert allowed.pop("default-src") == allowed.pop("base-uri") == allowed.pop("form-action") == "'none'"
    allowed.pop("frame-ancestors")
    assert set(allowed.values()) == {"'self'"}
    assert "script-src" not in policy(client, "/chat?site=shut")


@pytest.mark.parametrize(
    ("address", "status", "language"),
    [
        ("/chat", 200, "en"),
        ("/chat?language=cy", 200, "cy"),
        ("/chat?language=fr", 200, "en"),
        ("/chat?site=school", 200, "cy"),
        ("/chat?site=school&language=en", 200, "en"),
        ("/chat?site=shut", 404, "en"),
        ("/chat?site=nobody&language=cy", 404, "cy"),
        ("/chat?site=", 404, "en"),
    ],
)
def test_it_is_in_a_language_and_names_who_can_help(
    client: FlaskClient, address: str, status: int, language: str
) -> None:
    page = client.get(address)
    assert page.status_code == status
    assert f'<html lang="{language}">' in page.text
    for href in ("tel:999", "tel:08001111", "sms:85258"):
        assert f'href="{href}"' in page.text
    assert ("<script" in page.text) is (status == 200)
    assert "Set-Cookie" not in page.headers


def test_words_of_an_address_do_not_become_part_of_the_page(client: FlaskClient) -> None:
    for address in ('/chat?site="><b>trap&language="><b>trap', '/chat?language="><b>trap'):
        assert "<b>" not in client.get(address).text


def test_language_and_way_out_need_no_javascript(client: FlaskClient) -> None:
    page = client.get("/chat?site=school").text
    assert 'href="?language=en&amp;site=school"' in page
    assert 'href="https://www.bbc.co.uk/weather" target="_top" rel="noreferrer"' in page
    assert 'href="?language=cy&amp;site=shut"' in client.get("/chat?site=shut&language=en").text


def test_a_release_of_before_its_words_still_names_who_can_help(client: FlaskClient, store: Any) -> None:
    bare = {language: {} for language in store.release.system}
    store.release = replace(store.release, system=bare)
    for address in ("/chat?site=school", "/chat?site=nobody"):
        assert 'href="tel:08001111"' in client.get(address).text
