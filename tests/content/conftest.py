"""Builders of small content, and a database to put it in."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from content.database import make_engine, migrate
from content.importing import import_library
from content.library import read_library
from content.publishing import publish
from content.release import Release, Snapshot
from content.settings import LIBRARY
from content.support import WORDS

Build = Callable[..., Any]
EVERYWHERE = ["wales", "england", "scotland", "northern_ireland"]


def _make_helpline(id_: str, **changes: Any) -> dict[str, Any]:
    """A free phone line for everyone, open day and night, unless `changes` say otherwise."""
    item: dict[str, Any] = {
        "id": id_,
        "kind": "service",
        "status": "active",
        "name": {"en": id_.title(), "cy": f"{id_.title()} Cymraeg"},
        "what_for": {"en": "To talk.", "cy": "I siarad."},
        "routes": [{"channel": "phone", "label": "0800 0000", "href": "tel:08000000"}],
        "hours": "24/7",
        "hours_words": {"en": "Day and night", "cy": "Ddydd a nos"},
        "ages": [0, None],
        "nations": EVERYWHERE,
        "languages": ["en"],
        "needs": [],
        "cost": {"en": "Free", "cy": "Am ddim"},
        "trace": {"en": "No trace", "cy": "Dim ôl"},
        "privacy": {"en": "Private", "cy": "Preifat"},
        "checked_on": None,
        "checked_by": None,
        "sources": [],
    }
    return item | changes


def _make_variant(**changes: Any) -> dict[str, Any]:
    item: dict[str, Any] = {
        "topic": "consent",
        "section": "explain",
        "language": "en",
        "audience": "young_person",
        "age_band": None,
        "reading_level": "standard",
        "bubbles": ["Consent is a free yes."],
    }
    return item | changes


def _helplines() -> list[dict[str, Any]]:
    """A small directory with one line of each sort that the gates tell apart."""
    text = {"channel": "text", "label": "85258", "href": "sms:85258", "say": "SHOUT"}
    web = {"channel": "webchat", "label": "example.org", "href": "https://example.org"}
    phone = {"channel": "phone", "label": "0800 0000", "href": "tel:08000000"}
    return [
        _make_helpline("emergency-999", routes=[{"channel": "phone", "label": "999", "href": "tel:999"}]),
        _make_helpline("silent-solution-55"),
        _make_helpline("childline", ages=[0, 18], routes=[phone, web]),
        _make_helpline("shout", routes=[text]),
        _make_helpline("samaritans"),
        _make_helpline("evenings", hours="Mo-Su 17:00-22:00"),
        _make_helpline("wales-only", nations=["wales"], routes=[phone, text]),
        _make_helpline("sixteen-plus", ages=[16, None]),
        _make_helpline("under-eighteen", ages=[0, 17], routes=[web]),
        _make_helpline("hours-unknown", hours=None, hours_words={}),
        _make_helpline("not-confirmed", status="unconfirmed"),
        _make_helpline("trusted-adult", kind="signpost", routes=[], hours=None, ages=None),
        _make_helpline("council", kind="signpost", routes=[], hours=None, ages=[0, 17]),
        _make_helpline("advice-for-adults", ages=[18, None], hours="Mo-Fr 09:00-17:00"),
    ]


def _routing() -> dict[str, Any]:
    def row(*offer: str, nations: Any = "all", ages: Any = "all") -> dict[str, Any]:
        return {"nations": nations, "ages": ages, "offer": list(offer)}

    return {
        "unknown": ["childline", "shout"],
        "last_resort": ["childline", "samaritans", "emergency-999"],
        "needs": {
            "immediate_danger": [row("emergency-999", "silent-solution-55", "childline")],
            "bullying": [row("evenings", "childline", "not-confirmed", "shout")],
            "relationship_control": [
                row("wales-only", "sixteen-plus", "childline", nations=["wales"], ages=["16_17"]),
                row("sixteen-plus", "childline", nations=["england"], ages=["16_17"]),
            ],
            "missing": [row("trusted-adult", "hours-unknown", ages=["13_15"])],
            "grooming_online": [row("under-eighteen", "sixteen-plus", "wales-only")],
            "parent_worried": [row("council", "advice-for-adults", "wales-only")],
            "professional_worried": [row("council", "advice-for-adults")],
        },
    }


def _make_quiz(**changes: Any) -> dict[str, Any]:
    answers = [{"label": "Yes", "right": True, "says": ["It is."]}, {"label": "No", "says": ["It is not."]}]
    quiz = {
        "kind": "quiz", "id": "small", "language": "en", "title": "Quiz", "topic": "consent", "review_by": "2030-01-01",
        "sources": [], "checked_by_welsh_speaker": False,
        "questions": [{"ask": "Is it?", "answers": answers}], "end": ["Well done."],
    }  # fmt: skip
    return quiz | changes


def _make_snapshot(**changes: Any) -> Snapshot:
    page = {"review_by": "2030-01-01", "sources": [], "checked_by_welsh_speaker": False}
    snapshot: Snapshot = {
        "topics": {"consent": {"en": page | {"title": "Consent"}, "cy": page | {"title": "Cydsyniad"}}},
        "variants": [_make_variant(), _make_variant(language="cy", bubbles=["Ie rhydd yw cydsyniad."])],
        "activities": [_make_quiz(), _make_quiz(language="cy", title="Cwis")],
        "pictures": {},
        "helplines": _helplines(),
        "routing": _routing(),
        "system": {
            "en": {key: f"{key} in English" for key in WORDS},
            "cy": {key: f"{key} yn Gymraeg" for key in WORDS},
        },
    }
    return snapshot | changes


@pytest.fixture(scope="session")
def make_helpline() -> Build:
    return _make_helpline


@pytest.fixture(scope="session")
def make_variant() -> Build:
    return _make_variant


@pytest.fixture(scope="session")
def make_snapshot() -> Build:
    return _make_snapshot


@pytest.fixture(scope="session")
def make_release() -> Build:
    return lambda **changes: Release.from_snapshot(_make_snapshot(**changes))


@pytest.fixture(scope="session")
def small_release() -> Release:
    return Release.from_snapshot(_make_snapshot())


@pytest.fixture(scope="session")
def library_release() -> Release:
    """The release that ships with the code."""
    from content.library import read_library

    return Release.from_snapshot(read_library(LIBRARY))


@pytest.fixture
def library_folder(tmp_path: Path) -> Path:
    """A small sound library as files, for a test to break."""
    snapshot = _make_snapshot()
    folder = tmp_path / "library"
    for name in ("topics", "system/en", "system/cy"):
        (folder / name).mkdir(parents=True)
    for variant in snapshot["variants"]:
        language = variant["language"]
        page = snapshot["topics"]["consent"][language] | {"topic": "consent", "language": language}
        page["sections"] = {"explain": [{"bubbles": variant["bubbles"]}]}
        text = yaml.safe_dump(page, allow_unicode=True).replace("'2030-01-01'", "2030-01-01")
        (folder / "topics" / f"consent.{language}.yml").write_text(text, encoding="utf-8")
    (folder / "quizzes").mkdir()
    for item in snapshot["activities"]:
        quiz = {"quiz": item["id"], **{key: value for key, value in item.items() if key not in ("kind", "id")}}
        path = folder / "quizzes" / f"{item['id']}.{item['language']}.yml"
        path.write_text(yaml.safe_dump(quiz, allow_unicode=True), encoding="utf-8")
    for language, words in snapshot["system"].items():
        path = folder / "system" / language / "help.yml"
        path.write_text(yaml.safe_dump(words, allow_unicode=True), encoding="utf-8")
    for name in ("helplines", "routing"):
        (folder / f"{name}.yml").write_text(yaml.safe_dump(snapshot[name], allow_unicode=True), encoding="utf-8")
    return folder


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """A migrated SQLite database of its own."""
    url = f"sqlite:///{tmp_path / 'folder' / 'lantern.db'}"
    migrate(url)
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


@pytest.fixture(scope="session")
def library_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database with the whole library as release 1."""
    url = f"sqlite:///{tmp_path_factory.mktemp('library') / 'lantern.db'}"
    migrate(url)
    engine = make_engine(url)
    with Session(engine) as session, session.begin():
        import_library(session, read_library(LIBRARY), "starter", "starter")
        publish(session, "starter", "starter")
    yield engine
    engine.dispose()


@pytest.fixture
def library_session(library_engine: Engine) -> Iterator[Session]:
    """Over the whole library; what a test changes is rolled back."""
    with Session(library_engine) as session:
        yield session
        session.rollback()
