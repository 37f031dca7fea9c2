"""Getting in as someone else: passwords, codes, links, sessions, and where signing in leads."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

import admin.second_factor
from admin import failures
from admin.models import Staff
from tests.admin.browsing import ANN, PASSWORD, Browser, Page, code_for, sign_in
from tests.admin.test_admin_permissions import pages
from tests.attack.conftest import Attack

SignIn = Callable[[str], Browser]
TIMED = 12  # sign-ins of each kind
LIKE = 1.6  # one kind may take so many times as long as the other
ELSEWHERE = (
    "https://example.org",
    "//example.org",
    "///example.org",
    "////example.org",
    "/\\example.org",
    "/\\/example.org",
    "\\\\example.org",
    "\\/example.org",
    "http:example.org",
    "https:/example.org",
    "https:///example.org",
    "javascript:1",
    "data:text/html,x",
    "/%09/example.org",
    "/\t/example.org",
    "/\n/example.org",
    "/%0a/example.org",
    "%2f%2fexample.org",
    "/%2fexample.org",
    "/%5cexample.org",
    "//example.org%2f..",
    "/.example.org",
    "//localhost@example.org",
    "http://localhost",
    "//localhost.example.org",
    "/sign-in?next=//example.org",
    " //example.org",
    "\u2028//example.org",
    "//\u3002example.org",
    "/x\r\nSet-Cookie: a=b",
    "/x\r\n\r\n<script>",
    "//[::1]",
    "/" * 2000 + "example.org",
    "\ufeff//example.org",
    "",
)


@pytest.fixture
def many_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    """For what is measured, not refused."""
    for name in ("MOST", "MOST_OF_ACCOUNT", "MOST_FROM_ADDRESS"):
        monkeypatch.setattr(failures, name, 10_000)


def half_in(app: Flask, email: str = ANN) -> tuple[Browser, Page]:
    browser = Browser(app)
    return browser, browser.send(browser.open("/sign-in"), email=email, password=PASSWORD)


def is_out(browser: Browser) -> bool:
    answer = browser.client.get("/")
    return answer.status_code == 302 and answer.location.startswith("/sign-in")


def person(session: Session, email: str) -> Staff:
    session.expire_all()
    return session.query(Staff).filter_by(email=email).one()


def attack_passwords(attack: Attack, app: Flask) -> None:
    """Passwords from a list, for one account and then for many."""
    browser = Browser(app)
    fields = browser.open("/sign-in").form.fields
    seen = [
        browser.client.post("/sign-in", data=fields | {"email": ANN, "password": f"guess {n}"}).status_code
        for n in range(30)
    ]
    attack.tries += 30
    attack.expect(seen == [200] * failures.MOST + [429] * (30 - failures.MOST), f"one account: {seen}")
    right = browser.client.post("/sign-in", data=fields | {"email": ANN.upper(), "password": PASSWORD}).status_code
    attack.expect(right == 429, "the same account with capital letters counts anew")
    spaced = browser.client.post("/sign-in", data=fields | {"email": f" {ANN} ", "password": PASSWORD}).status_code
    attack.expect(spaced == 429, "the same account with spaces counts anew")
    seen = [
        browser.client.post("/sign-in", data=fields | {"email": f"{n}@example.org", "password": "a guess"}).status_code
        for n in range(failures.MOST_FROM_ADDRESS)
    ]
    attack.tries += len(seen)
    attack.expect(seen.count(429) > 0, "one address may try every account")


@pytest.mark.usefixtures("many_tries")
def attack_who_is_there(attack: Attack, app: Flask, session: Session) -> None:
    """Which addresses have an account: by the answer, by its time, by a link, by being switched off."""
    browser = Browser(app)
    page = browser.open("/sign-in")
    took: dict[str, list[float]] = {"known": [], "unknown": []}
    words = set()
    for number in range(TIMED):
        for kind, email in (("known", ANN), ("unknown", f"nobody-{number}@example.org")):
            started = time.perf_counter()
            words.add(browser.send(page, email=email, password="a guess at it").words)
            took[kind].append(time.perf_counter() - started)
            attack.tries += 1
    person(session, "author@example.org").active = False
    session.commit()
    words.add(browser.send(page, email="author@example.org", password=PASSWORD).words)
    attack.expect(len(words) == 1, f"{len(words)} answers, there should be one")
    known, unknown = (statistics.median(took[kind]) for kind in ("known", "unknown"))
    attack.expect(1 / LIKE < known / unknown < LIKE, f"known takes {known:.3f} s, unknown {unknown:.3f} s")


def attack_sessions(attack: Attack, app: Flask, session: Session) -> None:
    """Cookies from before, copies of cookies, cookies made up."""
    browser = Browser(app)
    browser.open("/sign-in")
    before = browser.client.get_cookie("staff")
    assert before is not None
    attacker = Browser(app)
    attacker.client.set_cookie("staff", before.value)
    page = browser.send(browser.open("/sign-in"), email=ANN, password=PASSWORD)
    token = page.form.fields["csrf_token"]
    browser.send(page, code=code_for(app, ANN))
    after = browser.client.get_cookie("staff")
    assert after is not None
    attack.expect(after.value != before.value, "the cookie of before is the cookie of after")
    attack.expect(is_out(attacker), "a cookie planted before is signed in after")
    now = browser.open("/account").forms[-1].fields["csrf_token"]
    attack.expect(now != token, "the form token of before is good after")

    def copy(of: Browser) -> Browser:
        thief = Browser(app)
        cookie = of.client.get_cookie("staff")
        assert cookie is not None
        thief.client.set_cookie("staff", cookie.value)
        return thief

    thief = copy(browser)
    attack.expect(not is_out(thief), "a copy does not work, so the next lines show nothing")
    browser.send(
        browser.open("/account/password"), current=PASSWORD, password="a quite new one", again="a quite new one"
    )
    attack.expect(is_out(thief), "a copy works after the password was changed")
    thief = copy(browser)
    person(session, ANN).active = False
    session.commit()
    attack.expect(is_out(thief) and is_out(browser), "someone switched off is still in")
    other = sign_in(app, "author@example.org")
    thief = copy(other)
    page = other.open("/account")
    other.send(page, page.forms[-1])
    attack.expect(is_out(thief), "a copy works after signing out")
    for value in (
        "",
        "x",
        "e30.x.x",
        "eyJfdXNlcl9pZCI6IjEifQ.aaaaaa.bbbb",
        after.value[:-2],
        after.value + "x",
        "." * 4000,
    ):
        thief = Browser(app)
        thief.client.set_cookie("staff", value)
        attack.expect(is_out(thief), f"a cookie made up works: {value[:40]}")


def attack_where_it_leads(attack: Attack, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Signing in leads to no other site, whatever the address or the Host header says."""
    monkeypatch.setattr(admin.second_factor, "is_code_of", lambda *given: 1)
    for wanted in ELSEWHERE:
        browser = Browser(app)
        page = browser.open("/sign-in")
        for path in ("/sign-in", "/sign-in/code"):
            fields = page.form.fields | {"email": ANN, "password": PASSWORD, "code": "123456"}
            answer = browser.client.post(path, query_string={"next": wanted}, data=fields)
            where = answer.location or ""
            is_here = re.match(r"/(?![/\\])", where) and "\n" not in where and not re.match(r"/[\t ]*[/\\]", where)
            attack.expect(bool(is_here), f"next={wanted!r} leads to {where!r}")
            if answer.status_code == 302 and path == "/sign-in":
                page = browser.open(where)
    for host in ("example.org", "example.org:80", "localhost@example.org", "example.org/x", "a" * 300, "[", ""):
        answer = Browser(app).client.get("/people", headers={"Host": host, "X-Forwarded-Host": "example.org"})
        said = f"{answer.location} {answer.headers.get('Set-Cookie')}"
        attack.expect(
            "example.org" not in said and answer.status_code < 500, f"Host {host[:40]!r}: {answer.status_code} {said}"
        )


def attack_open_pages(attack: Attack, app: Flask) -> None:
    """Without signing in: every page and every form, with every way of saying who one is."""
    browser = Browser(app)
    fields = browser.open("/sign-in").form.fields
    for path, method, _ in pages(app):
        for headers in (
            {},
            {"X-Forwarded-User": ANN},
            {"Authorization": "Basic YW5uQGV4YW1wbGUub3JnOng="},
            {"Authentication-Token": "x"},
        ):
            answer = browser.client.open(
                path, method=method, headers=headers, data=fields if method == "POST" else None
            )
            attack.expect(answer.status_code in (302, 401), f"{method} {path}: {answer.status_code}")
            answer.close()
        answer = browser.client.open(
            path, method=method, headers={"X-HTTP-Method-Override": "GET", "X-Original-URL": "/healthz"}
        )
        attack.expect(answer.status_code in (302, 400, 401), f"{method} {path} by another header: {answer.status_code}")
        answer.close()
