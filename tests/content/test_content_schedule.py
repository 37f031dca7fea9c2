"""Texts that come and go on a day."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content import drafts, publishing
from content.helplines import london_time
from content.importing import import_library
from content.models import Variant
from content.profile import Profile
from content.release import Release
from content.variants import find_variant

Build = Callable[..., Any]
ALWAYS = "Consent is a free yes."


@pytest.fixture
def published(session: Session, make_snapshot: Build) -> Session:
    import_library(session, make_snapshot(), "starter", "first")
    publishing.publish(session, "ann", "first")
    session.commit()
    return session


def write(session: Session, words: str, **days: Any) -> Release:
    variant = session.scalars(select(Variant).where(Variant.language == "en")).one()
    drafts.save_draft(session, variant, [words], "bea", **days)
    return publishing.publish(session, "ann", words)


def shown(release: Release, day: date) -> str | None:
    found = find_variant(release, "consent", "explain", Profile(), day)
    return found.variant.bubbles[0] if found else None


TODAY = london_time(None).date()
SOON, LATER = TODAY + timedelta(days=10), TODAY + timedelta(days=20)


def test_a_text_with_days_is_shown_between_them_and_the_old_one_else(published: Session) -> None:
    release = write(published, "A week about consent.", starts_on=SOON, ends_on=LATER)
    days = (TODAY, SOON - timedelta(1), SOON, LATER, LATER + timedelta(1))
    assert [shown(release, day) for day in days] == [
        ALWAYS,
        ALWAYS,
        "A week about consent.",
        "A week about consent.",
        ALWAYS,
    ]


def test_a_text_that_starts_later_takes_over_for_good(published: Session) -> None:
    release = write(published, "The new law.", starts_on=SOON)
    assert [shown(release, day) for day in (TODAY, SOON, LATER)] == [ALWAYS, "The new law.", "The new law."]


def test_a_text_written_after_a_scheduled_one_takes_its_place(published: Session) -> None:
    write(published, "The new law.", starts_on=SOON)
    release = write(published, "Better words.")
    assert [shown(release, day) for day in (TODAY, SOON)] == ["Better words.", "Better words."]


def test_what_has_ended_is_left_out_of_the_next_release(published: Session) -> None:
    release = write(published, "Gone by.", starts_on=TODAY - timedelta(9), ends_on=TODAY - timedelta(2))
    assert [variant.bubbles for variant in release.variants if variant.language == "en"] == [(ALWAYS,)]


def test_with_nothing_else_to_say_a_text_that_has_not_begun_is_not_said(
    make_release: Build, make_variant: Build
) -> None:
    release = make_release(variants=[make_variant(starts_on=SOON.isoformat())])
    assert (shown(release, TODAY), shown(release, SOON)) == (None, ALWAYS)
