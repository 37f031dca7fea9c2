"""Copies of a PostgreSQL database with pg_dump and pg_restore, which come with PostgreSQL's client programs."""

import os
import re
import subprocess
from pathlib import Path

from sqlalchemy import Connection, inspect, make_url, text

from content.backup_file import BackupFailed
from content.database import make_engine, migrate_on

LOCK_TIME = "20s"  # for others to finish with the tables
ROWS = "200"  # in one INSERT
# Newer programs frame what they write with a command for psql; the frame is its first and its last such line.
_FRAME = re.compile(rb"^\\(?:un)?restrict [A-Za-z0-9]+\n", re.MULTILINE)


def copy_out(url: str, to: Path) -> None:
    """The database as it is at one moment, in pg_dump's own form. Raises BackupFailed."""
    parsed = make_url(url)
    plain = parsed._replace(drivername="postgresql", password=None).render_as_string()
    form = ("--format=custom", "--compress=0", f"--rows-per-insert={ROWS}", "--no-owner", "--no-privileges")
    _run("pg_dump", *form, f"--file={to}", f"--dbname={plain}", password=parsed.password)


def read_facts(url: str) -> tuple[str, int]:
    """The migration ("" for none) and the newest release (0 for none)."""
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            tables = inspect(connection).get_table_names()
            version = text("SELECT version_num FROM alembic_version")
            migration = connection.scalar(version) if "alembic_version" in tables else None
            newest = connection.scalar(text("SELECT max(number) FROM releases")) if "releases" in tables else None
            return migration or "", newest or 0
    finally:
        engine.dispose()


def put_in_place(content: Path, url: str) -> None:
    """The tables of the database become those of the copy, brought up to date: all in one transaction."""
    script = _without_frame(_run("pg_restore", "--no-owner", "--no-privileges", "--file=-", str(content)))
    engine = make_engine(url)
    try:
        with engine.begin() as connection:
            _drop_tables(connection)
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute(script)
            connection.execute(text("RESET ALL"))  # the script sets an empty search path, among others
            migrate_on(connection)
    finally:
        engine.dispose()


def _drop_tables(connection: Connection) -> None:
    connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIME}'"))
    quote = connection.dialect.identifier_preparer.quote
    for table in inspect(connection).get_table_names():
        connection.execute(text(f"DROP TABLE IF EXISTS {quote(table)} CASCADE"))


def _without_frame(script: bytes) -> bytes:
    found = list(_FRAME.finditer(script))
    if len(found) < 2:
        return script
    return script[: found[0].start()] + script[found[0].end() : found[-1].start()] + script[found[-1].end() :]


def _run(program: str, *arguments: str, password: str | None = None) -> bytes:
    """What the program prints. Raises BackupFailed; the password goes where a list of processes does not show it."""
    environment = {**os.environ, "PGCONNECT_TIMEOUT": "10"} | ({"PGPASSWORD": password} if password else {})
    try:
        done = subprocess.run([program, *arguments], env=environment, capture_output=True, check=True)
    except FileNotFoundError as error:
        raise BackupFailed(
            f"The program {program} is missing. Install PostgreSQL's client programs (Debian: postgresql-client)."
        ) from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines() or ["it gave no reason"]
        raise BackupFailed(f"{program} failed: {said[-1]}") from error
    return done.stdout
