"""Proposed phrases and rules: written by one, read by two others, then exported."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from content.models import AuditEntry, Proposal
from content.proposals import as_json_lines, find_personal
from tests.admin.browsing import Browser, Page, press

SignIn = Callable[[str], Browser]
STILL_BOTH = "A reviewer: still to approve The safeguarding lead: still to approve"
SORRY = "my ex keeps waiting outside my school gate"
GOOD = {
    "kind": "example",
    "phrase": SORRY,
    "urgency": "disclosure",
    "about": "self",
    "need": "relationship_control",
    "style": "plain",
    "language": "en",
    "why": "Nothing we have says this.",
}


def propose(browser: Browser, **changes: str) -> Page:
    return browser.send(browser.open("/assessor/proposals/new"), **(GOOD | changes))


def form_for(page: Page, end: str) -> object:
    return next(form for form in page.forms if form.action.endswith(end))


def approve(browser: Browser, id_: int, verb: str) -> Page:
    return press(browser, browser.open(f"/assessor/proposals/{id_}"), verb)


def approved(author: Browser, signed_in: SignIn, **changes: str) -> int:
    id_ = int(propose(author, **changes).path.rsplit("/", 1)[1])
    approve(signed_in("reviewer"), id_, "approve")
    approve(signed_in("safeguarding_lead"), id_, "approve_as_lead")
    return id_


def test_a_proposal_goes_from_its_author_over_two_others_to_the_export(signed_in: SignIn, session: Session) -> None:
    page = propose(signed_in("author"))
    assert "waits for approval by a reviewer and by the safeguarding lead" in page.words
    assert STILL_BOTH in page.words
    id_ = int(page.path.rsplit("/", 1)[1])
    lead = signed_in("safeguarding_lead")
    assert SORRY not in lead.open("/assessor/proposals/export").words
    page = approve(signed_in("reviewer"), id_, "approve")
    assert "A reviewer: approved by reviewer@example.org The safeguarding lead: still to approve" in page.words
    assert SORRY not in lead.open("/assessor/proposals/export").words
    assert "Approved, to be added" in approve(lead, id_, "approve_as_lead").words
    answer = lead.client.get("/assessor/proposals/export.jsonl")
    assert json.loads(answer.text) == {
        "text": SORRY,
        "urgency": "disclosure",
        "about": "self",
        "needs": ["relationship_control"],
        "kind": "plain",
        "language": "en",
    }
    page = lead.open("/assessor/proposals/export")
    assert answer.text.strip() in page.text_of("pre")
    assert "1 marked as added" in lead.send(page).words
    assert lead.client.get("/assessor/proposals/export.jsonl").text == ""
    assert session.get_one(Proposal, id_).stage == "published"


def test_exported_lines_have_the_form_of_the_training_data() -> None:
    folder = Path(__file__).resolve().parents[2] / "data" / "assessor"
    line = (folder / "welsh.jsonl").read_text(encoding="utf-8").splitlines()[2]
    row = json.loads(line)
    labels = {name: value for name, value in row.items() if name != "text"}
    assert as_json_lines([Proposal(phrase=row["text"], labels=labels)]) == line + "\n"


def test_a_rule_is_listed_but_is_no_training_phrase(signed_in: SignIn) -> None:
    approved(signed_in("author"), signed_in, kind="rule")
    lead = signed_in("admin")
    assert SORRY in lead.open("/assessor/proposals/export").words
    assert lead.client.get("/assessor/proposals/export.jsonl").text == ""


def test_nobody_approves_what_they_wrote_nor_twice_nor_as_what_they_are_not(
    signed_in: SignIn, session: Session
) -> None:
    lead = signed_in("safeguarding_lead")
    id_ = int(propose(lead).path.rsplit("/", 1)[1])
    page = lead.open(f"/assessor/proposals/{id_}")
    assert "You wrote this, so others approve it" in page.words
    assert "Someone else has to approve it" in press(lead, page, "approve_as_lead").words
    reviewer = signed_in("reviewer")
    page = approve(reviewer, id_, "approve")
    assert "You have approved this already" in press(reviewer, page, "approve").words
    for verb in ("approve_as_lead", "crown"):
        press(reviewer, page, verb, status=403)
    session.expire_all()
    assert [yes["as"] for yes in session.get_one(Proposal, id_).approvals] == ["reviewer"]


def test_what_is_sent_back_is_mended_and_waits_again(signed_in: SignIn, session: Session) -> None:
    author, reviewer = signed_in("author"), signed_in("reviewer")
    id_ = int(propose(author).path.rsplit("/", 1)[1])
    approve(reviewer, id_, "approve")
    page = reviewer.open(f"/assessor/proposals/{id_}")
    assert "Say what should be different" in press(reviewer, page, "request_changes", " ").words
    page = press(reviewer, page, "request_changes", "This is a concern.")
    assert "Sent back" in page.words
    reviewer.open(f"/assessor/proposals/{id_}/change", status=403)
    page = author.open(f"/assessor/proposals/{id_}/change")
    assert page.form.fields["phrase"].strip() == SORRY
    page = author.send(page, **(GOOD | {"urgency": "concern"}))
    assert STILL_BOTH in page.words
    assert "This is a concern." in page.words
    assert session.get_one(Proposal, id_).labels["urgency"] == "concern"


def test_what_is_approved_is_not_changed_behind_their_backs(signed_in: SignIn, session: Session) -> None:
    author = signed_in("author")
    id_ = approved(author, signed_in)
    page = author.send(author.open(f"/assessor/proposals/{id_}/change"), **(GOOD | {"phrase": "other words"}))
    assert "It is approved, so it can not be changed." in page.words
    assert session.get_one(Proposal, id_).phrase == SORRY


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"phrase": ""}, "The words must have 1 to 500 characters."),
        ({"phrase": "a" * 501}, "The words must have 1 to 500 characters."),
        ({"phrase": "ring me on 07700 900123"}, "The words hold a phone number"),
        ({"phrase": "his mail is bob@example.org"}, "The words hold an e-mail address"),
        ({"phrase": "look at https://example.org/x"}, "The words hold a link"),
        ({"why": "See www.example.org"}, "The reason holds a link"),
        ({"why": ""}, "The reason must have 1 to 1000 characters."),
        ({"urgency": ""}, "Choose the level that it should have."),
        ({"urgency": "none"}, "A message with nothing wrong has no need."),
        ({"urgency": "none", "need": ""}, "This sort does not go with the level."),
        ({"need": ""}, "Choose the need that comes first."),
        ({"about": ""}, "Choose whom it is about."),
        ({"language": ""}, "Choose the language."),
        ({"style": ""}, "Choose what sort of message it is."),
        ({"urgency": "dire"}, "Urgency is 'dire'"),
        ({"kind": "story"}, "The kind 'story'"),
    ],
)
def test_a_broken_proposal_is_refused_and_nothing_typed_is_lost(
    ann: Browser, session: Session, changes: dict[str, str], says: str
) -> None:
    page = propose(ann, **changes)
    assert says in page.words
    assert page.text_of("title").startswith("Error: ")
    assert page.form.fields["why"].strip() == changes.get("why", GOOD["why"])
    assert page.form.fields["phrase"].strip() == changes.get("phrase", GOOD["phrase"])
    assert session.query(Proposal).count() == 0


def test_the_page_says_that_no_real_message_may_be_entered(ann: Browser) -> None:
    assert "Never enter the message of a real young person" in ann.open("/assessor/proposals/new").words


@pytest.mark.parametrize(
    "phrase",
    ["0800-1111", "+44 (0)20 7946 0958", "０７７００ ９００１２３", "077\u200b00900123", "me@x", "me [at] x.org",
     "add @someone on insta", "example.co.uk", "HTTPS://X", "discord.gg/abc", "t.me/abc"],
)  # fmt: skip
def test_what_leads_to_a_person_is_found(phrase: str) -> None:
    assert list(find_personal(f"so {phrase} ok"))


@pytest.mark.parametrize("phrase", ["im 14 and hes 19", "call 999", "since 2019. then", "10/10 for 3.5 hours...what"])
def test_what_leads_to_nobody_is_fine(phrase: str) -> None:
    assert not list(find_personal(phrase))


def test_the_same_words_are_proposed_once(ann: Browser, session: Session) -> None:
    id_ = int(propose(ann).path.rsplit("/", 1)[1])
    assert f"These words are proposed already, as number {id_}." in propose(ann, phrase=SORRY.upper() + "!").words
    assert session.query(Proposal).count() == 1


def test_a_proposal_is_deleted_for_good_and_the_log_never_had_its_words(
    signed_in: SignIn, session: Session, tmp_path: Path
) -> None:
    id_ = int(propose(signed_in("author"), phrase="zebrafish is hurting me").path.rsplit("/", 1)[1])
    reviewer = signed_in("reviewer")
    token = reviewer.open("/account").forms[-1].fields["csrf_token"]
    place = f"/assessor/proposals/{id_}/delete"
    assert reviewer.client.post(place, data={"csrf_token": token}).status_code == 403
    lead = signed_in("safeguarding_lead")
    page = lead.open(f"/assessor/proposals/{id_}")
    assert "deleted for good" in lead.send(page, form_for(page, "/delete")).words
    assert session.get(Proposal, id_) is None
    entries = session.query(AuditEntry).filter_by(kind="proposals").all()
    assert [(entry.what, entry.who) for entry in entries] == [
        ("new", "author@example.org"),
        ("gone", "safeguarding_lead@example.org"),
    ]
    assert "zebrafish" not in "".join(
        str(row) for row in session.execute(text('SELECT name, "before", "after" FROM audit_entries'))
    )
