"""Write, review, publish, go back: each by the person whose work it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.models import AuditEntry, ReleaseRecord, TextCount
from content.profile import Profile
from content.store import ReleaseStore
from content.variants import find_variant
from tests.admin.browsing import Browser, press, verbs_on
from tests.admin.conftest import shown

SignIn = Callable[[str], Browser]
PLACE = "/topics/grooming/explain/en/young_person/any/standard"


def test_write_review_publish_and_back(signed_in: SignIn, store: ReleaseStore) -> None:
    author, reviewer, publisher = signed_in("author"), signed_in("reviewer"), signed_in("publisher")
    before = shown(store)
    page = author.send(author.open(PLACE), bubbles__0="A sentence of today.")
    assert "There is nothing to publish" in publisher.open("/releases/publish").words
    page = press(author, page, "send")
    assert "Sent for review" in page.words
    assert verbs_on(page) == {"comment"}
    assert "Approve: Grooming: What it means" in reviewer.open("/").words
    assert "Approved" in press(reviewer, reviewer.open(PLACE), "approve").words
    assert shown(store) == before
    page = publisher.send(publisher.open("/releases/publish"), why="clearer")
    assert "Release 2 is live" in page.words
    assert shown(store) == "A sentence of today."
    page = publisher.open("/releases/1")
    assert "1 thing says something else now" in page.words
    assert "Say why" in publisher.send(page, why=" ").words
    page = publisher.send(page, why="It was clearer before.")
    assert "Release 3 says what an older one said" in page.words
    assert shown(store) == before
    assert "A sentence of today." in author.open("/releases/2").words


def test_changes_are_asked_for_and_made(signed_in: SignIn) -> None:
    author, reviewer = signed_in("author"), signed_in("reviewer")
    press(author, author.send(author.open(PLACE), bubbles__0="A sentence of today."), "send")
    page = reviewer.open(PLACE)
    assert "Say what should be different" in press(reviewer, page, "request_changes").words
    assert "I like it." in press(reviewer, page, "comment", "I like it.").words
    page = press(reviewer, page, "request_changes", "Shorter, please.")
    assert "Changes asked for: Grooming: What it means" in author.open("/").words
    page = author.open(PLACE)
    assert "Shorter, please." in page.words
    page = author.send(page, bubbles__0="Short.")
    assert verbs_on(page) == {"send", "comment"}


def test_nobody_approves_their_own_work(ann: Browser) -> None:
    page = press(ann, ann.send(ann.open(PLACE), bubbles__0="A sentence of today."), "send")
    assert "You wrote this, so others approve it" in page.words
    assert verbs_on(page) == {"request_changes", "comment"}
    assert "Someone else has to approve it" in press(ann, page, "approve").words


def test_nobody_approves_what_they_have_not_seen(signed_in: SignIn) -> None:
    author, reviewer = signed_in("author"), signed_in("reviewer")
    press(author, author.send(author.open(PLACE), bubbles__0="A sentence of today."), "send")
    page = reviewer.open(PLACE)
    press(author, author.send(author.open(PLACE), bubbles__0="Another sentence."), "send")
    page = press(reviewer, page, "request_changes", "A comment that took an hour.")
    assert "It has changed since you opened this page" in page.words
    assert "A comment that took an hour." in page.words
    assert "Approved" in press(reviewer, reviewer.open(PLACE), "approve").words


def test_an_author_can_not_approve_by_sending_the_form_themselves(signed_in: SignIn) -> None:
    author = signed_in("author")
    page = press(author, author.send(author.open(PLACE), bubbles__0="A sentence of today."), "send")
    press(author, page, "approve", status=403)


def test_words_of_help_need_the_safeguarding_lead(signed_in: SignIn) -> None:
    author, reviewer, lead = signed_in("author"), signed_in("reviewer"), signed_in("safeguarding_lead")
    place = "/words/en/emergency_after"
    press(author, author.send(author.open(place), bubbles__0="Stay with someone."), "send")
    page = press(reviewer, reviewer.open(place), "approve")
    assert "The safeguarding lead: still to approve" in page.words
    assert "There is nothing to publish" in signed_in("publisher").open("/releases/publish").words
    assert "Approved as safeguarding lead" in press(lead, lead.open(place), "approve_as_lead").words


def test_an_older_text_comes_back_as_a_draft(ann: Browser) -> None:
    first = ann.open(PLACE).form.fields["bubbles-0"]
    ann.send(ann.open(PLACE), bubbles__0="A mistake.")
    page = ann.open(f"{PLACE}/history")
    assert "A mistake." in page.words
    page = ann.send(page, page.forms[0])
    assert "The older text is a draft again" in page.words
    assert page.form.fields["bubbles-0"] == first


def test_a_text_can_have_days_and_a_picture(ann: Browser, session: Session) -> None:
    page = ann.send(ann.open(PLACE), starts_on="2027-03-02", ends_on="2027-03-01")
    assert "The last day is before the first" in page.words
    assert page.form.fields["starts_on"] == "2027-03-02"
    page = ann.send(page, ends_on="2027-03-09", picture="breathe")
    assert "The draft is saved" in page.words
    assert "from 2 March 2027" in ann.open(f"{PLACE}/history").words
    assert "Choose a picture from the list" in ann.send(ann.open(PLACE), picture="gone").words


def test_what_lint_finds_is_said_while_writing(ann: Browser) -> None:
    page = ann.send(ann.open(PLACE), bubbles__0="They put themselves at risk in the jurisdiction.", preview="yes")
    assert "says 'put themselves at risk'" in page.words
    assert "'jurisdiction', which a child of nine may not know" in page.words


def test_the_log_is_searched_and_taken_along(signed_in: SignIn, session: Session) -> None:
    author, lead = signed_in("author"), signed_in("safeguarding_lead")
    author.send(author.open(PLACE), bubbles__0="A sentence of today.")
    author.send(author.open("/words/en/thanks"), bubbles__0="Good that you asked.")
    page = lead.open("/log?search=author+grooming")
    assert "1 entry" in page.words
    assert "A sentence of today." in page.words
    assert "Nothing is noted for these words" in lead.open("/log?search=zebra").words
    rows = lead.client.get("/log/entries.csv?search=author+words").text.splitlines()
    assert rows[0] == "at,who,what,kind,name,before,after"
    assert len(rows) == 2
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == session.query(AuditEntry).count()


def test_the_log_turns_its_pages(ann: Browser, session: Session) -> None:
    session.add_all(
        AuditEntry(who="bea", what="new", kind="revisions", name=f"text {number}", before={}, after={"a": 1})
        for number in range(120)
    )
    session.commit()
    page = ann.open("/log?search=bea&page=3")
    assert "Page 3 of 3" in page.words
    assert "text 0:" in page.words
    assert "Page 3 of 3" in ann.open("/log?search=bea&page=99").words


def test_a_release_that_is_not_there(ann: Browser, session: Session) -> None:
    ann.open("/releases/99", status=404)
    assert session.scalar(select(func.max(ReleaseRecord.number))) == 1


def test_how_often_a_text_was_shown_counts_for_that_very_text(
    ann: Browser, session: Session, store: ReleaseStore
) -> None:
    text = find_variant(store.current(), "grooming", "explain", Profile()).variant
    for revision, number in ((text.revision, 3), ("an older one", 40)):
        session.add(TextCount(item=text.id, revision=revision, event="shown", count=number))
    session.add(TextCount(item=text.id, revision=text.revision, event="helped", count=1))
    session.commit()
    assert "Shown 3 times. Asked whether it helped: 1 yes, 0 no." in ann.open(PLACE).words


@pytest.mark.parametrize("who", ["=1+1", "@SUM(1)", "\t=1+1", "＝1+1"])
def test_no_cell_of_the_log_is_run_by_a_spreadsheet(ann: Browser, session: Session, who: str) -> None:
    session.add(AuditEntry(who=who, what="new", kind="revisions", name="zebra", before={}, after={}))
    session.commit()
    _, row = csv.reader(io.StringIO(ann.client.get("/log/entries.csv?search=zebra").text))
    assert row[1] == f"'{who}"
