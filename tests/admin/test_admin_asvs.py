"""What the OWASP standard asks of signing in that no other test shows; docs/security.md names these tests."""

from __future__ import annotations

import hashlib
import json
import logging
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from itsdangerous import BadSignature, TimestampSigner
from passlib.totp import TOTP
from sqlalchemy.orm import Session

import admin.account
from admin.app import create_app
from admin.database import ENGINE
from admin.models import Role, Staff
from admin.second_factor import TOTP_FACTORY, new_secret, renew_recovery_codes
from admin.settings import Settings
from admin.staff import add_staff, set_password, who_signs_in
from content.database import migrate
from content.settings import ROOT
from tests.admin.browsing import ANN, PASSWORD, Browser, Page, code_for, sign_in
from tests.admin.test_admin_attacks import copy_of
from tests.admin.test_admin_people import AUTHOR, NEW, SignIn, half_in, person

ANY_SIGNS = (
    "marmalade quickly orbits",
    "730264915802",
    "ŵyl y gŵydd ar lôn hir",
    "  spaces at both ends ",
    "!?;:%&/#+*<>'\"",
    "🐋🚲🌂🎻🧶🪁🧊🦔🥕🪵🛶🧭",
    "orbits of marmalade, and then a very slow 64 signs long sentence",
)


def is_out(browser: Browser) -> bool:
    answer = browser.client.get("/account")
    return answer.status_code == 302 and answer.location.startswith("/sign-in")


@pytest.mark.parametrize("password", ANY_SIGNS)
def test_a_password_may_be_of_any_signs_and_counts_as_it_is_typed(app: Flask, session: Session, password: str) -> None:
    with app.test_request_context():
        set_password(person(session, AUTHOR), password)
        session.commit()
        assert who_signs_in(AUTHOR, password) is not None
        for other in (password.swapcase(), password.strip(), f"{password} ", password[:-1]):
            assert other == password or who_signs_in(AUTHOR, other) is None


def test_a_password_counts_to_its_last_sign(app: Flask, session: Session) -> None:
    longest = "orbits of marmalade " * 12 + "and 16 more ones"
    with app.test_request_context():
        set_password(person(session, AUTHOR), longest)
        session.commit()
        assert len(longest) == 256
        assert who_signs_in(AUTHOR, longest) is not None
        assert who_signs_in(AUTHOR, f"{longest} and more") is None


def test_passwords_are_hidden_and_can_be_filled_in_by_a_program(ann: Browser, stranger: Browser) -> None:
    fields = [
        given
        for page in (stranger.open("/sign-in"), ann.open("/account/password"), ann.open("/account"))
        for tag, given in page.tags
        if tag == "input" and given["name"] in ("password", "again", "current")
    ]
    assert len(fields) == 5
    for given in fields:
        assert given["type"] == "password"
        assert given["autocomplete"] in ("current-password", "new-password")
        assert not {"maxlength", "pattern", "readonly"} & set(given)
    scripts = [path.read_text("utf-8") for path in (ROOT / "admin" / "static").rglob("*.js")]
    assert scripts
    assert not any("paste" in script for script in scripts)


