"""Drafts of helplines: approved by two others or sent back; and checks of the live lines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from content import publishing
from content.models import AuditEntry
from tests.admin.browsing import Browser, press, verbs_on
from tests.admin.filling import send, values_of
from tests.admin.one_helpline import CHECK, EDIT, LINE, PLACE, line

SignIn = Callable[[str], Browser]


def test_a_draft_is_approved_by_a_reviewer_and_the_lead(signed_in: SignIn, session: Session) -> None:
    author, reviewer, lead = signed_in("author"), signed_in("reviewer"), signed_in("safeguarding_lead")
    send(author, author.open(EDIT), name_en="A new name")
    page = press(author, author.open(PLACE), "send")
    assert "Sent for review" in page.words
    assert "A reviewer: still to approve The safeguarding lead: still to approve" in page.words
    assert "Approved." in press(reviewer, reviewer.open(PLACE), "approve").words
    assert line(session).stage == "in_review"
    assert "Approved as safeguarding lead" in press(lead, lead.open(PLACE), "approve_as_lead").words
    assert line(session).stage == "approved"
    assert publishing.publish(session, "p", "why", with_drafts=False).helplines[LINE].name["en"] == "A new name"


def test_nobody_approves_their_own_draft_or_the_same_one_twice(signed_in: SignIn, session: Session) -> None:
    lead = signed_in("safeguarding_lead")
    send(lead, lead.open(EDIT), name_en="A new name")
    page = press(lead, lead.open(PLACE), "send")
    assert "Someone else has to approve it" in press(lead, page, "approve_as_lead").words
    assert line(session).approvals == []
    line(session).author = "author@example.org"
    session.commit()
    page = press(lead, lead.open(PLACE), "approve")
    assert "You have approved this already" in press(lead, page, "approve_as_lead").words
    assert [yes["as"] for yes in line(session).approvals] == ["reviewer"]


def test_nobody_approves_what_they_have_not_seen(signed_in: SignIn, session: Session) -> None:
    author, reviewer = signed_in("author"), signed_in("reviewer")
    send(author, author.open(EDIT), name_en="A new name")
    press(author, author.open(PLACE), "send")
    page = reviewer.open(PLACE)
    send(author, author.open(EDIT), name_en="Quite another name")
    press(author, author.open(PLACE), "send")
    assert "It has changed since you opened this page" in press(reviewer, page, "approve").words
    assert line(session).approvals == []


def test_a_draft_is_sent_back_with_a_comment(signed_in: SignIn, session: Session) -> None:
    author, reviewer = signed_in("author"), signed_in("reviewer")
    send(author, author.open(EDIT), name_en="A new name")
    press(author, author.open(PLACE), "send")
    page = reviewer.open(PLACE)
    assert "Say what should be different" in press(reviewer, page, "request_changes", " ").words
    assert "Sent back, with your comment" in press(reviewer, page, "request_changes", "The number is old.").words
    assert line(session).stage == "changes_requested"
    assert "The number is old." in author.open(PLACE).words


def test_without_a_draft_there_is_nothing_to_review(signed_in: SignIn, session: Session) -> None:
    reviewer = signed_in("reviewer")
    page = reviewer.open(PLACE)
    assert verbs_on(page) == set()
    token = page.forms[-1].fields["csrf_token"]
    answer = reviewer.client.post(f"{PLACE}/review", data={"csrf_token": token, "verb": "send"}, follow_redirects=True)
    assert "There is no draft to review" in answer.text
    assert line(session).stage == "draft"


def test_an_author_has_no_buttons_to_approve_or_check(signed_in: SignIn) -> None:
    author = signed_in("author")
    send(author, author.open(EDIT), name_en="A new name")
    page = press(author, author.open(PLACE), "send")
    assert verbs_on(page) == {"comment"}
    assert "Note a check" not in page.words


# Checks


def test_a_check_counts_at_once_and_bears_a_name(signed_in: SignIn, session: Session) -> None:
    browser = signed_in("reviewer")
    page = browser.open(CHECK)
    assert values_of(page)["on"] == date.today().isoformat()
    page = send(browser, page, is_as_written="yes")
    assert f"Checked on {date.today():%-d %B %Y} by reviewer@example.org" in page.words
    assert (line(session).checked_on, line(session).checked_by) == (date.today(), "reviewer@example.org")
    entry = session.query(AuditEntry).filter_by(kind="helplines", name=LINE).one()
    assert (entry.who, entry.after["checked_on"]) == ("reviewer@example.org", date.today().isoformat())


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"on": (date.today() + timedelta(days=2)).isoformat(), "is_as_written": "yes"}, "in the future"),
        ({"on": "2020-01-01", "is_as_written": "yes"}, "checked later than that already"),
        ({"on": "yesterday", "is_as_written": "yes"}, "Write the day of the check"),
        ({}, "Tick this when you have checked it"),
    ],
)
def test_a_check_that_can_not_be_is_refused(
    signed_in: SignIn, session: Session, changes: dict[str, str], said: str
) -> None:
    last = date.today() - timedelta(days=100)
    line(session).checked_on = last
    session.commit()
    browser = signed_in("reviewer")
    page = send(browser, browser.open(CHECK), **changes)
    assert said in page.words
    assert line(session).checked_on == last


def test_a_line_with_a_never_shown_number_is_not_checked(signed_in: SignIn, session: Session) -> None:
    line(session).routes = [{"channel": "phone", "label": "0808 801 0100", "href": "tel:+448088010100"}]
    session.commit()
    browser = signed_in("reviewer")
    assert "must not be shown" in send(browser, browser.open(CHECK), is_as_written="yes").words
    assert line(session).checked_on is None


def test_a_check_of_the_live_line_does_not_vouch_for_another_number(signed_in: SignIn, session: Session) -> None:
    browser, today = signed_in("reviewer"), date.today().isoformat()
    send(browser, browser.open(EDIT), routes__0__label="0800 123 4567", routes__0__href="")
    page = browser.open(CHECK)
    assert "What did you check?" in page.words
    send(browser, page, is_as_written="yes", text="live")
    assert line(session).checked_on == date.today()
    assert line(session).draft["checked_on"] is None
    send(browser, browser.open(CHECK), is_as_written="yes", text="draft")
    assert line(session).draft["checked_on"] == today


def test_a_draft_of_other_words_takes_the_check_along(signed_in: SignIn, session: Session) -> None:
    browser = signed_in("reviewer")
    send(browser, browser.open(EDIT), name_en="A new name")
    send(browser, browser.open(CHECK), is_as_written="yes")
    publishing.publish(session, "ann", "why")
    assert (line(session).name["en"], line(session).checked_on) == ("A new name", date.today())


def test_nobody_vouches_for_what_they_have_not_seen(signed_in: SignIn, session: Session) -> None:
    author, reviewer = signed_in("author"), signed_in("reviewer")
    page = reviewer.open(CHECK)
    send(author, author.open(EDIT), routes__0__label="0800 123 4567", routes__0__href="")
    assert "has changed since you opened the page" in send(reviewer, page, is_as_written="yes").words
    assert line(session).checked_on is None
