"""Second factor, passwords and links, roles."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from passlib.totp import TOTP
from sqlalchemy.orm import Session

import admin.security
from admin.models import Staff
from content.models.base import utc_now
from tests.admin.browsing import ANN, PASSWORD, Browser, code_for, sign_in

SignIn = Callable[[str], Browser]
AUTHOR, NEW = "author@example.org", "a quite new password"


def person(session: Session, email: str) -> Staff:
    session.expire_all()
    return session.query(Staff).filter_by(email=email).one()


def half_in(app: Flask, email: str = ANN) -> tuple[Browser, object]:
    browser = Browser(app)
    return browser, browser.send(browser.open("/sign-in"), email=email, password=PASSWORD)


def test_a_password_alone_opens_nothing(app: Flask) -> None:
    browser, page = half_in(app)
    assert page.text_of("h1") == "Enter your code"
    assert browser.client.get("/").location.startswith("/sign-in")


def test_a_code_is_good_once(app: Flask) -> None:
    code = code_for(app, ANN)
    first, page = half_in(app)
    assert first.send(page, code=code).path == "/"
    second, page = half_in(app)
    assert "not the code" in second.send(page, code=code).words
    assert sign_in(app, ANN, ahead=30)


@pytest.mark.parametrize("code", ["000000", "", "hello", "a" * 33])
def test_a_wrong_code_is_refused(app: Flask, code: str) -> None:
    browser, page = half_in(app)
    assert browser.send(page, code=code).text_of("h1") == "Enter your code"
    assert browser.client.get("/").location.startswith("/sign-in")


def test_nobody_tries_codes_without_end(app: Flask) -> None:
    browser, page = half_in(app)
    for _ in range(10):
        browser.send(page, code="123456")
    assert "too many tries" in browser.send(page, code=code_for(app, ANN), status=429).words


def test_a_publisher_without_a_second_factor_sets_one_up_first(app: Flask, session: Session) -> None:
    person(session, "publisher@example.org").totp_secret = None
    session.commit()
    browser, page = half_in(app, "publisher@example.org")
    assert page.path == "/account/second-factor"
    key = re.search(r"Key: ([A-Z2-7-]+)", page.words)
    assert key
    assert "<svg" in page.html
    app_on_phone = TOTP(key=key[1].replace("-", ""))
    page = browser.send(page, code=str(app_on_phone.generate().token))
    assert page.text_of("h1") == "Your recovery codes"
    codes = re.findall(r"\b(?:[a-z2-7]{4}-){6}[a-z2-7]{4}\b", page.words)
    assert len(codes) == 10
    assert browser.open("/releases/publish").text_of("h1") == "Publish"
    again, page = half_in(app, "publisher@example.org")
    assert again.send(page, code=codes[0].upper()).path == "/"
    third, page = half_in(app, "publisher@example.org")
    assert "not the code" in third.send(page, code=codes[0]).words
    assert codes[1] not in str(person(session, "publisher@example.org").recovery_codes)


def test_an_author_may_do_without(app: Flask, session: Session) -> None:
    person(session, AUTHOR).totp_secret = None
    session.commit()
    _, page = half_in(app, AUTHOR)
    assert page.path == "/"


def test_someone_new_chooses_a_password_by_a_link_that_works_once(app: Flask, ann: Browser, stranger: Browser) -> None:
    page = ann.send(ann.open("/people/new"), email="Cai@Example.org", roles="author")
    link = re.search(r"/choose-password/[\w-]+", page.html)[0]
    page = stranger.open(link)
    assert "The two passwords are not the same" in stranger.send(page, password=NEW, again="another").words
    assert "12 to 256 characters" in stranger.send(page, password="short", again="short").words
    page = stranger.send(page, password=NEW, again=NEW)
    assert "You can sign in with it now" in page.words
    assert stranger.send(page, email="cai@example.org", password=NEW).path == "/"
    assert "no longer good" in Browser(app).open(link, status=410).words


def test_a_link_ends(ann: Browser, stranger: Browser, session: Session) -> None:
    page = ann.open("/people/1")
    link = re.search(r"/choose-password/[\w-]+", ann.send(page, page.forms[1]).html)[0]
    person(session, ANN).link_until = utc_now() - timedelta(seconds=1)
    session.commit()
    stranger.open(link, status=410)


def test_a_new_password_ends_all_sessions_but_this(app: Flask, ann: Browser) -> None:
    other = sign_in(app, ANN, ahead=30)
    page = ann.send(ann.open("/account/password"), current=PASSWORD, password=NEW, again=NEW)
    assert "Your password is changed" in page.words
    assert ann.open("/").path == "/"
    assert other.client.get("/").location.startswith("/sign-in")


def test_roles_are_given_and_taken(ann: Browser, signed_in: SignIn, session: Session) -> None:
    author = signed_in("author")
    author.open("/releases/publish", status=403)
    place = f"/people/{person(session, AUTHOR).id}"
    ann.send(ann.open(place), roles="publisher", active="yes")
    assert author.open("/releases/publish").text_of("h1") == "Publish"
    ann.send(ann.open(place), roles="author", active="")
    assert author.client.get("/").location.startswith("/sign-in")


def test_the_last_administrator_stays(ann: Browser, session: Session) -> None:
    other = person(session, "admin@example.org")
    ann.send(ann.open(f"/people/{other.id}"), roles="author", active="yes")
    page = ann.send(ann.open(f"/people/{person(session, ANN).id}"), roles="author", active="yes")
    assert "Make someone else an administrator first" in page.words
    assert [role.name for role in person(session, ANN).roles] == ["admin"]


def test_an_administrator_turns_a_lost_second_factor_off(app: Flask, ann: Browser, session: Session) -> None:
    page = ann.open(f"/people/{person(session, AUTHOR).id}")
    assert "Their second factor is off" in ann.send(page, page.forms[2]).words
    _, page = half_in(app, AUTHOR)
    assert page.path == "/"


@pytest.mark.parametrize("wait", [admin.security.AWAY, admin.security.A_WORKING_DAY])
def test_a_session_that_is_left_alone_ends(ann: Browser, monkeypatch: pytest.MonkeyPatch, wait: timedelta) -> None:
    ann.open("/")
    now = admin.security.time.time
    later = now() + wait.total_seconds() + 60

    class Clock:
        time = staticmethod(lambda: later)

    monkeypatch.setattr(admin.security, "time", Clock)
    assert ann.client.get("/").location.startswith("/sign-in")
