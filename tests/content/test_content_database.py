"""Migrations and the settings of a connection."""

import os
import subprocess
import sys
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from content import models
from content.database import migrate
from content.settings import ROOT

TABLES = {
    model.__tablename__
    for model in (
        models.Topic, models.TopicPage, models.Variant, models.Revision,
        models.Helpline, models.RoutingRow, models.SystemWord, models.ReleaseRecord,
    )
}  # fmt: skip


def test_migrations_make_the_tables_of_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, type_, _: type_ != "table" or name in TABLES,
                "include_object": lambda _o, name, type_, _r, _c: type_ != "table" or name in TABLES,
            },
        )
        assert compare_metadata(context, models.Base.metadata) == []
        assert set(inspect(connection).get_table_names()) >= TABLES


def test_the_tables_fit_postgresql() -> None:
    """Its names hold 63 characters; a longer one fails only there."""
    for name in TABLES:
        assert str(CreateTable(models.Base.metadata.tables[name]).compile(dialect=postgresql.dialect()))


def test_migrating_again_changes_nothing(database_url: str) -> None:
    migrate(database_url)


def test_sqlite_is_set_up_for_several_processes(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA busy_timeout")) == 5000
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1


def test_the_commands_work_from_any_folder(tmp_path: Path) -> None:
    environment = {**os.environ, "LANTERN_DATA_DIR": str(tmp_path / "var"), "PYTHONPATH": str(ROOT)}
    environment.pop("DATABASE_URL", None)

    def run(*arguments: str, given: str = "") -> str:
        command = [sys.executable, "-W", "error", "-m", "content", *arguments]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, input=given, capture_output=True, text=True, check=True
        )
        return done.stdout

    run("migrate")
    assert "release 1" in run("seed")
    assert "already" in run("seed")
    assert "release 2" in run("roll-back", "1", "--who", "ann", "--why", "a try")
    row = '{"text": "x", "urgency": "emergency", "about": "self", "needs": ["immediate_danger"]}\n'
    assert '"helplines": ["emergency-999", "silent-solution-55", "childline"' in run("add-helplines", given=row)


def test_importing_connects_to_nothing(tmp_path: Path) -> None:
    """Every module of the package imports with a database that does not exist, and makes no file."""
    code = (
        "import importlib, pkgutil, socket, content\n"
        "def refuse(*_): raise AssertionError('connects')\n"
        "socket.socket.connect = refuse\n"
        "for found in pkgutil.walk_packages(content.__path__, 'content.'):\n"
        "    if 'migrations' not in found.name: importlib.import_module(found.name)\n"
    )
    environment = {**os.environ, "LANTERN_DATA_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-W", "error", "-c", code], env=environment, check=True)
    assert list(tmp_path.iterdir()) == []
