"""Backups of a PostgreSQL database: against a server of its own where one is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from content import backup_postgresql
from content.backup import back_up, restore
from content.backup_file import BackupFailed
from content.database import make_engine, migrate

SERVER = shutil.which("initdb")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a server that listens on a socket alone; {} stands for the database."""
    if SERVER is None:
        pytest.skip("PostgreSQL's server is not installed")
    folder = Path(tempfile.mkdtemp())
    account = None
    if os.getuid() == 0:  # the server refuses to be run by root
        account = "nobody"
        shutil.chown(folder, account)
    programs = Path(SERVER).resolve().parent

    def run(*arguments: str) -> None:
        log = folder / "output"
        with log.open("ab") as output:
            subprocess.run(arguments, user=account, cwd=folder, stdout=output, stderr=output, check=True)

    place = str(folder / "server")
    run(SERVER, "-D", place, "-U", "lantern", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    options = f"-c listen_addresses='' -c fsync=off -k {folder}"
    run(str(programs / "pg_ctl"), "-D", place, "-w", "-o", options, "-l", f"{place}.log", "start")
    yield f"postgresql+psycopg://lantern@/{{}}?host={folder}"
    run(str(programs / "pg_ctl"), "-D", place, "-m", "immediate", "-w", "stop")
    shutil.rmtree(folder)


@pytest.fixture
def url(server: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """An empty database; kept ones go to a folder of the test."""
    monkeypatch.setenv("LANTERN_DATA_DIR", str(tmp_path / "var"))
    engine = make_engine(server.format("postgres"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("DROP DATABASE IF EXISTS lantern WITH (FORCE)"))
        connection.execute(text("CREATE DATABASE lantern"))
    engine.dispose()
    return server.format("lantern")


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = make_engine(url)
    yield engine
    engine.dispose()


def publish(engine: Engine, number: int, why: str = "Why? “%” \\restrict abc\n\\restrict abc\n; it's Welsh: ŵ") -> None:
    with engine.begin() as connection:
        row = {"number": number, "why": why}
        connection.execute(text("INSERT INTO releases VALUES (:number, 'x', '{}', 'ann', :why, now())"), row)


def releases(engine: Engine) -> list[tuple[int, str]]:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT number, why FROM releases ORDER BY number"))
        return [(row.number, row.why) for row in rows]


def test_a_backup_comes_back_and_the_database_of_now_is_kept(url: str, engine: Engine, tmp_path: Path) -> None:
    migrate(url)
    publish(engine, 1)
    published = releases(engine)
    facts = back_up(url, tmp_path / "backup")
    assert (facts.database, facts.release) == ("postgresql", 1)
    publish(engine, 2, "newer")
    with pytest.raises(BackupFailed, match="holds release 2, the backup only release 1"):
        restore(url, tmp_path / "backup")
    _, kept = restore(url, tmp_path / "backup", force=True)
    assert releases(engine) == published
    restore(url, kept)
    assert releases(engine) == [*published, (2, "newer")]
    migrate(url)


def test_an_older_backup_is_brought_up_to_date(url: str, engine: Engine, tmp_path: Path) -> None:
    migrate(url, "0003")
    back_up(url, tmp_path / "backup")
    migrate(url)
    restore(url, tmp_path / "backup")
    with engine.connect() as connection:
        assert "audit_entries" in inspect(connection).get_table_names()


def test_a_backup_comes_back_in_an_empty_database(url: str, engine: Engine, tmp_path: Path) -> None:
    migrate(url)
    publish(engine, 1)
    back_up(url, tmp_path / "backup")
    with engine.begin() as connection:
        backup_postgresql._drop_tables(connection)
    _, kept = restore(url, tmp_path / "backup")
    assert kept is None
    assert len(releases(engine)) == 1


def test_a_restore_that_fails_at_its_last_step_changes_nothing(
    url: str, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(url)
    back_up(url, tmp_path / "backup")
    publish(engine, 1, "since")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup_postgresql, "migrate_on", fail)
    with pytest.raises(BackupFailed, match="No space left on device"):
        restore(url, tmp_path / "backup", force=True)
    assert releases(engine) == [(1, "since")]
    assert list((tmp_path / "var").iterdir()) == []


def test_a_server_that_does_not_answer_is_said_in_words(tmp_path: Path) -> None:
    url = f"postgresql://lantern:secret-word@/lantern?host={tmp_path}"
    with pytest.raises(BackupFailed, match="Is it running") as caught:
        back_up(url, tmp_path / "backup")
    assert "secret-word" not in str(caught.value)


def test_a_missing_program_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    url, content = "postgresql://lantern@/lantern", tmp_path / "content"
    with pytest.raises(BackupFailed, match="The program pg_dump is missing"):
        backup_postgresql.copy_out(url, content)
    with pytest.raises(BackupFailed, match="The program pg_restore is missing"):
        backup_postgresql.put_in_place(content, url)


def test_the_password_is_not_in_the_list_of_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "pg_dump"
    program.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/arguments; echo "$PGPASSWORD" > {tmp_path}/password\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    backup_postgresql.copy_out("postgresql+psycopg://ann:secret-word@db:5433/lantern", tmp_path / "content")
    assert (tmp_path / "password").read_text() == "secret-word\n"
    arguments = (tmp_path / "arguments").read_text()
    assert "postgresql://ann@db:5433/lantern" in arguments
    assert "secret-word" not in arguments


def test_the_frame_for_psql_is_taken_off_and_nothing_else() -> None:
    script = b"-- dump\n\\restrict aB1\nINSERT '\n\\restrict aB1\n';\n\\unrestrict aB1\n-- end\n"
    assert backup_postgresql._without_frame(script) == b"-- dump\nINSERT '\n\\restrict aB1\n';\n-- end\n"
    assert backup_postgresql._without_frame(b"INSERT;\n") == b"INSERT;\n"
