"""Publishing: what goes live is said first, and the chat has it at once."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.models import Helpline, ReleaseRecord, Revision, SystemWord
from content.reading import variant_for
from content.store import ReleaseStore
from tests.admin.browsing import Browser
from tests.admin.conftest import shown

PLACE = "/topics/grooming/explain/en/young_person/any/standard"
KEY = ("grooming", "explain", "en", "young_person", "any", "standard")


def approve_all(session: Session) -> None:
    """As if others had read every draft."""
    session.expire_all()
    for kind in (Revision, SystemWord):
        for item in session.scalars(select(kind).where(kind.stage == "draft")):
            item.stage = "approved"
    session.commit()


def releases(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(ReleaseRecord)) or 0


def test_a_sentence_changed_here_is_said_by_the_chat(ann: Browser, session: Session, store: ReleaseStore) -> None:
    started = time.monotonic()
    ann.send(ann.open(PLACE), bubbles__0="A sentence of today.")
    assert not store.refresh()
    approve_all(session)
    page = ann.open("/releases/publish")
    assert "1 change goes live" in page.words
    assert "as release 2" in page.words
    assert "Grooming: What it means, English" in page.words
    assert "A sentence of today." in page.words
    page = ann.send(page, why="clearer")
    assert page.path == "/releases"
    assert "Release 2 is live" in page.words
    assert "ann@example.org clearer" in page.words
    assert store.refresh()
    assert shown(store) == "A sentence of today."
    assert time.monotonic() - started < 10


def test_without_a_reason_nothing_is_published(ann: Browser, session: Session) -> None:
    ann.send(ann.open("/words/en/welcome"), bubbles__0="Hello there.")
    approve_all(session)
    page = ann.send(ann.open("/releases/publish"), why="  ")
    assert "Say why, in a few words" in page.words
    assert page.text_of("title").startswith("Error: ")
    assert releases(session) == 1


def test_with_nothing_changed_there_is_nothing_to_publish(ann: Browser) -> None:
    page = ann.open("/releases/publish")
    assert "There is nothing to publish" in page.words
    assert [form.action for form in page.forms] == ["/sign-out"]


def test_content_that_is_broken_is_listed_and_not_published(ann: Browser, session: Session) -> None:
    ann.send(ann.open(PLACE), bubbles__0="A sentence of today.")
    approve_all(session)
    ready = ann.open("/releases/publish")
    session.get_one(Helpline, "childline").what_for = {"en": "Text 70577.", "cy": "x"}
    session.commit()
    for page in (ann.open("/releases/publish"), ann.send(ready, why="now")):
        assert "This can not be published yet" in page.words
        assert "'70577' must not be shown" in page.words
    assert releases(session) == 1
    revision = session.scalars(select(Revision).order_by(Revision.id.desc())).first()
    assert revision is not None
    assert revision.stage == "approved"


def test_only_what_was_looked_at_is_published(ann: Browser, session: Session) -> None:
    ann.send(ann.open(PLACE), bubbles__0="A sentence of today.")
    approve_all(session)
    page = ann.open("/releases/publish")
    ann.send(ann.open("/words/en/welcome"), bubbles__0="Hello there.")
    approve_all(session)
    page = ann.send(page, why="clearer")
    assert "The drafts have changed since you opened this page" in page.words
    assert "2 changes go live" in page.words
    assert page.form.fields["why"] == "clearer"
    assert releases(session) == 1
    assert "Release 2 is live" in ann.send(page).words
    assert session.get_one(SystemWord, ("en", "welcome")).draft is None


def test_a_text_in_review_is_not_published(ann: Browser, session: Session) -> None:
    ann.send(ann.open(PLACE), bubbles__0="A sentence of today.")
    variant = variant_for(session, KEY)
    assert variant is not None
    assert variant.newest is not None
    variant.newest.stage = "in_review"
    session.commit()
    assert "There is nothing to publish" in ann.open("/releases/publish").words
    assert "Waits for approval" in ann.open(PLACE).words


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that says at once when someone else writes."""
    monkeypatch.setattr("content.database.BUSY_SECONDS", 0)


@pytest.mark.usefixtures("impatient")
def test_two_people_publishing_at_once_is_said_in_words(ann: Browser, session: Session) -> None:
    ann.send(ann.open(PLACE), bubbles__0="A sentence of today.")
    approve_all(session)
    page = ann.open("/releases/publish")
    session.connection().exec_driver_sql("BEGIN IMMEDIATE")
    page = ann.send(page, why="clearer")
    assert "Someone else is publishing" in page.words
    assert page.form.fields["why"] == "clearer"
    session.rollback()
    assert "Release 2 is live" in ann.send(page).words
