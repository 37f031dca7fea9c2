"""Two people who have the same thing open are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from content import presences
from content.models import AuditEntry, Presence
from tests.admin.browsing import Browser

SignIn = Callable[[str], Browser]
TEXT = "/topics/grooming/explain/en/young_person/any/standard"
PAGES = (TEXT, "/words/cy/welcome", "/activities/story/gaming_friend/en/edit", "/helplines/childline/edit")


def renew(browser: Browser, place: str) -> list[str]:
    """As the script of the page does."""
    token = browser.open(place).form.fields["csrf_token"]
    answer = browser.client.post("/presence", data={"place": place, "csrf_token": token})
    assert answer.status_code == 200
    return answer.json["others"]


def make_older(session: Session, by: timedelta) -> None:
    for presence in session.scalars(select(Presence)):
        presence.since -= by
        presence.seen -= by
    session.commit()


def test_two_who_write_on_one_thing_know_of_each_other(ann: Browser, signed_in: SignIn) -> None:
    author = signed_in("author")
    for place in PAGES:
        assert renew(ann, place) == []
        assert "ann@example.org is editing this too, since " in author.open(place).words
        (said,) = renew(ann, place)
        assert said == "author@example.org opened this page just now."
        renew(author, place)
        (said,) = renew(ann, place)
        assert said.startswith("author@example.org is editing this too, since ")


def test_the_time_is_the_one_on_the_wall(
    ann: Browser, signed_in: SignIn, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    renew(ann, TEXT)
    moment = datetime(2027, 7, 1, 13, 0, 30, tzinfo=timezone.utc)
    session.execute(update(Presence).values(since=moment, seen=moment))
    session.commit()
    monkeypatch.setattr("admin.presence.utc_now", lambda: moment + timedelta(seconds=20))
    assert "ann@example.org is editing this too, since 14:00." in signed_in("author").open(TEXT).words


def test_who_has_gone_is_gone_after_a_minute(ann: Browser, signed_in: SignIn, session: Session) -> None:
    author = signed_in("author")
    renew(ann, TEXT)
    make_older(session, timedelta(seconds=59))
    assert "ann@example.org" in author.open(TEXT).words
    make_older(session, timedelta(seconds=2))
    assert "ann@example.org" not in author.open(TEXT).words
    session.expire_all()
    assert [presence.who for presence in session.scalars(select(Presence))] == ["author@example.org"]


def test_without_a_script_it_says_when_a_page_was_opened(ann: Browser, signed_in: SignIn, session: Session) -> None:
    author = signed_in("author")
    ann.open(TEXT)
    make_older(session, timedelta(minutes=12, seconds=5))
    assert "ann@example.org opened this page 12 minutes ago." in author.open(TEXT).words
    make_older(session, timedelta(hours=1))
    assert "ann@example.org" not in author.open(TEXT).words


def test_nobody_is_told_of_themselves_nor_of_other_pages_nor_by_the_log(
    ann: Browser, signed_in: SignIn, session: Session
) -> None:
    author = signed_in("author")
    renew(ann, TEXT)
    assert "editing this too" not in ann.open(TEXT).words
    assert "ann@example.org" not in author.open(TEXT.replace("explain", "signs")).words
    assert session.scalars(select(AuditEntry).where(AuditEntry.who == "ann@example.org")).all() == []


def test_only_pages_where_something_is_written_count(ann: Browser, session: Session) -> None:
    token = ann.open("/account").forms[-1].fields["csrf_token"]
    long = f"/words/en/{'x' * 300}"
    for place in ("", "/", "/topics", "/releases/publish", "/nowhere", "x", "/words/en/a\x00", long):
        assert ann.client.post("/presence", data={"place": place, "csrf_token": token}).status_code == 404, place
    assert session.scalars(select(Presence)).all() == []


def test_a_fault_of_it_keeps_nobody_from_writing(ann: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    monkeypatch.setattr(presences, "note", fail)
    assert "The draft is saved" in ann.send(ann.open(TEXT), bubbles__0="A sentence of today.").words
