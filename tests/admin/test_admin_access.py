"""Who gets in, and what every answer says to the browser."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from admin.app import create_app
from admin.database import ENGINE
from admin.failures import MOST
from admin.models import Staff
from admin.settings import Settings
from tests.admin.browsing import ANN, PASSWORD, WITHIN, Browser, code_for

OPEN_ROUTES = {"static", "health.get_healthz", "signing_in.sign_in", "signing_in.give_code", "links.choose_password"}


def test_every_route_asks_for_sign_in(app: Flask, stranger: Browser) -> None:
    for rule in app.url_map.iter_rules():
        if rule.endpoint in OPEN_ROUTES:
            continue
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: WITHIN[match[1]], rule.rule)
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            answer = stranger.client.open(path, method=method)
            assert answer.status_code == 302, f"{rule.endpoint} ({method} {rule.rule}) answers without sign-in"
            assert answer.location.startswith("/sign-in"), f"{rule.endpoint} ({method} {rule.rule})"


def test_what_does_not_exist_asks_for_sign_in_too(stranger: Browser) -> None:
    assert stranger.client.get("/nowhere").location == "/sign-in?next=/nowhere"


def test_health_and_style_need_no_sign_in(stranger: Browser) -> None:
    assert stranger.client.get("/healthz").json == {"status": "ok"}
    with stranger.client.get("/static/admin.css") as answer:
        assert answer.status_code == 200


def test_signing_in_leads_to_the_page_that_was_asked_for(app: Flask, stranger: Browser) -> None:
    page = stranger.open("/topics/grooming")
    assert page.text_of("h1") == "Sign in"
    page = stranger.send(page, email=ANN.upper(), password=PASSWORD)
    page = stranger.send(page, code=code_for(app, ANN))
    assert page.path == "/topics/grooming"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "/\\example.org", "javascript:1"])
def test_signing_in_leads_nowhere_else(app: Flask, stranger: Browser, elsewhere: str) -> None:
    page = stranger.open("/sign-in")
    page.path = f"/sign-in?next={elsewhere}"
    page = stranger.send(page, email=ANN, password=PASSWORD)
    fields = page.form.fields | {"code": code_for(app, ANN)}
    assert stranger.client.post(page.path, data=fields).location == "/"


def test_a_wrong_password_and_an_unknown_address_read_the_same(stranger: Browser) -> None:
    page = stranger.open("/sign-in")
    wrong = stranger.send(page, email=ANN, password="something else")
    unknown = stranger.send(page, email="bea@example.org", password=PASSWORD)
    assert "is not right" in wrong.words
    assert wrong.words == unknown.words
    assert wrong.form.fields["email"] == ANN
    assert "something else" not in wrong.html


def test_nobody_tries_passwords_without_end(stranger: Browser) -> None:
    page = stranger.open("/sign-in")
    for _ in range(MOST):
        stranger.send(page, email=ANN, password="a guess")
    refused = stranger.send(page, email=ANN, password=PASSWORD, status=429)
    assert "too many tries" in refused.words


def test_who_has_left_is_out_at_once(ann: Browser, session: Session) -> None:
    session.query(Staff).filter_by(email=ANN).one().active = False
    session.commit()
    page = ann.open("/topics")
    assert page.text_of("h1") == "Sign in"
    assert "is not right" in ann.send(page, email=ANN, password=PASSWORD).words


def test_signing_out(ann: Browser) -> None:
    page = ann.open("/")
    assert "You are signed out" in ann.send(page, page.forms[-1]).words
    assert ann.client.get("/").location.startswith("/sign-in")


@pytest.mark.parametrize("path", ["/sign-out", "/releases/publish", "/words/en/welcome"])
def test_a_form_from_elsewhere_is_refused(ann: Browser, path: str) -> None:
    answer = ann.client.post(path, data={"why": "no reason", "bubbles-0": "Not ours."})
    assert answer.status_code == 400
    assert "Nothing was saved" in answer.text
    assert ann.open("/").path == "/"


def test_there_is_no_way_in_by_token(stranger: Browser) -> None:
    assert stranger.client.get("/", headers={"Authentication-Token": "x"}).status_code == 302
    for path in ("/login", "/register", "/reset", "/verify", "/fs-static/js/webauthn.js"):
        assert stranger.client.get(path).location.startswith("/sign-in?"), path


def test_headers_allow_our_own_files_and_nothing_from_elsewhere(ann: Browser) -> None:
    for path in ("/", "/nowhere", "/static/admin.css"):
        with ann.client.get(path) as answer:
            headers = answer.headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "script-src 'self';" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "Strict-Transport-Security" not in headers
    assert ann.client.get("/").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("is_secure", [False, True])
def test_the_cookie_is_for_this_site_alone(settings: Settings, is_secure: bool) -> None:
    app = create_app(replace(settings, is_secure=is_secure))
    client = app.test_client()
    base = "https://admin.example.org" if is_secure else "http://admin.example.org"
    page = client.get("/sign-in", base_url=base)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
    answer = client.post(
        "/sign-in",
        data={"email": ANN, "password": PASSWORD, "csrf_token": token},
        base_url=base,
        headers={"Referer": f"{base}/sign-in"},
    )
    assert answer.status_code == 302
    cookies = answer.headers.getlist("Set-Cookie")
    assert len(cookies) == 1
    assert "HttpOnly" in cookies[0]
    assert "SameSite=Lax" in cookies[0]
    assert ("Secure" in cookies[0]) is is_secure
    assert cookies[0].startswith("__Host-staff=") is is_secure
    assert ("Strict-Transport-Security" in answer.headers) is is_secure
    app.extensions[ENGINE].dispose()


def test_a_session_ends(settings: Settings, app: Flask) -> None:
    assert app.permanent_session_lifetime.total_seconds() <= 12 * 3600
