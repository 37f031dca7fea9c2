"""The launch checklist: each line turns green on facts alone, and back when they are no longer so."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from admin.models import Staff
from content import drafts, publishing, workflow
from content.models import AuditEntry, Helpline, ReleaseRecord, RoutingRow, Signature, SystemWord, TopicPage
from content.models.base import utc_now
from tests.admin.browsing import Browser

SignIn = Callable[[str], Browser]
ALL = ("welsh", "helplines", "review_dates", "privacy", "routing", "release", "drill", "second_factor")


def lights(browser: Browser) -> dict[str, bool]:
    """Which are green."""
    html = browser.open("/checklist").html
    cards = re.findall(r'<li class="card" id="(\w+)">(.*?)govuk-tag--(green|yellow)', html, flags=re.DOTALL)
    return {id_: colour == "green" for id_, _, colour in cards}


def sign(browser: Browser, matter: str, note: str = "") -> str:
    return browser.send(browser.open(f"/checklist/sign/{matter}"), note=note).words


def make_ready(session: Session) -> None:
    session.execute(update(TopicPage).values(checked_by_welsh_speaker=True, review_by=date.today()))
    session.execute(update(Helpline).values(checked_on=date.today(), checked_by="bea"))
    session.commit()


def test_all_turn_green_when_all_is_done(ann: Browser, signed_in: SignIn, session: Session) -> None:
    before = lights(ann)
    assert set(before) == set(ALL)
    assert {id_ for id_, is_so in before.items() if not is_so} >= {"welsh", "helplines", "privacy", "routing", "drill"}
    make_ready(session)
    lead = signed_in("safeguarding_lead")
    for matter in ("routing", "privacy", "drill"):
        assert "Your signature is noted" in sign(lead, matter, "All went well.")
    assert lights(ann) == dict.fromkeys(ALL, True)
    words = ann.open("/checklist").words
    assert "All 8 are done." in words
    assert "Signed by safeguarding_lead@example.org on" in words
    assert "All went well." in words


def test_facts_take_the_green_away_one_by_one(ann: Browser, session: Session) -> None:
    make_ready(session)
    page = ("consent", "cy")
    session.get_one(TopicPage, page).checked_by_welsh_speaker = False
    session.commit()
    assert not lights(ann)["welsh"]
    session.get_one(TopicPage, page).review_by = date.today() - timedelta(days=1)
    session.commit()
    assert not lights(ann)["review_dates"]
    assert "consent" in ann.open("/checklist").html
    assert {id_ for id_, is_so in lights(ann).items() if is_so} >= {"helplines", "release", "second_factor"}


@pytest.mark.parametrize(("status", "is_so"), [("active", False), ("unconfirmed", True)])
def test_only_lines_in_use_must_be_checked(ann: Browser, session: Session, status: str, is_so: bool) -> None:
    make_ready(session)
    line = session.get_one(Helpline, "childline")
    line.checked_on, line.status = date.today() - timedelta(days=100), status
    session.commit()
    assert lights(ann)["helplines"] is is_so


@pytest.mark.parametrize(
    ("role", "active", "is_so"), [("publisher", True, False), ("publisher", False, True), ("author", True, True)]
)
def test_the_second_factor_counts_for_those_who_must_have_it(
    ann: Browser, session: Session, role: str, active: bool, is_so: bool
) -> None:
    person = session.query(Staff).filter_by(email=f"{role}@example.org").one()
    person.totp_secret, person.active = None, active
    session.commit()
    assert lights(ann)["second_factor"] is is_so
    assert ("publisher@example.org" in ann.open("/checklist").words) is not is_so


def test_a_change_of_routing_takes_the_signature_away(ann: Browser, session: Session) -> None:
    sign(ann, "routing")
    assert lights(ann)["routing"]
    row = session.query(RoutingRow).filter_by(need="bullying").first()
    row.offer = row.offer[::-1]
    session.commit()
    assert not lights(ann)["routing"]
    assert not lights(ann)["release"]
    assert "it has changed since, so the signature no longer counts" in ann.open("/checklist").words
    assert "the routing is not live as written" in ann.open("/checklist").words
    row.offer = row.offer[::-1]
    session.commit()
    assert lights(ann)["routing"]


def test_nobody_signs_what_they_have_not_seen(ann: Browser, session: Session) -> None:
    page = ann.open("/checklist/sign/routing")
    assert "Childline" in page.text_of("td")
    session.query(RoutingRow).filter_by(need="bullying").first().online_first = "childline"
    session.commit()
    page = ann.send(page, note="Looked at twice.")
    assert "It has changed since you opened this page" in page.words
    assert page.form.fields["note"].strip() == "Looked at twice."
    assert session.query(Signature).count() == 0
    assert "Your signature is noted" in ann.send(page).words


def test_a_drill_needs_a_note_and_counts_for_90_days(ann: Browser, session: Session) -> None:
    assert "Say what was tried, and what happened." in sign(ann, "drill")
    assert session.query(Signature).count() == 0
    sign(ann, "drill", "Four messages, all well.")
    assert lights(ann)["drill"]
    for days, is_so in ((89, True), (91, False)):
        session.query(Signature).one().at = utc_now() - timedelta(days=days)
        session.commit()
        assert lights(ann)["drill"] is is_so
    assert "That is more than 90 days ago" in ann.open("/checklist").words


def test_the_privacy_notice_must_be_approved_and_signed_as_it_is(ann: Browser, session: Session) -> None:
    sign(ann, "privacy")
    assert lights(ann)["privacy"]
    drafts.save_words(session, "cy", "privacy", ["Mae hyn yn breifat."], "bea")
    session.commit()
    assert not lights(ann)["privacy"]
    assert "have the privacy notice approved in Welsh" in ann.open("/checklist").words
    sign(ann, "privacy")
    assert not lights(ann)["privacy"]
    word = session.get_one(SystemWord, ("cy", "privacy"))
    workflow.send_for_review(word)
    workflow.approve(word, "cai", workflow.REVIEWER)
    session.commit()
    assert not lights(ann)["privacy"]
    workflow.approve(word, "dai", workflow.LEAD)
    session.commit()
    assert lights(ann)["privacy"]
    assert "the privacy notice is not live as written" in ann.open("/checklist").words
    publishing.publish(session, "eva", "privacy")
    session.commit()
    assert (lights(ann)["privacy"], lights(ann)["release"]) == (True, True)


def test_without_a_release_nothing_is_published(ann: Browser, session: Session) -> None:
    session.execute(delete(ReleaseRecord))
    session.commit()
    assert not lights(ann)["release"]
    assert "publish the first release" in ann.open("/checklist").words


@pytest.mark.parametrize("role", ["author", "reviewer", "publisher"])
def test_only_the_safeguarding_lead_is_asked_to_sign(signed_in: SignIn, session: Session, role: str) -> None:
    browser = signed_in(role)
    page = browser.open("/checklist")
    assert "/checklist/sign" not in page.html
    assert "ask the safeguarding lead to look at it and sign" in page.words
    token = page.forms[-1].fields["csrf_token"]
    answer = browser.client.post("/checklist/sign/drill", data={"csrf_token": token, "note": "x", "seen": "x"})
    assert answer.status_code == 403
    assert session.query(Signature).count() == 0


def test_a_signature_is_in_the_log(ann: Browser, session: Session) -> None:
    sign(ann, "drill", "All well.")
    entry = session.query(AuditEntry).filter_by(kind="signatures").one()
    assert (entry.who, entry.name, entry.after["note"]) == ("ann@example.org", "drill", "All well.")
    ann.open("/checklist/sign/weather", status=404)
