"""What staff look up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from content import drafts, publishing, reading
from content.errors import BrokenContent
from content.importing import import_library
from content.models import Helpline, Revision, TopicPage, Variant
from content.variants import Variant as Text

Build = Callable[..., Any]
ENGLISH = ("consent", "explain", "en", "young_person", "any", "standard")


@pytest.fixture
def published(session: Session, make_snapshot: Build) -> Session:
    import_library(session, make_snapshot(), "starter", "first")
    publishing.publish(session, "ann", "first")
    session.commit()
    return session


def variant(session: Session) -> Variant:
    found = reading.variant_for(session, ENGLISH)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("status", "body", "live", "state"),
    [
        (None, None, None, "missing"),  # nobody has written it
        (None, None, ["old"], "live"),  # only in a release that came from elsewhere
        ("draft", ["new"], None, "waiting"),  # the first text of a gap
        ("draft", ["new"], ["old"], "waiting"),  # a change
        ("draft", ["old"], ["old"], "live"),  # changed, and changed back
        ("in_review", ["new"], ["old"], "held"),  # left out of a publish
        ("in_review", ["old"], ["old"], "held"),  # someone still asks for an approval
        ("approved", ["new"], ["old"], "waiting"),  # goes live with the next publish
        ("published", ["old"], ["old"], "live"),  # as it should be
        ("published", ["new"], ["old"], "waiting"),  # after a roll-back
    ],
)
def test_the_state_of_a_variant(
    status: str | None, body: list[str] | None, live: list[str] | None, state: str, make_variant: Build
) -> None:
    newest = Revision(stage=status, body=body) if status else None
    held = [Text.from_mapping(make_variant(bubbles=live))] if live else []
    assert reading.state_of(newest, held) == state


def test_another_picture_or_another_day_waits_for_the_next_publish(make_variant: Build) -> None:
    live = [Text.from_mapping(make_variant(bubbles=["Yes."], picture="hands", starts_on="2027-01-01"))]
    same = {"stage": "published", "body": ["Yes."], "picture": "hands", "starts_on": date(2027, 1, 1)}
    assert reading.state_of(Revision(**same), live) == "live"
    assert reading.state_of(Revision(**same | {"picture": None}), live) == "waiting"
    assert reading.state_of(Revision(**same | {"starts_on": date(2027, 2, 1)}), live) == "waiting"


def test_a_variant_is_found_by_its_key_alone(published: Session) -> None:
    assert reading.key_of(variant(published)) == ENGLISH
    for position in range(1, 6):
        other = [*ENGLISH]
        other[position] = "other"
        assert reading.variant_for(published, tuple(other)) is None  # type: ignore[arg-type]


def test_texts_wait_until_they_are_published(published: Session) -> None:
    release = publishing.latest(published)
    assert reading.texts_waiting(published, release) == []
    drafts.save_draft(published, variant(published), ["A new yes."], "bea")
    drafts.save_words(published, "en", "concern", "New words.", "bea")
    assert [text.body for text in reading.texts_waiting(published, release)] == [["A new yes."]]
    assert [word.key for word in reading.words_waiting(published, release)] == ["concern"]
    release = publishing.publish(published, "ann", "new")
    assert reading.texts_waiting(published, release) == []
    assert reading.words_waiting(published, release) == []
    release = publishing.roll_back(published, 1, "ann", "back")
    assert [text.body for text in reading.texts_waiting(published, release)] == [["A new yes."]]
    assert [word.key for word in reading.words_waiting(published, release)] == ["concern"]


def test_pages_are_past_review_from_the_day_after(published: Session) -> None:
    page = published.get_one(TopicPage, ("consent", "en"))
    page.review_by = date(2027, 5, 22)
    assert reading.pages_past_review(published, date(2027, 5, 22)) == []
    assert reading.pages_past_review(published, date(2027, 5, 23)) == [page]


def test_only_welsh_wants_a_welsh_speaker(published: Session) -> None:
    assert [page.language for page in reading.welsh_pages_not_checked(published)] == ["cy"]


def test_helplines_await_a_check_but_999_and_signposts_do_not(published: Session) -> None:
    published.get_one(Helpline, "shout").checked_on = date(2026, 11, 1)
    ids = {line.id for line in reading.helplines_to_check(published, date(2026, 11, 22))}
    assert "childline" in ids
    assert ids.isdisjoint({"shout", "emergency-999", "trusted-adult", "council"})


def test_releases_come_newest_first(published: Session) -> None:
    publishing.roll_back(published, 1, "ann", "again")
    assert [release.number for release in reading.releases_newest_first(published)] == [2, 1]


def test_topics_come_in_their_order(published: Session) -> None:
    assert [topic.id for topic in reading.topics_in_order(published)] == ["consent"]
    assert reading.topic_named(published, "knitting") is None


def test_a_draft_with_a_banned_number_is_refused(published: Session) -> None:
    with pytest.raises(BrokenContent, match="bubble 2: '70577' must not be shown"):
        drafts.save_draft(published, variant(published), ["Fine.", "Text 70577."], "bea")
    with pytest.raises(BrokenContent, match="concern: '70577' must not be shown"):
        drafts.save_words(published, "en", "concern", ["Fine.", "Text 70577."], "bea")
    with pytest.raises(BrokenContent, match="concern: must be a text"):
        drafts.save_words(published, "en", "concern", [], "bea")
