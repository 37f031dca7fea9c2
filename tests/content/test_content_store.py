"""The release in memory: what it serves while the database comes, goes and is tampered with."""

import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from content import drafts, publishing
from content.importing import import_library
from content.models import Variant
from content.store import ReleaseStore

Build = Callable[..., Any]


@pytest.fixture
def store(database_url: str, library_folder: Path) -> Iterator[ReleaseStore]:
    store = ReleaseStore(database_url, poll_seconds=0.02, fallback_library=library_folder)
    yield store
    store.stop()


@pytest.fixture
def publish(engine: Engine, make_snapshot: Build) -> Callable[[str], int]:
    """Publishes the small library with this text for consent; gives the number."""

    def publish_text(words: str) -> int:
        with Session(engine) as session, session.begin():
            import_library(session, make_snapshot(), "starter", "first")
            variant = session.get_one(Variant, 1)
            drafts.save_draft(session, variant, [words], "bea")
            return publishing.publish(session, "ann", words).number

    return publish_text


def wait_for(condition: Callable[[], bool], seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)
    return condition()


def test_the_starter_serves_before_anything_is_published(store: ReleaseStore) -> None:
    assert not store.refresh()
    assert store.current().number == 0
    assert store.current() is store.current()
    assert "childline" in store.current().helplines


def test_making_a_store_connects_to_nothing(tmp_path: Path, library_folder: Path) -> None:
    path = tmp_path / "never.db"
    store = ReleaseStore(f"sqlite:///{path}", fallback_library=library_folder)
    assert store.current().number == 0
    assert not path.exists()


def test_a_publish_is_live_without_asking(store: ReleaseStore, publish: Callable[[str], int]) -> None:
    publish("One.")
    store.start()
    assert store.current().number == 1
    publish("Two.")
    assert wait_for(lambda: store.current().number == 2)


def test_refresh_tells_whether_there_was_a_newer_one(store: ReleaseStore, publish: Callable[[str], int]) -> None:
    publish("One.")
    assert store.refresh()
    assert not store.refresh()
    publish("Two.")
    assert store.refresh()


def test_a_tampered_release_is_refused_and_the_old_one_stays(
    store: ReleaseStore, publish: Callable[[str], int], engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    publish("One.")
    store.refresh()
    publish("Two.")
    with engine.begin() as connection:
        connection.execute(text("UPDATE releases SET snapshot = replace(snapshot, 'Two.', 'Bad.') WHERE number = 2"))
    assert not store.refresh()
    assert not store.refresh()
    assert store.current().number == 1
    assert [record.levelname for record in caplog.records] == ["ERROR"]  # told once
    publish("Three.")
    assert store.refresh()
    assert store.current().number == 3


def test_a_fresh_start_passes_over_a_tampered_release(
    store: ReleaseStore, publish: Callable[[str], int], engine: Engine
) -> None:
    publish("One.")
    publish("Two.")
    with engine.begin() as connection:
        connection.execute(text("UPDATE releases SET sha256 = 'x' WHERE number = 2"))
    assert store.refresh()
    assert store.current().number == 1


def test_with_the_database_gone_the_last_release_stays(
    store: ReleaseStore, publish: Callable[[str], int], engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    publish("One.")
    store.refresh()
    caplog.clear()
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE releases RENAME TO gone"))
    assert not store.refresh()
    assert not store.refresh()
    assert store.current().number == 1
    assert [record.levelname for record in caplog.records] == ["WARNING"]  # once, not at each look
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE gone RENAME TO releases"))
    publish("Two.")
    assert store.refresh()
    assert "answers again" in caplog.text


def test_a_fault_is_logged_without_the_password(library_folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    store = ReleaseStore(
        "postgresql://lantern:hunter2@127.0.0.1:1/lantern", poll_seconds=0.02, fallback_library=library_folder
    )
    store.start(wait_seconds=5)
    store.stop()
    assert store.current().number == 0
    assert "does not answer" in caplog.text
    assert "hunter2" not in caplog.text


def test_current_does_not_wait_for_a_slow_database(
    store: ReleaseStore, publish: Callable[[str], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    publish("One.")
    store.refresh()
    monkeypatch.setattr(store, "_load_newer", lambda: time.sleep(0.5))
    store.start(wait_seconds=0)
    begin = time.perf_counter()
    assert store.current().number == 1
    assert time.perf_counter() - begin < 0.1


def test_start_twice_and_stop_twice_are_harmless(store: ReleaseStore) -> None:
    store.start()
    store.start()
    store.stop()
    store.stop()
