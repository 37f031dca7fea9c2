"""A database file that is removed or replaced while it is open: nothing is written where nobody will find it."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from content.database import make_engine, migrate


def file_of(engine: Engine) -> Path:
    return Path(str(engine.url.database))


def note(engine: Engine, words: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS notes (words)"))
        connection.execute(text("INSERT INTO notes VALUES (:words)"), {"words": words})


def test_what_is_written_after_the_file_is_gone_is_refused(engine: Engine) -> None:
    note(engine, "first")
    file_of(engine).unlink()
    with pytest.raises(OperationalError, match="no database file"):
        note(engine, "second")


def test_no_empty_database_takes_the_place_of_one_that_is_gone(engine: Engine) -> None:
    file_of(engine).unlink()
    with pytest.raises(OperationalError):
        note(engine, "first")
    assert not file_of(engine).exists()


def test_a_file_that_is_put_in_its_place_is_used_at_once(engine: Engine, tmp_path: Path) -> None:
    note(engine, "in the old one")
    other = f"sqlite:///{tmp_path / 'other.db'}"
    migrate(other)
    elsewhere = make_engine(other)
    note(elsewhere, "in the other one")
    elsewhere.dispose()
    for beside in ("-wal", "-shm"):
        Path(f"{file_of(engine)}{beside}").unlink(missing_ok=True)
    (tmp_path / "other.db").replace(file_of(engine))
    with engine.connect() as connection:
        assert connection.scalars(text("SELECT words FROM notes")).all() == ["in the other one"]
