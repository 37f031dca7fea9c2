"""What was published is served after a restart, also when the database is gone by then."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from content import drafts, publishing
from content.importing import import_library
from content.kept_release import FILE, read_kept
from content.models import Variant
from content.store import ReleaseStore


@pytest.fixture
def start(database_url: str, library_folder: Path, tmp_path: Path) -> Callable[[], ReleaseStore]:
    """A store as a process that has just started has it, after its first look at the database."""

    def make() -> ReleaseStore:
        store = ReleaseStore(database_url, fallback_library=library_folder, folder=tmp_path)
        store.refresh()
        return store

    return make


@pytest.fixture
def publish(engine: Engine, make_snapshot: Callable[..., Any]) -> Callable[[str], int]:
    def publish_text(words: str) -> int:
        with Session(engine) as session, session.begin():
            import_library(session, make_snapshot(), "starter", "first")
            drafts.save_draft(session, session.get_one(Variant, 1), [words], "bea")
            return publishing.publish(session, "ann", words).number

    return publish_text


def lose_releases(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE releases RENAME TO gone"))


def test_a_restart_without_the_database_serves_the_newest(start, publish, engine: Engine) -> None:
    publish("One.")
    start()
    publish("Two.")
    start()
    lose_releases(engine)
    release = start().current()
    assert release.number == 2
    assert "Two." in release.to_json()


def test_the_database_counts_when_it_answers(start, publish, engine: Engine) -> None:
    """A backup that was put back may hold an older release than the one that was kept."""
    publish("One.")
    publish("Two.")
    start()
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM releases WHERE number = 2"))
    assert start().current().number == 1


@pytest.mark.parametrize("damage", ["cut", "changed", "no head", "empty"])
def test_a_damaged_file_is_not_served(start, publish, engine: Engine, tmp_path: Path, damage: str, caplog) -> None:
    publish("One.")
    start()
    lose_releases(engine)
    file = tmp_path / FILE
    words = file.read_text(encoding="utf-8")
    changed = {"cut": words[:-9], "changed": words.replace("One.", "Ona."), "no head": words[5:], "empty": ""}
    file.write_text(changed[damage], encoding="utf-8")
    assert start().current().number == 0
    assert "can not be read" in caplog.text


def test_a_full_disk_keeps_nobody_from_the_release(start, publish, monkeypatch, tmp_path: Path, caplog) -> None:
    publish("One.")
    monkeypatch.setattr("content.kept_release.os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left")))
    caplog.set_level(logging.WARNING)
    assert start().current().number == 1
    assert "could not be kept" in caplog.text
    assert read_kept(tmp_path) is None
    assert list(tmp_path.glob(f".{FILE}*")) == []
