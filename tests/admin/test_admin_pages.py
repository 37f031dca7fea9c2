"""The pages to read: each is sound (the browser checks that), and says what it should."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from admin.database import ENGINE
from content import drafts
from content.models import AuditEntry, Helpline, SystemWord, TopicPage
from content.reading import variant_for
from tests.admin.browsing import WITHIN, Browser

SignIn = Callable[[str], Browser]
PLACE = "/topics/grooming/explain/en/young_person/any/standard"

# Not for reading: they lead elsewhere, or hold something other than a page, or need a link.
NO_PAGE = (
    "static", "health.get_healthz", "topics.find_text", "links.choose_password",
    "proposals.show", "proposals.change", "proposals.download",
    "sheets.preview",
    "release_files.download",
    "preview.send_widget_file", "preview.send_words", "preview.send_picture",
    "pictures.draw",
)  # fmt: skip


def test_every_page_is_sound(app: Flask, ann: Browser) -> None:
    seen = 0
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and rule.endpoint not in NO_PAGE:
            ann.open(re.sub(r"<(?:\w+:)?(\w+)>", lambda match: WITHIN[match[1]], rule.rule))
            seen += 1
    assert seen > 8


def test_the_dashboard_says_what_waits(ann: Browser, session: Session) -> None:
    words = ann.open("/").words
    assert "Release 1 , published by starter" in words or "Release 1, published by starter" in words
    assert "0 drafts wait" in words
    assert "0 pages are past review" in words
    variant = variant_for(session, ("grooming", "explain", "en", "young_person", "any", "standard"))
    drafts.save_draft(session, variant, ["A draft."], "bea")
    drafts.save_words(session, "cy", "concern", "Drafft.", "bea")
    session.get_one(TopicPage, ("consent", "en")).review_by = date(2020, 1, 1)
    session.execute(update(TopicPage).values(checked_by_welsh_speaker=True))
    session.get_one(TopicPage, ("consent", "cy")).checked_by_welsh_speaker = False
    session.execute(update(Helpline).where(Helpline.id != "childline").values(checked_on=date.today()))
    session.commit()
    words = ann.open("/").words
    assert "2 drafts wait" in words
    assert "1 page is past review" in words
    assert ", since 1 January 2020" in words
    assert "1 Welsh page is not yet checked by a Welsh speaker" in words
    assert "1 helpline needs a check" in words


def test_a_topic_shows_its_gaps(ann: Browser) -> None:
    page = ann.open("/topics/grooming")
    assert "Professional, any age, standard Missing Write" in page.words
    assert "Young person, any age, standard Live Open" in page.words
    assert "Not yet checked by a Welsh speaker" in page.words


def test_the_text_for_another_reader_can_be_chosen(ann: Browser) -> None:
    choice = "section=signs&language=cy&audience=community&age_band=16_17&reading_level=easy_read"
    page = ann.open(f"/topics/grooming/text?{choice}")
    assert page.path == "/topics/grooming/signs/cy/community/16_17/easy_read"
    ann.open("/topics/grooming/text?section=signs", status=404)


def test_what_is_not_known_is_not_found(ann: Browser) -> None:
    for path in (
        "/topics/knitting",
        "/topics/grooming/explain/fr/young_person/any/standard",
        "/topics/grooming/chapter/en/young_person/any/standard",
        "/helplines/nobody",
        "/words/en/nothing",
        "/nowhere",
    ):
        assert ann.open(path, status=404).text_of("h1") == "There is no such page"


def test_a_helpline_page_says_who_it_is_for_and_that_it_awaits_a_check(ann: Browser, session: Session) -> None:
    page = ann.open("/helplines/childline")
    for words in ("Awaiting check", "Up to 18", "All four", "Phone: 0800 1111", "What stays private"):
        assert words in page.words
    line = session.get_one(Helpline, "childline")
    line.checked_on, line.checked_by, line.status = date.today(), "bea", "changed"
    session.commit()
    words = ann.open("/helplines/childline").words
    assert f"Checked on {date.today():%-d %B %Y} by bea" in words
    assert "Changed, not offered" in words


@pytest.mark.parametrize(
    ("days", "words", "is_listed"),
    [(80, "Checked on", False), (100, "Check overdue", True), (150, "Check overdue, not offered", True)],
)
def test_an_overdue_line_is_shown_as_such(
    ann: Browser, session: Session, days: int, words: str, is_listed: bool
) -> None:
    checked_on = date.today() - timedelta(days=days)
    session.execute(update(Helpline).values(checked_on=checked_on, checked_by="bea"))
    session.commit()
    page = ann.open("/helplines/childline").words
    assert words in page
    assert f"Checked on {checked_on:%-d %B %Y} by bea" in page
    assert ("not offered" in page) is (days > 120)
    assert ("0 helplines need a check" not in ann.open("/").words) is is_listed


def test_welsh_is_marked_as_welsh(ann: Browser) -> None:
    page = ann.open(PLACE.replace("/en/", "/cy/"))
    assert {given.get("lang") for tag, given in page.tags if tag == "textarea" and given["name"] != "says"} == {"cy"}
    assert "Not yet checked by a Welsh speaker" in page.words
    assert "Not yet checked" not in ann.open(PLACE).words


def test_a_text_can_not_smuggle_in_html(ann: Browser, session: Session) -> None:
    session.get_one(SystemWord, ("en", "welcome")).value = '<script>alert(1)</script> [x](https://a"onclick="b)'
    session.commit()
    page = ann.open("/words/en/welcome")
    assert "<script>" not in page.html
    assert not any("onclick" in given for _, given in page.tags)


def test_a_database_that_does_not_answer_is_said_in_words(app: Flask, ann: Browser, tmp_path: Path) -> None:
    app.extensions[ENGINE].dispose()
    for file in tmp_path.glob("lantern.db*"):
        file.unlink()
    (tmp_path / "lantern.db").write_text("This is not a database. " * 100)
    for path in ("/", "/words"):
        page = ann.open(path, status=503)
        assert "The chat goes on with the last release" in page.words
    assert app.test_client().get("/healthz").status_code == 200


def test_a_welsh_speaker_notes_that_they_have_read_a_topic(signed_in: SignIn, session: Session) -> None:
    reviewer = signed_in("reviewer")
    page = reviewer.open("/topics/grooming")
    assert "Not yet checked by a Welsh speaker" in page.words
    form = next(form for form in page.forms if form.action.endswith("/page/cy"))
    page = reviewer.send(page, form, what="read_by_welsh_speaker")
    assert "a Welsh speaker has read it" in page.words
    assert "Not yet checked by a Welsh speaker" not in page.words
    entry = session.query(AuditEntry).filter_by(name="grooming, cy").one()
    assert (entry.who, entry.after) == ("reviewer@example.org", {"checked_by_welsh_speaker": True})
    reviewer.send(page, form, what="something else", status=400)
    assert "have read all of it" not in signed_in("author").open("/topics/consent").words


def test_a_page_that_was_looked_at_again_is_due_later(signed_in: SignIn, session: Session) -> None:
    reviewer = signed_in("reviewer")
    page = reviewer.open("/topics/grooming")
    form = next(form for form in page.forms if form.action.endswith("/page/en"))
    assert "in half a year" in reviewer.send(page, form, what="looked_at").words
    assert session.get_one(TopicPage, ("grooming", "en")).review_by > date.today() + timedelta(days=180)
