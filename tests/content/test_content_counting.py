"""Counts of texts."""

import time
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from content.counting import TextCounter
from content.models import TextCount


def counts(engine: Engine) -> dict[tuple[str, str, str], int]:
    with Session(engine) as session:
        return {(row.item, row.revision, row.event): row.count for row in session.scalars(select(TextCount))}


def test_events_add_up_by_text_and_revision(engine: Engine, database_url: str) -> None:
    counter = TextCounter(database_url, seconds=3600)
    for revision in ("one", "one", "two"):
        counter.add("consent/explain", revision, "shown")
    counter.write()
    counter.add("consent/explain", "one", "shown")
    counter.add("consent/explain", "one", "helped")
    assert counts(engine)["consent/explain", "one", "shown"] == 2
    counter.stop()
    assert counts(engine) == {
        ("consent/explain", "one", "shown"): 3,
        ("consent/explain", "two", "shown"): 1,
        ("consent/explain", "one", "helped"): 1,
    }


def test_they_are_written_by_themselves(engine: Engine, database_url: str) -> None:
    counter = TextCounter(database_url, seconds=0.01)
    counter.add("consent/explain", "one", "shown")
    deadline = time.monotonic() + 10
    while not counts(engine) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert counts(engine) == {("consent/explain", "one", "shown"): 1}
    counter.stop()


def test_with_the_database_away_they_wait(engine: Engine, database_url: str, caplog: pytest.LogCaptureFixture) -> None:
    counter = TextCounter("sqlite:////nowhere/at/all.db", seconds=3600)
    counter.add("consent/explain", "one", "shown")
    counter.write()
    assert "wait for the database" in caplog.text
    counter._url = database_url
    counter.stop()
    assert counts(engine) == {("consent/explain", "one", "shown"): 1}


def test_nothing_in_the_table_tells_who_or_when() -> None:
    columns: Any = TextCount.__table__.columns.keys()
    assert set(columns) == {"item", "revision", "event", "count"}
