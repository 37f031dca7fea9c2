"""A text with days: set, seen and cleared by staff."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

import pytest
from sqlalchemy.orm import Session

from content import drafts, publishing
from content.helplines import london_time
from content.profile import Profile
from content.reading import variant_for
from content.schedule import schedule_of
from content.store import ReleaseStore
from content.variants import find_variant
from tests.admin.browsing import Browser, press
from tests.admin.conftest import shown

SignIn = Callable[[str], Browser]
KEY = ("grooming", "explain", "en", "young_person", "any", "standard")
PLACE = f"/topics/{'/'.join(KEY)}"
TODAY = london_time(None).date()
SOON, LATER = TODAY + timedelta(days=10), TODAY + timedelta(days=20)


@pytest.fixture(name="signed_in")
def signed_in_once(signed_in: SignIn) -> SignIn:
    """A code is good once, so each role signs in only once in a test."""
    return cache(signed_in)


def in_words(day: date) -> str:
    return f"{day:%-d %B %Y}"


def send_live(signed_in: SignIn) -> None:
    author, reviewer, publisher = signed_in("author"), signed_in("reviewer"), signed_in("publisher")
    press(author, author.open(PLACE), "send")
    press(reviewer, reviewer.open(PLACE), "approve")
    publisher.send(publisher.open("/releases/publish"), why="on its days")


def test_days_are_set_shown_and_cleared(signed_in: SignIn, store: ReleaseStore) -> None:
    author, before = signed_in("author"), shown(store)
    days = {"starts_on": SOON.isoformat(), "ends_on": LATER.isoformat()}
    page = author.send(author.open(PLACE), bubbles__0="A week about this.", **days)
    assert f"Scheduled The draft is to be shown from {in_words(SOON)} until {in_words(LATER)}" in page.words
    send_live(signed_in)
    page = author.open(PLACE)
    assert f"Scheduled Published, to be shown from {in_words(SOON)} until {in_words(LATER)}" in page.words
    assert f"from {in_words(SOON)} until {in_words(LATER)}" in author.open("/topics/grooming").words
    assert shown(store) == before
    found = find_variant(store.current(), "grooming", "explain", Profile(), SOON)
    assert found is not None
    assert found.variant.bubbles[0] == "A week about this."
    page = author.send(page, starts_on="", ends_on="")
    assert (page.form.fields["starts_on"], page.form.fields["ends_on"]) == ("", "")
    send_live(signed_in)
    assert shown(store) == "A week about this."
    assert "Shown on some days" not in author.open(PLACE).words
    assert "Shown on some days" not in author.open("/topics/grooming").words


def test_a_text_whose_days_are_over_says_so_and_waits_for_nobody(ann: Browser, session: Session) -> None:
    variant = variant_for(session, KEY)
    drafts.save_draft(session, variant, ["Gone by."], "bea", ends_on=TODAY - timedelta(days=1)).stage = "approved"
    session.commit()
    assert "0 drafts wait" in ann.open("/").words
    publishing.publish(session, "pat", "x")
    session.commit()
    assert "0 drafts wait" in ann.open("/").words
    page = ann.open(PLACE)
    assert "Live Over" in page.words


@pytest.mark.parametrize(
    ("starts", "ends", "schedule"),
    [
        (None, None, None),  # for good
        (0, None, None),  # has begun, for good
        (1, None, "coming"),
        (1, 2, "coming"),
        (None, 0, "for_now"),  # today is its last day
        (-1, 1, "for_now"),
        (-2, -1, "over"),
        (None, -1, "over"),
    ],
)
def test_where_a_text_stands_with_its_days(starts: int | None, ends: int | None, schedule: str | None) -> None:
    first, last = (None if days is None else TODAY + timedelta(days=days) for days in (starts, ends))
    assert schedule_of(first, last, TODAY) == schedule
