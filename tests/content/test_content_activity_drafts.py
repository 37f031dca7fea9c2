"""Activities while they are written: what is newest, what is not yet translated, what is held back."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from content import activity_drafts, publishing
from content.activity_names import to_id
from content.building import build
from content.database import make_engine, migrate
from content.errors import BrokenContent
from content.importing import import_library
from content.models import Activity
from content.models.workflow import CHANGES_REQUESTED, DRAFT, IN_REVIEW
from content.release import Snapshot
from content.workflow import REVIEWER, approve, send_for_review


@pytest.fixture
def session(tmp_path: Path, make_snapshot) -> Iterator[Session]:
    url = f"sqlite:///{tmp_path / 'lantern.db'}"
    migrate(url)
    engine = make_engine(url)
    snapshot: Snapshot = make_snapshot()
    snapshot["activities"] = [item for item in snapshot["activities"] if item["language"] == "en"]
    with Session(engine) as session:
        import_library(session, snapshot, "starter", "starter")
        publishing.publish(session, "starter", "starter")
        session.commit()
        yield session
    engine.dispose()


def quiz(session: Session, language: str = "en") -> Activity:
    return session.get_one(Activity, ("quiz", "small", language))


def titles(session: Session) -> list[str]:
    return [item["title"] for item in build(session).snapshot["activities"]]


def test_a_copy_is_held_until_it_is_translated_or_approved(session: Session) -> None:
    copied = activity_drafts.start_translation(session, quiz(session), "cy", "bea")
    assert copied.draft["language"] == "cy"
    assert copied.stage == CHANGES_REQUESTED
    assert titles(session) == ["Quiz"]
    assert activity_drafts.state_of(copied, publishing.latest(session)) == "held"
    send_for_review(copied)
    assert titles(session) == ["Quiz"]
    approve(copied, "cai", REVIEWER)
    assert titles(session) == ["Quiz", "Quiz"]


def test_half_a_translation_is_held_and_a_whole_one_is_not(session: Session) -> None:
    copied = activity_drafts.start_translation(session, quiz(session), "cy", "bea")
    half = copy.deepcopy(copied.draft) | {"title": "Cwis"}
    assert activity_drafts.save(session, half, "bea").stage == CHANGES_REQUESTED
    answers = [{"label": "Ie", "right": True, "says": ["Ydy."]}, {"label": "Na", "says": ["Nac ydy."]}]
    whole = half | {"questions": [{"ask": "Ydy e?", "answers": answers}], "end": ["Da iawn."]}
    assert activity_drafts.save(session, whole, "bea").stage == DRAFT
    assert titles(session) == ["Cwis", "Quiz"]


def test_every_text_of_a_copy_is_the_same_as_the_source(session: Session) -> None:
    source = activity_drafts.source_texts(session, "quiz", "small", "cy")
    assert source == {"Quiz", "Is it?", "Yes", "No", "It is.", "It is not.", "Well done."}
    assert activity_drafts.source_texts(session, "quiz", "small", "en") == frozenset()


def test_numbers_need_no_translation(session: Session) -> None:
    item = copy.deepcopy(quiz(session).value)
    item["questions"][0]["answers"][0]["label"] = "16"
    activity_drafts.save(session, item, "bea")
    assert "16" not in activity_drafts.source_texts(session, "quiz", "small", "cy")


def test_english_is_translated_from_welsh_where_only_welsh_is_live(session: Session) -> None:
    item = copy.deepcopy(quiz(session).value) | {"id": "arall", "language": "cy", "title": "Arall"}
    welsh = activity_drafts.save(session, item, "bea")
    publishing.publish(session, "bea", "why")
    activity_drafts.start_translation(session, welsh, "en", "bea")
    assert "Arall" in activity_drafts.source_texts(session, "quiz", "arall", "en")


def test_where_an_activity_stands(session: Session) -> None:
    release = publishing.latest(session)
    assert activity_drafts.state_of(None, release) == "missing"
    assert activity_drafts.state_of(quiz(session), release) == "live"
    changed = activity_drafts.save(session, quiz(session).value | {"title": "Another"}, "bea")
    assert activity_drafts.state_of(changed, release) == "waiting"
    assert activity_drafts.newest(changed)["title"] == "Another"
    assert activity_drafts.live(release, "quiz", "small", "en")["title"] == "Quiz"
    changed.stage = IN_REVIEW
    assert activity_drafts.state_of(changed, release) == "held"


@pytest.mark.parametrize(
    ("change", "named"),
    [({"title": " "}, "title"), ({"title": "x" * 49}, "48"), ({"questions": []}, "no question")],
)
def test_what_is_not_whole_is_not_saved(session: Session, change: dict[str, object], named: str) -> None:
    with pytest.raises(BrokenContent, match=named):
        activity_drafts.save(session, quiz(session).value | change, "bea")


@pytest.mark.parametrize(
    ("words", "id_"),
    [("Priya's “Skyfox”", "priyas_skyfox"), ("Tŷ bach 2", "ty_bach_2"), ("…", ""), ("x" * 80, "x" * 64)],
)
def test_names_become_ids(words: str, id_: str) -> None:
    assert to_id(words) == id_