def test_a_new_database_lets_nobody_in(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    migrate(url)
    app = create_app(Settings("only-for-tests-only-for-tests", url))
    with Session(app.extensions[ENGINE]) as session:
        assert session.query(Staff).count() == session.query(Role).count() == 0
    app.extensions[ENGINE].dispose()


def test_a_password_chosen_by_a_link_still_needs_the_code(app: Flask, ann: Browser, session: Session) -> None:
    page = ann.open(f"/people/{person(session, AUTHOR).id}")
    link = re.search(r"/choose-password/[\w-]+", ann.send(page, page.forms[1]).html)[0]
    browser = Browser(app)
    page = browser.send(browser.open(link), password=NEW, again=NEW)
    assert browser.send(page, email=AUTHOR, password=NEW).text_of("h1") == "Enter your code"
    assert is_out(browser)


def renew_app(app: Flask, ann: Browser) -> Page:
    """Another authenticator app, as its owner sets it up."""
    page = ann.send(ann.open("/account/second-factor"), current=PASSWORD)
    key = re.search(r"Key: ([A-Z2-7-]+)", page.words)[1].replace("-", "")
    return ann.send(page, code=str(TOTP(key=key).generate().token))


def renew_codes(app: Flask, ann: Browser) -> Page:
    page = ann.open("/account")
    form = next(form for form in page.forms if form.action == "/account/recovery-codes")
    return ann.send(page, form, current=PASSWORD)


@pytest.mark.parametrize("change", [renew_app, renew_codes])
def test_another_second_factor_ends_all_sessions_but_this(app: Flask, ann: Browser, change: Any) -> None:
    other, thief = sign_in(app, ANN, ahead=30), copy_of(ann.client, app)
    assert not is_out(other)
    assert change(app, ann).text_of("h1") == "Your recovery codes"
    assert is_out(other)
    assert is_out(thief)
    assert not is_out(ann)


def test_a_second_factor_that_is_turned_off_ends_their_sessions(
    ann: Browser, signed_in: SignIn, session: Session
) -> None:
    author = signed_in("author")
    page = ann.open(f"/people/{person(session, AUTHOR).id}")
    ann.send(page, page.forms[2])
    assert is_out(author)


def test_who_is_let_in_again_signs_in_anew(ann: Browser, signed_in: SignIn, session: Session) -> None:
    """So an administrator can end someone's sessions: off, and on again."""
    author, place = signed_in("author"), f"/people/{person(session, AUTHOR).id}"
    ann.send(ann.open(place), roles="author", active="yes")
    assert not is_out(author)
    ann.send(ann.open(place), roles="author", active="")
    ann.send(ann.open(place), roles="author", active="yes")
    assert is_out(author)


def test_a_first_second_factor_is_not_set_up_in_a_browser_that_was_left_open(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    person(session, AUTHOR).totp_secret = None
    session.commit()
    browser, _ = half_in(app, AUTHOR)
    assert "<svg" in browser.open("/account/second-factor").html
    later = admin.account.time.time() + admin.account.PROOF_SECONDS + 60
    monkeypatch.setattr(admin.account, "time", type("Clock", (), {"time": staticmethod(lambda: later)}))
    page = browser.open("/account/second-factor")
    assert "<svg" not in page.html
    assert "<svg" in browser.send(page, current=PASSWORD).html


def test_recovery_codes_can_not_be_guessed_from_their_hashes(app: Flask, session: Session) -> None:
    """A plain hash will do from 112 bits on; whatever no one may guess has 128."""
    with app.app_context():
        codes = renew_recovery_codes(person(session, AUTHOR))
    letters = [code.replace("-", "") for code in codes]
    assert len(set(letters)) == 10
    assert all(re.fullmatch("[a-z2-7]{26,}", code) for code in letters), codes


def test_what_names_someone_in_their_cookie_has_128_random_bits(app: Flask) -> None:
    with app.test_request_context():
        staff = [add_staff(f"{number}@example.org", []) for number in range(8)]
        names = [one.fs_uniquifier for one in staff]
        for one in staff:
            set_password(one, NEW)
            names.append(one.fs_uniquifier)
    assert len(set(names)) == 16
    assert {len(name) for name in names} == {32}
    assert {name[12] for name in names} != {"4"}, "a UUID has fixed signs in it"


def test_a_password_is_kept_as_argon2id_with_a_salt_of_its_own(session: Session) -> None:
    kept = [staff.password.split("$") for staff in session.query(Staff)]
    assert len({hashed[4] for hashed in kept}) == len(kept) > 1
    for _, kind, _, cost, *_ in kept:
        memory, times, _ = (int(part.split("=")[1]) for part in cost.split(","))
        assert (kind, memory >= 46 * 1024, times >= 3) == ("argon2id", True, True)


def test_the_secret_of_an_app_is_sealed_and_a_changed_one_lets_nobody_in(app: Flask, session: Session) -> None:
    staff, code = person(session, AUTHOR), code_for(app, AUTHOR)
    kept = json.loads(staff.totp_secret)
    assert kept["enckey"]["v"] == 2
    sealed = kept["enckey"]["k"]
    kept["enckey"]["k"] = ("A" if sealed[0] != "A" else "B") + sealed[1:]
    staff.totp_secret = json.dumps(kept)
    session.commit()
    browser, page = half_in(app, AUTHOR)
    assert "That is not the code" in browser.send(page, code=code).words


def test_a_secret_sealed_as_before_is_sealed_anew(app: Flask, session: Session) -> None:
    with app.app_context():
        secrets = {"1": app.extensions[TOTP_FACTORY]._totp.wallet.get_secret("1")}
        key = app.extensions[TOTP_FACTORY]._totp.from_source(new_secret()).key
    before = TOTP.using(issuer="Lantern", secrets=secrets)(key=key, format="raw")
    person(session, AUTHOR).totp_secret = before.to_json()
    session.commit()
    browser, page = half_in(app, AUTHOR)
    assert browser.send(page, code=str(before.generate().token)).path == "/"
    assert json.loads(person(session, AUTHOR).totp_secret)["enckey"]["v"] == 2


def test_the_cookie_is_signed_with_sha_256(app: Flask, stranger: Browser) -> None:
    stranger.open("/sign-in")
    cookie = stranger.client.get_cookie("staff")
    assert cookie is not None
    given = {"salt": "cookie-session", "key_derivation": "hmac"}
    assert TimestampSigner(app.secret_key, digest_method=hashlib.sha256, **given).unsign(cookie.value)
    with pytest.raises(BadSignature):
        TimestampSigner(app.secret_key, digest_method=hashlib.sha1, **given).unsign(cookie.value)


@pytest.mark.parametrize(
    ("path", "type_", "start"),
    [
        ("/", "text/html; charset=utf-8", b"<!DOCTYPE html>"),
        ("/nowhere", "text/html; charset=utf-8", b"<!DOCTYPE html>"),
        ("/healthz", "application/json", b"{"),
        ("/log/entries.csv", "text/csv; charset=utf-8", b"at,who"),
        ("/pictures/breathe.svg", "image/svg+xml; charset=utf-8", b"<svg"),
        ("/sheets?tables=texts&languages=en&state=newest&format=xlsx", "application/vnd.openxml", b"PK"),
    ],
)
def test_an_answer_says_what_it_is_and_is_that(ann: Browser, path: str, type_: str, start: bytes) -> None:
    answer = ann.client.get(path)
    assert answer.headers["Content-Type"].startswith(type_)
    assert answer.data.lstrip().startswith(start)


def test_a_form_takes_its_own_fields_alone(ann: Browser, session: Session) -> None:
    def kept() -> tuple[Any, ...]:
        staff = person(session, AUTHOR)
        return staff.email, staff.password, staff.totp_secret, staff.fs_uniquifier, staff.link_hash, staff.id

    before, place = kept(), f"/people/{person(session, AUTHOR).id}"
    more = dict.fromkeys(("password", "totp_secret", "fs_uniquifier", "link_hash"), "x" * 40) | {"id": "999"}
    ann.send(ann.open(place), roles="reviewer", active="yes", email="new@example.org", **more)
    assert [role.name for role in person(session, AUTHOR).roles] == ["reviewer"]
    assert kept() == before


def test_signing_out_is_on_every_page(ann: Browser) -> None:
    for path in ("/", "/topics", "/account", "/people", "/log", "/sheets", "/sites", "/releases"):
        assert ann.open(path).forms[-1].action == "/sign-out", path
    assert ann.open("/nowhere", status=404).forms[-1].action == "/sign-out"


def test_who_signs_in_and_what_is_refused_is_logged_by_number(
    app: Flask, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="lantern.admin")
    number, browser = person(session, AUTHOR).id, Browser(app)
    page = browser.open("/sign-in")
    browser.send(page, email="nobody@example.org", password="a guess at it")
    browser.send(page, email=AUTHOR, password="a guess at it")
    page = browser.send(page, email=AUTHOR, password=PASSWORD)
    browser.send(page, code="hello")
    browser.send(page, code=code_for(app, AUTHOR))
    browser.open("/people", status=403)
    browser.client.post("/account/password", data={"password": NEW})
    page = browser.open("/account/password")
    browser.send(page, current="a guess at it", password=NEW, again=NEW)
    browser.send(page, page.forms[-1])
    lines = [json.loads(record.message) for record in caplog.records if record.name == "lantern.admin"]
    assert [(line["event"], line["staff"], line.get("what")) for line in lines] == [
        ("sign_in_refused", None, "password"),
        ("sign_in_refused", number, "password"),
        ("password_right", number, None),
        ("sign_in_refused", number, "code"),
        ("signed_in", number, "code"),
        ("forbidden", number, "people.list_all"),
        ("form_refused", number, "account.change_password"),
        ("password_refused", number, None),
        ("signed_out", number, None),
    ]
    for private in ("a guess", PASSWORD, "@", "127.0.0.1"):
        assert private not in caplog.text


def test_too_many_tries_are_logged(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("admin.failures.MOST", 1)
    caplog.set_level(logging.INFO, logger="lantern.admin")
    browser = Browser(app)
    page = browser.open("/sign-in")
    browser.send(page, email=AUTHOR, password="a guess at it")
    browser.send(page, email=AUTHOR, password="a guess at it", status=429)
    assert json.loads(caplog.records[-1].message)["event"] == "too_many_tries"
