"""From draft to approved: the order of things, and who may say yes."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from content import drafts, publishing, workflow
from content.audit import HIDDEN, watch
from content.importing import import_library
from content.models import AuditEntry, Helpline, Revision, SystemWord, Variant
from content.workflow import LEAD, REVIEWER, NotAllowed

Build = Callable[..., Any]


@pytest.fixture
def published(session: Session, make_snapshot: Build) -> Session:
    import_library(session, make_snapshot(), "starter", "first")
    publishing.publish(session, "ann", "first")
    session.commit()
    return session


@pytest.fixture
def draft(published: Session) -> Revision:
    variant = published.scalars(select(Variant).where(Variant.language == "en")).one()
    return drafts.save_draft(published, variant, ["A warmer yes."], "bea")


def live(session: Session) -> set[str]:
    release = publishing.publish(session, "ann", "approved", with_drafts=False)
    return {bubble for variant in release.variants for bubble in variant.bubbles}


def test_only_what_is_approved_goes_live(published: Session, draft: Revision) -> None:
    assert "A warmer yes." not in live(published)
    workflow.send_for_review(draft)
    assert "A warmer yes." not in live(published)
    workflow.approve(draft, "cai", REVIEWER)
    assert "A warmer yes." in live(published)
    assert draft.stage == "published"


def test_nobody_approves_their_own_work(draft: Revision) -> None:
    workflow.send_for_review(draft)
    with pytest.raises(NotAllowed, match="You wrote this"):
        workflow.approve(draft, "bea", REVIEWER)


def test_what_is_sent_back_says_why_and_is_mended_and_sent_again(draft: Revision) -> None:
    workflow.send_for_review(draft)
    with pytest.raises(NotAllowed, match="Say what should be different"):
        workflow.request_changes(draft, "cai", "  ")
    workflow.request_changes(draft, "cai", "Shorter, please.")
    assert (draft.stage, draft.comments[0]["says"]) == ("changes_requested", "Shorter, please.")
    with pytest.raises(NotAllowed, match="changes requested, so it can not be approved"):
        workflow.approve(draft, "cai", REVIEWER)
    workflow.send_for_review(draft)
    workflow.approve(draft, "cai", REVIEWER)
    assert draft.stage == "approved"


@pytest.mark.parametrize("verb", [workflow.send_for_review, lambda item: workflow.approve(item, "cai", REVIEWER)])
def test_what_is_published_needs_a_new_draft_first(published: Session, verb: Callable[..., None]) -> None:
    with pytest.raises(NotAllowed, match="It is published"):
        verb(published.scalars(select(Revision)).first())


def test_words_that_keep_people_safe_need_the_lead_as_well(published: Session) -> None:
    word = drafts.save_words(published, "en", "emergency", "Call 999 now.", "bea")
    workflow.send_for_review(word)
    workflow.approve(word, "cai", REVIEWER)
    assert word.stage == "in_review"
    with pytest.raises(NotAllowed, match="You have approved this"):
        workflow.approve(word, "cai", LEAD)
    workflow.approve(word, "dee", LEAD)
    assert word.stage == "approved"


@pytest.mark.parametrize(
    ("key", "is_safety"),
    [
        ("emergency", True),
        ("disclosure_other", True),
        ("privacy", True),
        ("section.law", False),
        ("glossary.cunch", False),
    ],
)
def test_which_words_those_are(key: str, is_safety: bool) -> None:
    assert workflow.needs_lead(SystemWord(language="en", key=key)) is is_safety


def test_a_change_after_an_approval_asks_for_it_anew(published: Session) -> None:
    word = drafts.save_words(published, "en", "section.law", "The law", "bea")
    workflow.send_for_review(word)
    workflow.approve(word, "cai", REVIEWER)
    drafts.save_words(published, "en", "section.law", "The rules", "cai")
    assert (word.stage, word.approvals, word.author) == ("draft", [], "cai")


def test_a_helpline_changes_for_the_chat_once_two_have_approved(published: Session) -> None:
    item = published.get_one(Helpline, "childline").as_library_item() | {"hours": "Mo-Fr 09:00-17:00"}
    line = drafts.save_helpline(published, item, "bea")
    assert publishing.publish(published, "ann", "x", with_drafts=False).helplines["childline"].schedule is not None
    assert line.hours == "24/7"
    workflow.send_for_review(line)
    workflow.approve(line, "cai", REVIEWER)
    workflow.approve(line, "dee", LEAD)
    release = publishing.publish(published, "ann", "new hours", with_drafts=False)
    assert (line.hours, line.draft) == ("Mo-Fr 09:00-17:00", None)
    assert release.snapshot["helplines"] == [
        row.as_library_item() for row in published.scalars(select(Helpline).order_by(Helpline.position))
    ]


def test_the_log_notes_who_changed_what(published: Session) -> None:
    watch(published, lambda: "bea")
    variant = published.scalars(select(Variant).where(Variant.language == "en")).one()
    drafts.save_draft(published, variant, ["A warmer yes."], "bea")
    word = published.get_one(SystemWord, ("en", "concern"))
    word.draft = "New words."
    published.commit()
    text_entry, word_entry = sorted(published.scalars(select(AuditEntry)), key=lambda entry: entry.kind)
    assert (text_entry.who, text_entry.what) == ("bea", "new")
    assert text_entry.name == "consent/explain/en/young_person/any/standard, revision 2"
    assert text_entry.after["body"] == ["A warmer yes."]
    assert (word_entry.name, word_entry.before, word_entry.after) == ("en concern", {}, {"draft": "New words."})


def test_the_log_holds_no_snapshots(published: Session) -> None:
    watch(published, lambda: "ann")
    publishing.publish(published, "ann", "again")
    published.commit()
    entry = published.scalars(select(AuditEntry).where(AuditEntry.kind == "releases")).one()
    assert entry.after["snapshot"] == HIDDEN
    assert (entry.name, entry.after["why"]) == ("release 2", "again")


def test_what_is_rolled_back_leaves_no_entry(published: Session) -> None:
    watch(published, lambda: "bea")
    published.get_one(SystemWord, ("en", "concern")).draft = "New words."
    published.flush()
    published.rollback()
    assert published.scalars(select(AuditEntry)).all() == []


@pytest.mark.parametrize("statement", ["UPDATE audit_entries SET who = 'nobody'", "DELETE FROM audit_entries"])
def test_the_log_only_grows(published: Session, statement: str) -> None:
    watch(published, lambda: "bea")
    published.get_one(SystemWord, ("en", "concern")).draft = "New words."
    published.commit()
    with pytest.raises(DatabaseError, match="only grows"):
        published.execute(text(statement))
