"""Commands for who has lost a phone or a password, and the demo."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from passlib.totp import TOTP
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from admin.__main__ import cli
from admin.app import create_app
from admin.database import ENGINE
from admin.models import ROLES, Staff, staff_roles
from admin.settings import Settings
from content import publishing, reading
from content.models import AuditEntry, Helpline, Revision
from content.models.workflow import STAGES
from tests.admin.browsing import ANN, PASSWORD, Browser

Run = Callable[..., Result]
KEY = "only-for-tests-only-for-tests"
NEW = "a quite new password"


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command, on a database of its own."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("LANTERN_SECRET_KEY", KEY)
    monkeypatch.delenv("LANTERN_ADMIN_URL", raising=False)
    return lambda *arguments: CliRunner().invoke(cli, list(arguments))


def staff_named(session: Session, email: str) -> Staff:
    session.expire_all()
    return session.scalars(select(Staff).where(Staff.email == email)).one()


def last_entry(session: Session) -> AuditEntry:
    session.expire_all()
    return session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()


def test_a_lost_second_factor_is_turned_off(run: Run, app: Flask, session: Session) -> None:
    result = run("reset-second-factor", "PUBLISHER@example.org")
    assert result.exit_code == 0, result.output
    assert "The second factor of publisher@example.org is off" in result.output
    assert "set up a new one" in result.output
    assert "set up a new one" not in run("reset-second-factor", "author@example.org").output
    publisher = staff_named(session, "publisher@example.org")
    assert (publisher.totp_secret, publisher.totp_step, publisher.recovery_codes) == (None, None, [])
    assert staff_named(session, ANN).totp_secret
    assert last_entry(session).who == "the command line"
    browser = Browser(app)
    page = browser.send(browser.open("/sign-in"), email="publisher@example.org", password=PASSWORD)
    assert page.path == "/account/second-factor"


def test_a_link_for_a_new_password_works_once(run: Run, stranger: Browser, session: Session) -> None:
    result = run("reset-password", "Author@Example.org", "--address", "https://staff.example.org/lantern/")
    assert result.exit_code == 0, result.output
    path = re.search(r"^https://staff\.example\.org/lantern(/choose-password/[\w-]+)$", result.output, re.MULTILINE)[1]
    assert "good once, for 2 days" in result.output
    entry = last_entry(session)
    assert entry.who == "the command line"
    assert path.rpartition("/")[2] not in str(entry.after)
    page = stranger.send(stranger.open(path), password=NEW, again=NEW)
    assert "You can sign in with it now" in page.words
    stranger.open(path, status=410)


def test_the_address_can_come_from_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANTERN_ADMIN_URL", "http://localhost:8001")
    assert "http://localhost:8001/choose-password/" in run("reset-password", ANN).output


@pytest.mark.parametrize("address", ["", "staff.example.org", "ftp://staff.example.org", "https://", "https://a/?b=c"])
def test_an_address_that_leads_nowhere_makes_no_link(run: Run, session: Session, address: str) -> None:
    result = run("reset-password", ANN, "--address", address)
    assert result.exit_code == 1
    assert "LANTERN_ADMIN_URL" in result.output
    assert staff_named(session, ANN).link_hash is None


def test_without_an_address_it_says_where_to_set_it(run: Run, session: Session) -> None:
    result = run("reset-password", ANN)
    assert result.exit_code == 2
    assert "--address" in result.output
    assert staff_named(session, ANN).link_hash is None


def test_who_is_kept_out_gets_no_link(run: Run, session: Session) -> None:
    staff_named(session, "author@example.org").active = False
    session.commit()
    result = run("reset-password", "author@example.org", "--address", "https://staff.example.org")
    assert result.exit_code == 1
    assert "may not sign in" in result.output
    assert staff_named(session, "author@example.org").link_hash is None


@pytest.mark.parametrize(
    "command", [("reset-second-factor",), ("reset-password", "--address", "https://staff.example.org")]
)
@pytest.mark.parametrize(
    ("email", "why"), [("nobody@example.org", "There is nobody with the address"), ("ann", "not an email address")]
)
def test_an_unknown_address_is_said_in_words(run: Run, command: tuple[str, ...], email: str, why: str) -> None:
    result = run(*command, email)
    assert result.exit_code == 1
    assert why in result.output


def test_a_database_that_is_not_there_yet_is_said_in_words(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    for command in (("reset-second-factor", ANN), ("seed-demo",)):
        result = run(*command)
        assert result.exit_code == 1
        assert "Run: make content" in result.output


@pytest.fixture
def nobody(session: Session) -> None:
    """A database in which nobody can sign in."""
    session.execute(delete(staff_roles))
    session.execute(delete(Staff))
    session.commit()


@pytest.fixture
def demo(run: Run, nobody: None) -> Result:
    result = run("seed-demo")
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture
def demo_app(demo: Result, database_url: str) -> Iterator[Flask]:
    app = create_app(Settings(KEY, database_url))
    yield app
    app.extensions[ENGINE].dispose()


def test_each_role_of_the_demo_signs_in(demo: Result, demo_app: Flask) -> None:
    password = re.search(r"Password of all of them, shown this once: (\S+)", demo.output)[1]
    for role in ROLES:
        email = f"{role.replace('_', '-')}@demo.example"
        key = re.search(rf"^{email}(?: +key for the authenticator app: (\S+))?$", demo.output, re.MULTILINE)[1]
        browser = Browser(demo_app)
        page = browser.send(browser.open("/sign-in"), email=email, password=password)
        assert (key is None) is (role in ("author", "reviewer"))
        if key:
            page = browser.send(page, code=str(TOTP(key=key.replace("-", "")).generate().token))
        assert page.path == "/"
        for path in ("/topics", "/helplines", "/releases"):
            browser.open(path)


def test_the_demo_has_content_in_every_stage(demo: Result, session: Session) -> None:
    ours = session.scalars(select(Revision).where(Revision.author == "author@demo.example")).all()
    assert {text.stage for text in ours} == set(STAGES)
    by_stage = {text.stage: text for text in ours}
    assert by_stage["changes_requested"].comments[0]["who"] == "reviewer@demo.example"
    assert by_stage["approved"].approvals == [{"who": "reviewer@demo.example", "as": "reviewer"}]
    scheduled = [text for text in ours if text.starts_on]
    assert [text.stage for text in scheduled] == ["published"]
    assert date.today() < scheduled[0].starts_on < scheduled[0].ends_on
    release = publishing.latest(session)
    assert release.number == 2
    live = {tuple(text["bubbles"]) for text in release.snapshot["variants"]}
    assert {tuple(text.body) in live for text in ours if text.stage == "published"} == {True}
    assert {tuple(text.body) in live for text in ours if text.stage != "published"} == {False}
    frank = session.get(Helpline, "frank")
    assert reading.check_state_of(frank, date.today()) == "overdue"
    assert frank.draft is None


def test_the_log_names_who_did_what_in_the_demo(demo: Result, session: Session) -> None:
    entries = session.scalars(select(AuditEntry).where(AuditEntry.kind != "staff")).all()
    assert {entry.who for entry in entries} == {
        f"{name}@demo.example" for name in ("author", "reviewer", "publisher", "safeguarding-lead")
    }
    for entry in entries:
        approvals = entry.after.get("approvals")
        if approvals:
            assert entry.who == approvals[-1]["who"]


def everyone(session: Session) -> list[tuple[str, str]]:
    session.expire_all()
    return [(staff.email, staff.password) for staff in session.scalars(select(Staff).order_by(Staff.id))]


def test_the_demo_stays_away_from_real_people(run: Run, session: Session) -> None:
    before = everyone(session)
    result = run("seed-demo")
    assert result.exit_code == 1
    assert f"Real people sign in here, such as {ANN}" in result.output
    assert everyone(session) == before
    assert publishing.latest(session).number == 1


def test_someone_who_is_kept_out_is_no_obstacle(run: Run, session: Session) -> None:
    for staff in session.scalars(select(Staff)):
        staff.active = False
    session.commit()
    assert run("seed-demo").exit_code == 0


def test_a_second_demo_changes_nothing(run: Run, demo: Result, session: Session) -> None:
    before = everyone(session)
    result = run("seed-demo")
    assert result.exit_code == 1
    assert "The demo is here already. Nothing was changed." in result.output
    assert everyone(session) == before
    assert publishing.latest(session).number == 2


def test_a_demo_that_fails_leaves_nothing(run: Run, nobody: None, session: Session) -> None:
    session.delete(session.get(Helpline, "frank"))
    session.commit()
    result = run("seed-demo")
    assert result.exit_code == 1
    assert "the helpline frank, which is not in this database" in result.output
    assert everyone(session) == []
    assert session.scalars(select(Revision).where(Revision.author.endswith("@demo.example"))).all() == []
