"""What someone tries who has a copied cookie, an open browser, or a list of passwords."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from admin import failures
from admin.app import create_app
from admin.database import ENGINE
from admin.models import Staff
from admin.passwords import is_easy
from admin.settings import BrokenSettings, Settings
from content.models import AuditEntry
from content.sheets.columns import guard, unguard
from tests.admin.browsing import ANN, PASSWORD, Browser, code_for

NEW = "a quite new password"


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that a test can reach."""
    monkeypatch.setattr(failures, "MOST", 3)
    monkeypatch.setattr(failures, "MOST_OF_ACCOUNT", 3)
    monkeypatch.setattr(failures, "MOST_FROM_ADDRESS", 3)


def copy_of(client: FlaskClient, app: Flask) -> Browser:
    """Another browser, with the cookie of this one."""
    thief = Browser(app)
    cookie = client.get_cookie("staff")
    assert cookie is not None
    thief.client.set_cookie("staff", cookie.value)
    return thief


def test_a_copied_cookie_is_worth_nothing_after_signing_out(app: Flask, ann: Browser) -> None:
    thief = copy_of(ann.client, app)
    assert thief.open("/").path == "/"
    page = ann.open("/")
    assert "Every other browser" in ann.send(page, page.forms[-1]).words
    assert thief.client.get("/").location.startswith("/sign-in")


def test_signing_out_is_not_in_the_log_of_changes(ann: Browser, session: Session) -> None:
    page, before = ann.open("/"), session.query(AuditEntry).count()
    ann.send(page, page.forms[-1])
    assert session.query(AuditEntry).count() == before


def test_the_password_is_changed_only_by_who_knows_it(app: Flask, ann: Browser, session: Session) -> None:
    before = session.query(Staff).filter_by(email=ANN).one().password
    for current in ("", "a guess at the password"):
        page = ann.send(ann.open("/account/password"), current=current, password=NEW, again=NEW)
        assert page.text_of("h1") == "Choose a password"
    assert "not your password" in page.words
    session.expire_all()
    assert session.query(Staff).filter_by(email=ANN).one().password == before


def test_an_open_browser_gives_no_new_second_factor_without_the_password(ann: Browser, session: Session) -> None:
    before = session.query(Staff).filter_by(email=ANN).one()
    secret, codes = before.totp_secret, before.recovery_codes
    page = ann.open("/account/second-factor")
    assert "<svg" not in page.html
    assert "not your password" in ann.send(page, current="a guess").words
    page = ann.open("/account")
    form = next(form for form in page.forms if form.action == "/account/recovery-codes")
    assert "not your password" in ann.send(page, form, current="a guess").words
    session.expire_all()
    now = session.query(Staff).filter_by(email=ANN).one()
    assert (now.totp_secret, now.recovery_codes) == (secret, codes)


def test_with_the_password_there_are_new_recovery_codes(ann: Browser) -> None:
    page = ann.open("/account")
    form = next(form for form in page.forms if form.action == "/account/recovery-codes")
    assert ann.send(page, form, current=PASSWORD).text_of("h1") == "Your recovery codes"


def test_with_the_password_another_app_can_be_set_up(ann: Browser) -> None:
    page = ann.send(ann.open("/account/second-factor"), current=PASSWORD)
    assert "<svg" in page.html


@pytest.mark.usefixtures("few")
def test_nobody_guesses_the_password_in_an_open_browser(ann: Browser) -> None:
    page = ann.open("/account/password")
    for _ in range(failures.MOST):
        ann.send(page, current="a guess", password=NEW, again=NEW)
    page = ann.send(page, current=PASSWORD, password=NEW, again=NEW, status=429)
    assert "too many tries" in page.words


def try_to_sign_in(app: Flask, email: str, address: str, password: str = "a guess at the password") -> int:
    browser = Browser(app)
    fields = browser.open("/sign-in").form.fields | {"email": email, "password": password}
    return browser.client.post("/sign-in", data=fields, environ_base={"REMOTE_ADDR": address}).status_code


@pytest.mark.usefixtures("few")
def test_one_account_is_not_guessed_at_from_everywhere(app: Flask) -> None:
    for number in range(3):
        assert try_to_sign_in(app, ANN, f"192.0.2.{number}") == 200
    assert try_to_sign_in(app, ANN, "192.0.2.99", PASSWORD) == 429
    assert try_to_sign_in(app, "admin@example.org", "192.0.2.99", PASSWORD) == 302


@pytest.mark.usefixtures("few")
def test_one_address_does_not_try_every_account(app: Flask) -> None:
    for number in range(3):
        assert try_to_sign_in(app, f"someone-{number}@example.org", "192.0.2.1") == 200
    assert try_to_sign_in(app, ANN, "192.0.2.1", PASSWORD) == 429
    assert try_to_sign_in(app, ANN, "192.0.2.2", PASSWORD) == 302


