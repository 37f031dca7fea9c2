"""Backups of an SQLite database, made and put back while others use it."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from content import backup, backup_sqlite
from content.__main__ import cli
from content.backup import back_up, restore
from content.backup_file import BackupFailed
from content.database import migrate
from tests.content.lantern_databases import everything, publish, releases, url_of

Run = Callable[..., Result]


def test_a_backup_comes_back_in_an_empty_folder(made: Path, tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "lantern.db"
    facts, kept = restore(url_of(path), made)
    assert (facts.release, kept) == (3, None)
    assert releases(path) == [(1, "here"), (2, "here"), (3, "here")]
    assert os.listdir(path.parent) == ["lantern.db"]


def test_a_backup_takes_the_place_of_another_database_which_is_kept(made: Path, other: Path) -> None:
    _, kept = restore(url_of(other), made)
    assert [number for number, _ in releases(other)] == [1, 2, 3]
    assert kept == other.with_name("lantern.db.before-restore")
    assert releases(kept) == [(1, "there"), (2, "there")]
    assert kept.stat().st_mode & 0o077 == 0
    _, again = restore(url_of(other), made)
    assert again == other.with_name("lantern.db.2.before-restore")
    assert releases(kept) == [(1, "there"), (2, "there")]


def test_a_server_that_has_the_database_open_sees_the_restored_one(made: Path, other: Path) -> None:
    with closing(sqlite3.connect(other)) as server:
        assert server.execute("SELECT max(number) FROM releases").fetchone() == (2,)
        restore(url_of(other), made)
        assert server.execute("SELECT max(number) FROM releases").fetchone() == (3,)
        assert server.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_backup_is_of_one_moment_while_others_write(database: Path, tmp_path: Path) -> None:
    """Each write adds a release and a row about it: a copy must hold as many of one as of the other."""
    enough, wrote = threading.Event(), []

    def write_on() -> None:
        with closing(sqlite3.connect(database, timeout=10)) as connection:
            number = 3
            while not enough.is_set():
                number += 1
                with connection:
                    connection.execute(
                        "INSERT INTO releases VALUES (?, 'x', '{}', 'ann', 'busy', '2026-01-01')", (number,)
                    )
                    connection.execute("INSERT INTO text_counts VALUES (?, 'x', 'shown', 1)", (str(number),))
                wrote.append(number)

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        for turn in range(5):
            before, file = len(wrote), tmp_path / f"backup-{turn}"
            while len(wrote) == before:
                pass
            facts = back_up(url_of(database), file)
            restored = tmp_path / f"restored-{turn}.db"
            restore(url_of(restored), file)
            with closing(sqlite3.connect(restored)) as connection:
                counted = connection.execute("SELECT count(*) FROM text_counts").fetchone()[0]
            assert counted > 0
            assert len(releases(restored)) == facts.release == counted + 3
    finally:
        enough.set()
        writer.join()


def test_an_older_backup_is_brought_up_to_date(tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    migrate(url_of(old), "0003")
    assert back_up(url_of(old), tmp_path / "backup").migration == "0003"
    new = tmp_path / "new.db"
    restore(url_of(new), tmp_path / "backup")
    with closing(sqlite3.connect(new)) as connection:
        assert connection.execute("SELECT count(*) FROM audit_entries").fetchone() == (0,)


def test_newer_releases_are_not_lost_by_mistake(made: Path, other: Path) -> None:
    publish(other, 3, 4, why="newer")
    before = everything(other.parent)
    with pytest.raises(BackupFailed, match=r"holds release 4, the backup only release 3\. --force"):
        restore(url_of(other), made)
    assert everything(other.parent) == before
    _, kept = restore(url_of(other), made, force=True)
    assert [number for number, _ in releases(other)] == [1, 2, 3]
    assert [number for number, _ in releases(kept)] == [1, 2, 3, 4]


def test_a_database_that_can_not_be_read_is_moved_aside_when_forced(made: Path, other: Path) -> None:
    other.write_bytes(b"no database at all" * 1000)
    other.with_name("lantern.db-wal").write_bytes(b"left behind")
    with pytest.raises(BackupFailed, match="can not be read"):
        restore(url_of(other), made)
    _, kept = restore(url_of(other), made, force=True)
    assert [number for number, _ in releases(other)] == [1, 2, 3]
    assert kept.read_bytes().startswith(b"no database at all")
    assert kept.with_name("lantern.db.before-restore-wal").read_bytes() == b"left behind"


def test_a_moved_database_comes_back_when_the_new_one_can_not_take_its_place(other: Path, tmp_path: Path) -> None:
    other.write_bytes(b"no database at all" * 1000)
    before = everything(other.parent)
    with pytest.raises(FileNotFoundError):
        backup_sqlite.put_in_place(tmp_path / "no-such-file", other)
    assert everything(other.parent) == before


def test_a_backup_overwrites_only_a_backup(database: Path, made: Path) -> None:
    publish(database, 4)
    assert back_up(url_of(database), made).release == 4
    assert made.stat().st_mode & 0o077 == 0
    before = database.read_bytes()
    with pytest.raises(BackupFailed, match=r"is not a backup\. Choose another name"):
        back_up(url_of(database), database)
    assert database.read_bytes() == before


@pytest.fixture
def run(database: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("LANTERN_DATA_DIR", str(database.parent))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return lambda *arguments: CliRunner().invoke(cli, list(arguments))


def test_the_commands_say_what_they_did(run: Run, database: Path, tmp_path: Path) -> None:
    file = str(tmp_path / "backup")
    assert "release 3." in run("back-up", file).output
    result = run("restore", file)
    assert result.exit_code == 0, result.output
    assert f"The old one is kept: {database}.before-restore" in result.output
    assert "Restart Lantern" in result.output
    publish(database, 4)
    assert "Nothing was changed." in run("restore", file).output
    assert run("restore", file, "--force").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("restore", "/no/such/file"), "There is no file /no/such/file. Nothing was changed."),
        (("restore", "/"), "There is no file /. Nothing was changed."),
        (("back-up", "/no/such/folder/file"), "No such file or directory"),
    ],
)
def test_the_commands_say_what_is_wrong(run: Run, arguments: tuple[str, str], why: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 1
    assert why in result.output


def test_no_database_is_made_by_a_backup(run: Run, database: Path, tmp_path: Path) -> None:
    for file in list(database.parent.iterdir()):
        file.unlink()
    assert "There is no database at" in run("back-up", str(tmp_path / "backup")).output
    assert list(database.parent.iterdir()) == []
    assert not (tmp_path / "backup").exists()


def test_a_database_of_something_else_makes_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "music.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE songs (name TEXT)")
    with pytest.raises(BackupFailed, match="not one of Lantern's"):
        backup.back_up(url_of(path), tmp_path / "backup")
