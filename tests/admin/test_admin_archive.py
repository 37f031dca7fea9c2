"""Archive and back, from the page of each kind of item."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content import drafts
from content.models import Activity, Archiving, RoutingRow, Variant
from content.reading import variant_for
from content.store import ReleaseStore
from tests.admin.browsing import Browser, Page, press, verbs_on

SignIn = Callable[[str], Browser]
STORY = "/activities/story/gaming_friend/en"
STORY_ARCHIVE = "/archive/activity/story:gaming_friend"
LINE, LINE_ARCHIVE = "/helplines/galop", "/archive/helpline/galop"
TEXT = "/topics/grooming/explain/en/professional/any/standard"


@pytest.fixture(name="signed_in")
def signed_in_once(signed_in: SignIn) -> SignIn:
    """A code is good once, so each role signs in only once in a test."""
    return cache(signed_in)


def follow(browser: Browser, page: Page, start: str) -> Page:
    """The link of that start that the page holds."""
    address = next(given["href"] for tag, given in page.tags if tag == "a" and given.get("href", "").startswith(start))
    return browser.open(address)


def ask(browser: Browser, page: Page, why: str = "Nobody needs it.") -> Page:
    return browser.send(page, why=why)


def approve_all(signed_in: SignIn, address: str) -> Page:
    reviewer, lead = signed_in("reviewer"), signed_in("safeguarding_lead")
    page = press(reviewer, reviewer.open(address), "approve")
    return press(lead, lead.open(address), "approve_as_lead") if "safeguarding lead: still" in page.words else page


def publish(signed_in: SignIn) -> Page:
    publisher = signed_in("publisher")
    page = publisher.open("/releases/publish")
    done = publisher.send(page, why="as asked")
    assert "is live" in done.words
    return page


def unlink(session: Session, helpline: str) -> None:
    """Nothing in the library names this one, so routing is all there is."""
    for row in session.scalars(select(RoutingRow)):
        row.offer = [id_ for id_ in row.offer if id_ != helpline]
    session.commit()


def test_a_story_goes_and_comes_back(signed_in: SignIn, store: ReleaseStore) -> None:
    author = signed_in("author")
    page = follow(author, author.open(STORY), "/archive/activity")
    assert page.path == STORY_ARCHIVE
    page = ask(author, page)
    assert "waits for approval by someone else" in page.words
    assert verbs_on(page) == {"comment"}
    assert "Asked to archive" in author.open(STORY).words
    assert "Archive: Story: Priya and Skyfox" in signed_in("reviewer").open("/").words
    approve_all(signed_in, STORY_ARCHIVE)
    assert "done with the next publish: Archive: Story: Priya and Skyfox" in signed_in("publisher").open("/").words
    assert "This goes away" in publish(signed_in).words
    store.refresh()
    assert not any(id_ == "gaming_friend" for _, id_, _ in store.current().activities)
    assert "Archived What is written here is not said" in author.open(STORY).words
    page = author.open("/archive")
    assert "1 archived" in page.words
    assert "Live again" not in page.words
    publisher = signed_in("publisher")
    publisher.send(publisher.open("/releases/1"), why="back")
    store.refresh()
    assert any(id_ == "gaming_friend" for _, id_, _ in store.current().activities)
    assert "Live again until the next publish" in author.open("/archive").words
    page = ask(author, author.open(STORY_ARCHIVE), "It is asked for.")
    assert "Bring back: Story: Priya and Skyfox" in page.words
    approve_all(signed_in, STORY_ARCHIVE)
    assert "Asked to bring back" in author.open(STORY).words


def test_the_safeguarding_lead_approves_that_a_helpline_goes(signed_in: SignIn, session: Session) -> None:
    unlink(session, "galop")
    author = signed_in("author")
    ask(author, follow(author, author.open(LINE), "/archive/helpline"))
    reviewer = signed_in("reviewer")
    page = press(reviewer, reviewer.open(LINE_ARCHIVE), "approve")
    assert "The safeguarding lead: still to approve" in page.words
    lead = signed_in("safeguarding_lead")
    press(lead, lead.open(LINE_ARCHIVE), "approve_as_lead")
    publish(signed_in)
    assert "Galop" not in author.open("/helplines?words=galop").words
    assert "What is written here is not said" in author.open(LINE).words


def test_what_is_linked_says_from_where_and_leads_there(signed_in: SignIn) -> None:
    author = signed_in("author")
    page = author.open("/archive/helpline/shelter-cymru")
    assert "It can not be archived" in page.words
    assert not any(form.action.endswith("/shelter-cymru") or "why" in form.fields for form in page.forms)
    assert "Homelessness" in follow(author, page, "/routing#homelessness").words
    assert "Shelter Cymru" in follow(author, page, "/topics/missing/").html
    author.client.post(
        page.path, data={"csrf_token": page.forms[-1].fields["csrf_token"], "why": "x", "seen": "archive"}
    )
    assert "0 asked for" in author.open("/archive").words
    page = author.open("/archive/picture/breathe")
    assert "shows it" in page.words
    page = author.open("/archive/text/grooming:explain:young_person:any:standard")
    assert "every topic must have the part “What it means”" in page.words


def test_a_link_that_came_after_the_question_stops_the_yes(signed_in: SignIn, session: Session) -> None:
    author, reviewer = signed_in("author"), signed_in("reviewer")
    unlink(session, "galop")
    ask(author, author.open(LINE_ARCHIVE))
    variant = variant_for(session, ("grooming", "explain", "en", "young_person", "any", "standard"))
    drafts.save_draft(session, variant, ["Call Galop."], "bea")
    session.commit()
    page = press(reviewer, reviewer.open(LINE_ARCHIVE), "approve", "Long thoughts about this.")
    assert "Since it was asked for, something links to it" in page.words
    assert "names it" in page.words
    assert "Long thoughts about this." in page.words
    assert session.get_one(Archiving, ("helpline", "galop"), populate_existing=True).approvals == []


def test_nobody_approves_what_they_asked_for_and_may_take_it_back(signed_in: SignIn, ann: Browser) -> None:
    page = ask(ann, ann.open(STORY_ARCHIVE))
    assert "Someone else has to approve it" in press(ann, page, "approve").words
    take_back = next(form for form in page.forms if form.action.endswith("/take-back"))
    author = signed_in("author")
    assert not any(form.action.endswith("/take-back") for form in author.open(STORY_ARCHIVE).forms)
    take_back.fields["csrf_token"] = author.open("/account").forms[-1].fields["csrf_token"]
    author.send(page, take_back, status=403)
    page = ann.open(STORY_ARCHIVE)
    take_back = next(form for form in page.forms if form.action.endswith("/take-back"))
    page = ann.send(page, take_back)
    assert "Taken back" in page.words
    assert "Why should it go?" in page.words


def test_a_reason_is_asked_for_and_kept(signed_in: SignIn) -> None:
    author = signed_in("author")
    page = ask(author, author.open(STORY_ARCHIVE), " ")
    assert "Say why, in a few words." in page.words
    page = ask(author, author.open(STORY_ARCHIVE), "x" * 1001)
    assert "Use at most 1000 characters" in page.words
    assert page.form.fields["why"] == "x" * 1001


def test_a_form_of_before_someone_else_archived_it_changes_nothing(signed_in: SignIn, session: Session) -> None:
    author = signed_in("author")
    page = author.open(STORY_ARCHIVE)
    session.add(Archiving(kind="activity", item="story/gaming_friend", is_archived=True))
    session.commit()
    page = ask(author, page, "My reason.")
    assert "Someone else was quicker" in page.words
    assert page.form.fields["why"] == "My reason."
    assert session.get_one(Archiving, ("activity", "story/gaming_friend"), populate_existing=True).draft is None


@pytest.mark.parametrize("path", ["text/x", "text/a:b:c:d:e", "activity/story:none", "picture/none", "words/welcome"])
def test_what_is_not_there_has_no_page(ann: Browser, path: str) -> None:
    ann.open(f"/archive/{path}", status=404)


def test_an_archived_text_and_activity_are_marked_and_wait_for_nobody(ann: Browser, session: Session) -> None:
    variant = variant_for(session, ("grooming", "explain", "en", "professional", "any", "standard"))
    variant = variant or Variant(
        topic_id="grooming", section="explain", language="en", audience="professional", age_band="any",
        reading_level="standard",
    )  # fmt: skip
    session.add(variant)
    drafts.save_draft(session, variant, ["For professionals."], "bea")
    session.add(Archiving(kind="text", item="grooming/explain/professional/any/standard", is_archived=True))
    session.add(Archiving(kind="activity", item="quiz/consent_basics", is_archived=True))
    session.get_one(Activity, ("quiz", "consent_basics", "en"))
    session.commit()
    assert "Professional, any age, standard Archived Open" in ann.open("/topics/grooming").words
    assert "0 drafts wait" in ann.open("/").words
    assert "What is written here is not said" in ann.open(TEXT).words


def test_a_long_archive_has_pages_and_is_searched(ann: Browser, session: Session) -> None:
    for number in range(60):
        item = f"consent/explain/parent_carer/any/level_{number}"
        session.add(Archiving(kind="text", item=item, is_archived=True, why="Old." if number else "Very old."))
    session.commit()
    page = ann.open("/archive")
    assert "60 archived" in page.words
    assert "Page 1 of 2" in page.words
    assert page.html.count("Consent: What it means") == 50
    assert ann.open("/archive?page=2").html.count("Consent: What it means") == 10
    assert "1 archived" in ann.open("/archive?search=very+parent+carer").words
    assert "Nothing is archived with these words" in ann.open("/archive?search=nowhere").words


def test_the_pictures_are_shown_with_what_they_show(ann: Browser) -> None:
    page = ann.open("/pictures")
    images: list[dict[str, Any]] = [given for tag, given in page.tags if tag == "img"]
    assert all(given["alt"] for given in images)
    answer = ann.client.get(images[0]["src"])
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert follow(ann, page, "/archive/picture").path.startswith("/archive/picture/")
