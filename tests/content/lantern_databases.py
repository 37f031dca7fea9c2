"""Builders of small databases, for the tests of backups."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from content.database import migrate

NOISE = os.urandom(300_000).hex()


def url_of(path: Path) -> str:
    return f"sqlite:///{path}"


def publish(path: Path, *numbers: int, why: str = "") -> None:
    """Rows of releases, as far as a backup looks at them."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for number in numbers:
            row = (number, "0" * 64, "{}" + NOISE, "ann", why, "2026-01-01 00:00:00")
            connection.execute(
                "INSERT INTO releases (number, sha256, snapshot, who, why, created_at) VALUES (?, ?, ?, ?, ?, ?)", row
            )


def make_database(path: Path, *numbers: int, why: str = "") -> Path:
    migrate(url_of(path))
    publish(path, *numbers, why=why)
    return path


def releases(path: Path) -> list[tuple[int, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT number, why FROM releases ORDER BY number").fetchall()


def everything(folder: Path) -> dict[str, bytes]:
    """All files of a folder, but SQLite's own index of a -wal, and a -wal with nothing in it."""
    files = {file.name: file.read_bytes() for file in folder.iterdir() if not file.name.endswith("-shm")}
    return {name: held for name, held in files.items() if held or not name.endswith("-wal")}
