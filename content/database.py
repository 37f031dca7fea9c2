"""Engines for SQLite and PostgreSQL, and the migrations."""

import sqlite3
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DisconnectionError

BUSY_SECONDS = 5
CONNECT_SECONDS = 3

MIGRATIONS = Path(__file__).resolve().parent / "migrations"


def make_engine(url: str, *, may_create: bool = False) -> Engine:
    """An engine for `url`; connects to nothing yet. SQLite gets WAL, a busy timeout and foreign keys.

    An SQLite file that is not there is an error, unless it `may_create` it: an empty one would take the place of what
    somebody is about to put back.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        if parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        # A machine that does not answer must not hold anyone up for longer than a moment.
        return create_engine(parsed, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_SECONDS})
    engine = create_engine(parsed, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    if parsed.database and parsed.database != ":memory:":
        _watch_file(engine, Path(parsed.database), may_create=may_create)
    return engine


def migrate(url: str, revision: str = "head") -> None:
    """Brings the database to `revision`, creating an SQLite file and its folder where they are missing."""
    database = make_url(url).database
    if make_url(url).get_backend_name() == "sqlite" and database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    engine = make_engine(url, may_create=True)
    try:
        with engine.begin() as connection:
            migrate_on(connection, revision)
    finally:
        engine.dispose()


def migrate_on(connection: Connection, revision: str = "head") -> None:
    """Like migrate(), in the transaction of this connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", f"busy_timeout={BUSY_SECONDS * 1000}", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _watch_file(engine: Engine, path: Path, *, may_create: bool) -> None:
    """Drop connections to a file that was removed or replaced: what is written there is lost without a word."""

    def refuse_missing(_dialect: Any, _record: Any, _args: Any, _named: Any) -> None:
        if not may_create and not path.exists():
            raise sqlite3.OperationalError("there is no database file")

    def note_file(_connection: Any, record: Any) -> None:
        record.info["file"] = _identity(path)

    def refuse_moved(_connection: Any, record: Any, _proxy: Any) -> None:
        if record.info.get("file") != _identity(path):
            raise DisconnectionError("the database file was removed or replaced")

    event.listen(engine, "do_connect", refuse_missing)
    event.listen(engine, "connect", note_file)
    event.listen(engine, "checkout", refuse_moved)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
