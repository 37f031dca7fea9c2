"""What the live preview draws with is what the chat draws with, and says what the chat says."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from actions import teaching
from actions.turn import Turn
from admin.preview import WIDGET, draw_text, draw_words
from content import publishing
from content.checks import MAX_BUBBLES
from content.models import SystemWord
from content.profile import Profile
from tests.admin.browsing import Browser


@pytest.mark.parametrize(
    ("topic", "section", "language", "audience", "age_band", "level"),
    [
        ("grooming", "explain", "en", "young_person", "any", "standard"),
        ("consent", "words", "cy", "young_person", "any", "standard"),
        ("consent", "signs", "en", "young_person", "any", "easy_read"),
        ("spotting_signs", "what_to_do", "cy", "professional", "any", "standard"),
    ],
)
def test_the_buttons_are_those_under_the_text_in_the_chat(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch,
    topic: str, section: str, language: str, audience: str, age_band: str, level: str,
) -> None:  # fmt: skip
    monkeypatch.setattr(teaching, "count", lambda *_: None)
    release = publishing.latest(session)
    assert release is not None
    profile = Profile(language=language, audience=audience, reading_level=level)
    turn = Turn(release, profile, f"ask_{topic}", section, {}, {}, (), None, None, ())
    teaching.teach(turn, topic, section)
    said = [button["label"] for button in turn.buttons]
    with app.test_request_context():
        draws = draw_text(session, (topic, section, language, audience, age_band, level))
    assert [label for label in said if label != draws["more"]] == draws["buttons"]
    assert draws["page"] == MAX_BUBBLES
    assert set(draws["pictures"]) == set(release.pictures)


def test_a_text_that_is_not_live_yet_stands_where_it_will_stand(app: Flask, session: Session) -> None:
    with app.test_request_context():
        draws = draw_text(session, ("grooming", "next", "en", "professional", "16_17", "standard"))
    assert draws["buttons"][-1] == "Get help"


@pytest.mark.parametrize(
    ("key", "kind"), [("button.help", "button"), ("section.law", "button"), ("error.full", "notice"), ("joke", "text")]
)
def test_a_system_word_stands_as_it_does_in_the_chat(key: str, kind: str) -> None:
    assert draw_words(SystemWord(language="cy", key=key))["kind"] == kind


def test_the_files_are_the_widgets_own(ann: Browser) -> None:
    for name, mimetype in (("messages.js", "text/javascript"), ("style.css", "text/css")):
        answer = ann.client.get(f"/preview/widget/{name}")
        assert answer.data == (WIDGET / name).read_bytes()
        assert answer.mimetype == mimetype
        again = ann.client.get(f"/preview/widget/{name}", headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304
    for name in ("demo.html", "gone.js", "..%2Fapp.py", "%2e%2e/__init__.py", ".js", "../pages.css"):
        assert ann.client.get(f"/preview/widget/{name}").status_code == 404, name


def test_its_words_are_the_newest(ann: Browser, session: Session) -> None:
    word = session.get_one(SystemWord, ("cy", "widget.help"))
    word.draft = "Help nawr"
    session.commit()
    words = ann.client.get("/preview/words.json?language=cy").json
    assert words["widget.help"] == "Help nawr"
    assert all(key.startswith("widget.") for key in words)
    assert ann.client.get("/preview/words.json?language=fr").status_code == 404


def test_a_picture_is_shown_and_does_nothing(ann: Browser) -> None:
    answer = ann.client.get("/preview/pictures/breathe.svg")
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert ann.client.get("/preview/pictures/nothing.svg").status_code == 404