@pytest.mark.usefixtures("few")
def test_too_many_tries_are_refused_before_the_password_is_looked_at(
    app: Flask, stranger: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = stranger.open("/sign-in")
    for _ in range(failures.MOST):
        stranger.send(page, email=ANN, password="a guess")
    monkeypatch.setattr("admin.signing_in.who_signs_in", None)
    assert "too many tries" in stranger.send(page, email=ANN, password=PASSWORD, status=429).words


@pytest.mark.parametrize(("proxies", "address"), [(0, "127.0.0.1"), (1, "192.0.2.7")])
def test_only_a_known_web_server_says_who_asks(settings: Settings, proxies: int, address: str) -> None:
    """Else anyone could name another address at each try."""
    app, seen = create_app(replace(settings, trusted_proxies=proxies)), []
    app.before_request(lambda: seen.append(request.remote_addr))
    app.test_client().get("/static/admin.css", headers={"X-Forwarded-For": "203.0.113.1, 192.0.2.7"}).close()
    app.extensions[ENGINE].dispose()
    assert seen == [address]


@pytest.mark.parametrize("number", ["2147483648", "9" * 21, "9" * 5000, "-1", "1e3"])
@pytest.mark.parametrize(
    "path", ["/people/{}", "/releases/{}", "/releases/{}/files.zip", "/assessor/proposals/{}/change"]
)
def test_a_number_that_no_database_holds_is_not_there(ann: Browser, path: str, number: str) -> None:
    assert ann.client.get(path.format(number)).status_code == 404


@pytest.mark.parametrize("value", ["-1", "one", "6"])
def test_a_wrong_number_of_web_servers_is_said(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("LANTERN_ADMIN_PROXIES", value)
    monkeypatch.setenv("LANTERN_SECRET_KEY", "only-for-tests-only-for-tests")
    with pytest.raises(BrokenSettings, match="LANTERN_ADMIN_PROXIES"):
        Settings.from_environment()


@pytest.mark.parametrize(
    "easy",
    [
        "aaaaaaaaaaaaaaa",
        "abababababab",
        "123456789012",
        "1234567890123456",
        "qwertyuiop12",
        "abcdefghijklmnop",
        "password12345",
        "Password!2345",
        "passwordpassword",
        "lantern-lantern",
        "ann.example.2024",
        "p4$$w0rd2026!",
        "iloveyou12345",
        "1qaz2wsx3edc",
        "1q2w3e4r5t6y",
        "112233445566",
    ],
)
def test_a_password_that_is_tried_first_is_easy(easy: str) -> None:
    assert is_easy(easy, ANN)


@pytest.mark.parametrize(
    "good", [PASSWORD, "tri cheffyl glas ar y mynydd", "k3T!w9#zQp2$", "ŵŷâêîôûŵŷâêî", "my password is a long story"]
)
def test_words_that_do_not_belong_together_are_not(good: str) -> None:
    assert not is_easy(good, ANN)


def test_an_easy_password_is_refused_in_words(ann: Browser) -> None:
    page = ann.send(
        ann.open("/account/password"), current=PASSWORD, password="lantern-lantern", again="lantern-lantern"
    )
    assert "too easy to guess" in page.words


def test_a_code_is_not_good_in_two_browsers_at_once(app: Flask) -> None:
    code = code_for(app, ANN)
    pages = []
    for _ in range(2):
        browser = Browser(app)
        pages.append((browser, browser.send(browser.open("/sign-in"), email=ANN, password=PASSWORD)))
    assert [browser.send(page, code=code).path for browser, page in pages] == ["/", "/sign-in/code"]


@pytest.mark.parametrize("wanted", ["/x\r\nSet-Cookie: a=b", "/\t/example.org", "/x\u2028"])
def test_an_address_that_no_header_can_hold_leads_to_the_first_page(app: Flask, wanted: str) -> None:
    browser = Browser(app)
    page = browser.send(browser.open("/sign-in"), email=ANN, password=PASSWORD)
    fields = page.form.fields | {"code": code_for(app, ANN)}
    assert browser.client.post("/sign-in/code", query_string={"next": wanted}, data=fields).location == "/"


@pytest.mark.parametrize("host", ["example.org/x", "[", "a b", "x" * 300, "example.org:port"])
def test_a_host_that_is_none_is_a_bad_request(stranger: Browser, host: str) -> None:
    for path in ("/people", "/sign-in", "/nowhere", "/static/admin.css"):
        answer = stranger.client.get(path, headers={"Host": host})
        assert answer.status_code in (302, 400) or (answer.status_code == 200 and path != "/people")
        assert "example.org" not in (answer.location or "")
        answer.close()


class Unread(io.BytesIO):
    """A body that nobody may wait for."""

    def read(self, size: int | None = -1) -> bytes:
        raise AssertionError("was read")


def test_what_a_stranger_sends_to_import_is_not_read(stranger: Browser) -> None:
    """Files may be large, and a slow one would hold a thread for minutes."""
    answer = stranger.client.post(
        "/sheets/import",
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"wsgi.input": Unread(), "CONTENT_LENGTH": "5000000"},
    )
    assert answer.location.startswith("/sign-in")


@pytest.mark.parametrize("place", ["/pictures/breathe.svg", "/preview/pictures/breathe.svg"])
def test_a_drawing_that_is_opened_by_itself_may_do_nothing(ann: Browser, place: str) -> None:
    answer = ann.client.get(place)
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠", "'=", "''@"])
def test_no_cell_of_an_export_is_run_and_each_comes_back_as_it_was(start: str) -> None:
    text = f"{start}HYPERLINK(1)"
    assert guard(text)[0] == "'"
    assert unguard(guard(text)) == text
