"""Copies of an SQLite database while others read and write it."""

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import make_url

from content.backup_file import BackupFailed

WAIT = 20  # seconds for others to finish writing
UNREADABLE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
BESIDE = ("", "-wal", "-shm")  # the files of one database


def path_of(url: str) -> Path:
    database = make_url(url).database
    if not database or database == ":memory:":
        raise BackupFailed("A database in memory has no file to back up or restore.")
    return Path(database).resolve()


def copy_out(url: str, to: Path) -> None:
    """A sound copy of the database as it is at one moment, in one file. Raises BackupFailed."""
    path = path_of(url)
    if not path.is_file():
        raise BackupFailed(f"There is no database at {path}. Are DATABASE_URL and LANTERN_DATA_DIR set as for Lantern?")
    _copy(path, to)
    check(to)


def check(path: Path) -> None:
    """Raises BackupFailed when SQLite finds something wrong inside."""
    with closing(_open(path)) as connection:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        if found != ["ok"]:
            raise BackupFailed(f"The database is damaged: {found[0]}")


def fold(path: Path) -> None:
    """All of the database into the one file, with no -wal beside it. Raises sqlite3.Error."""
    with closing(_open(path)) as connection:
        if connection.execute("PRAGMA journal_mode=DELETE").fetchone() != ("delete",):
            raise BackupFailed("The restored database could not be written to the end.")


def read_facts(path: Path) -> tuple[str, int]:
    """The migration ("" for none) and the newest release (0 for none). Raises sqlite3.DatabaseError."""
    with closing(_open(path, "ro")) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        versions = connection.execute("SELECT version_num FROM alembic_version") if "alembic_version" in tables else []
        migration = next((row[0] for row in versions), "")
        newest = connection.execute("SELECT max(number) FROM releases") if "releases" in tables else []
        return migration, next((row[0] for row in newest), 0) or 0


def is_readable(path: Path) -> bool:
    """Whether SQLite can read it as a database at all."""
    try:
        read_facts(path)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in UNREADABLE:
            return False
        raise
    return True


def put_in_place(new: Path, path: Path) -> Path | None:
    """`new` becomes the database at `path`, in one transaction that running servers see whole.

    What was there is kept beside it, where this gives its path; a file that can not be read is moved there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = _free_name(path)
    if path.exists() and is_readable(path):
        try:
            os.close(os.open(kept, os.O_CREAT | os.O_EXCL, 0o600))  # it holds what only its owner may read
            _copy(path, kept)
            _copy(new, path)
        except BaseException:
            kept.unlink(missing_ok=True)
            raise
        return kept
    moved: list[tuple[Path, Path]] = []  # a -wal left behind would be taken for one of the new file
    try:
        for end in BESIDE:
            old = path.with_name(path.name + end)
            if old.exists():
                moved.append((old, kept.with_name(kept.name + end)))
                os.replace(*moved[-1])
        os.replace(new, path)
    except BaseException:
        for old, now in moved:
            if now.exists():
                os.replace(now, old)
        raise
    return kept if moved else None


def _copy(source: Path, to: Path) -> None:
    with closing(_open(source)) as old, closing(sqlite3.connect(to, timeout=WAIT)) as new:
        old.backup(new, progress=_give_up_at(time.monotonic() + WAIT))


def _give_up_at(end: float) -> Callable[[int, int, int], None]:
    """While someone else writes, a copy is tried again and again; this ends it."""

    def look(status: int, _left: int, _all: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > end:
            raise BackupFailed("Someone else keeps the database busy. Stop Lantern and try again.")

    return look


def _open(path: Path, mode: str = "rw") -> sqlite3.Connection:
    """Never makes a database; in mode "ro" what is damaged stays as it is."""
    return sqlite3.connect(f"file:{quote(str(path))}?mode={mode}", uri=True, timeout=WAIT)


def _free_name(path: Path) -> Path:
    """Beside it, where no earlier one is."""
    name, number = f"{path.name}.before-restore", 1
    while path.with_name(name).exists():
        number += 1
        name = f"{path.name}.{number}.before-restore"
    return path.with_name(name)
