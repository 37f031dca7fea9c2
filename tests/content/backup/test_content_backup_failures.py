"""Backups of an SQLite database that are damaged or do not fit, and disks that are full: nothing may change."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from content import backup_sqlite
from content.backup import back_up, restore
from content.backup_file import FIRST_LINE, BackupFailed, unpack, write
from content.settings import ROOT
from tests.content.lantern_databases import everything, releases, url_of


def damage(made: Path, way: str) -> None:
    whole = made.read_bytes()
    middle = len(whole) // 2
    header, line, rest = whole.split(b"\n", 2)
    made.write_bytes(
        {
            "a byte changed": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
            "a fact changed": whole.replace(b'"release": 3', b'"release": 9'),
            "cut in the middle": whole[:middle],
            "cut at the end": whole[:-1],
            "cut in the facts": whole[:40],
            "nothing but the first line": FIRST_LINE,
            "more at the end": whole + b"more",
            "facts that are none": b"\n".join((header, b'{"size": "big"}', rest)),
            "a long line": b"\n".join((header, line[:-1] + b" " * 5000 + b"}", rest)),
            "empty": b"",
            "a picture": b"\x89PNG\r\n\x1a\n" + os.urandom(5000),
        }[way]
    )


@pytest.mark.parametrize(
    "way",
    [
        "a byte changed", "a fact changed", "cut in the middle", "cut at the end", "cut in the facts",
        "nothing but the first line", "more at the end", "facts that are none", "a long line", "empty", "a picture",
    ],
)  # fmt: skip
def test_a_damaged_backup_changes_nothing(made: Path, other: Path, way: str) -> None:
    damage(made, way)
    before = everything(other.parent)
    with pytest.raises(BackupFailed, match=r"damaged or not whole|not a backup of Lantern"):
        restore(url_of(other), made, force=True)
    assert everything(other.parent) == before


def remade(made: Path, folder: Path, **changes: object) -> Path:
    """The backup with other facts, and a sha256 that fits them."""
    content, file = folder / "content", folder / "remade"
    write(file, replace(unpack(made, content), **changes), content)  # type: ignore[arg-type]
    return file


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"migration": "9999"}, "made by a newer Lantern"),
        ({"migration": "0003"}, "does not hold the migration that it names"),
        ({"database": "postgresql"}, "is of a postgresql database, but DATABASE_URL names a sqlite one"),
        ({"size": 10}, "damaged or not whole"),
        ({"size": 10**9}, "damaged or not whole"),
    ],
)
def test_a_backup_that_does_not_fit_changes_nothing(
    made: Path, other: Path, tmp_path: Path, changes: dict[str, object], why: str
) -> None:
    before = everything(other.parent)
    with pytest.raises(BackupFailed, match=why):
        restore(url_of(other), remade(made, tmp_path, **changes), force=True)
    assert everything(other.parent) == before


def limited(size: int, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The command where no file may grow over `size` bytes, as on a disk that is full."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "content", *arguments],
        env={**os.environ, "LANTERN_DATA_DIR": str(folder), "DATABASE_URL": "", "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=ROOT, capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )  # fmt: skip


# Of the unpacked database: in the middle of unpacking; enough to unpack and migrate it and to keep the old one, but
# not for the last step, whose log of changed pages is longer than the database itself.
@pytest.mark.parametrize("part", [0.5, 1.001])
def test_a_full_disk_changes_nothing(made: Path, other: Path, tmp_path: Path, part: float) -> None:
    size = unpack(made, tmp_path / "content").size
    before = everything(other.parent)
    done = limited(int(size * part), "restore", str(made), folder=other.parent)
    assert done.returncode == 1
    assert "Nothing was changed." in done.stderr
    assert "Traceback" not in done.stderr
    assert everything(other.parent).keys() - {"lantern.db-wal"} == before.keys()
    assert releases(other) == [(1, "there"), (2, "there")]


def test_a_full_disk_leaves_the_backup_that_was_there(made: Path, database: Path) -> None:
    before = made.read_bytes()
    done = limited(len(before) // 2, "back-up", str(made), folder=database.parent)
    assert done.returncode == 1
    assert "No backup was made." in done.stderr
    assert made.read_bytes() == before
    assert sorted(os.listdir(made.parent)) == ["backup", "here"]


def test_a_damaged_database_makes_no_backup(database: Path, tmp_path: Path) -> None:
    with database.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(os.urandom(4096))
    with pytest.raises(BackupFailed, match=r"damaged|malformed"):
        back_up(url_of(database), tmp_path / "backup")
    assert not (tmp_path / "backup").exists()


def test_a_database_that_stays_busy_is_said_in_words(made: Path, other: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup_sqlite, "WAIT", 0.2)
    with closing(sqlite3.connect(other)) as busy:
        busy.execute("BEGIN IMMEDIATE")
        with pytest.raises(BackupFailed, match=r"busy|locked"):
            restore(url_of(other), made)
    assert releases(other) == [(1, "there"), (2, "there")]
    assert not other.with_name("lantern.db.before-restore").exists()
