"""The first member of staff, from the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from click.testing import CliRunner, Result
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.__main__ import cli
from admin.models import Role, Staff, staff_roles
from content.database import make_engine, migrate
from content.models import Base

PASSWORD = "twelve signs"
TABLES = {Staff.__tablename__, Role.__tablename__, staff_roles.name}
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """create-admin, on a migrated database of its own."""
    monkeypatch.setenv("LANTERN_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("LANTERN_SECRET_KEY", "only-for-tests-only-for-tests")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    migrate(f"sqlite:///{tmp_path / 'lantern.db'}")
    return lambda *arguments, given="": CliRunner().invoke(cli, ["create-admin", *arguments], input=given)


@pytest.fixture
def session(run: Run, tmp_path: Path) -> Iterator[Session]:
    engine = make_engine(f"sqlite:///{tmp_path / 'lantern.db'}")
    with Session(engine) as session:
        yield session
    engine.dispose()


def test_the_password_is_asked_for_twice_and_not_shown(run: Run, session: Session) -> None:
    result = run("Ann@Example.org", given=f"{PASSWORD}\n{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    assert PASSWORD not in result.output
    staff = session.scalars(select(Staff)).one()
    assert staff.email == "ann@example.org"
    assert staff.password.startswith("$argon2id$")
    assert [role.name for role in staff.roles] == ["admin"]


def test_the_password_can_come_from_standard_input(run: Run, session: Session) -> None:
    assert run("ann@example.org", "--password-stdin", given=f"{PASSWORD}\nmore\n").exit_code == 0
    assert run("bea@example.org", "--password-stdin", given=PASSWORD).exit_code == 0
    assert len(session.scalars(select(Staff)).all()) == 2
    assert len(session.scalars(select(Role)).all()) == 1


def test_a_second_time_changes_nothing(run: Run, session: Session) -> None:
    run("ann@example.org", "--password-stdin", given=PASSWORD)
    before = session.scalars(select(Staff.password)).all()
    result = run("ANN@example.org", "--password-stdin", given="another password")
    assert result.exit_code == 1
    assert "can sign in already. Nothing was changed." in result.output
    assert session.scalars(select(Staff.password)).all() == before


@pytest.mark.parametrize(
    ("email", "password", "why"),
    [
        ("ann@example.org", "eleven sign", "The password must have 12 to 256 characters"),
        ("ann@example.org", "", "The password must have 12 to 256 characters"),
        ("ann@example.org", "x" * 257, "The password must have 12 to 256 characters"),
        ("ann", PASSWORD, "is not an email address"),
        ("ann @example.org", PASSWORD, "is not an email address"),
    ],
)
def test_what_is_wrong_is_said(run: Run, session: Session, email: str, password: str, why: str) -> None:
    result = run(email, "--password-stdin", given=f"{password}\n")
    assert result.exit_code == 1
    assert why in result.output
    assert not session.scalars(select(Staff)).all()


def test_a_database_that_is_not_there_yet_is_said_in_words(run: Run, tmp_path: Path) -> None:
    (tmp_path / "lantern.db").unlink()
    result = run("ann@example.org", "--password-stdin", given=PASSWORD)
    assert result.exit_code == 1
    assert "Run: make content" in result.output


def test_the_migration_makes_the_tables_of_the_models(session: Session) -> None:
    context = MigrationContext.configure(
        session.connection(),
        opts={
            "compare_type": True,
            "include_name": lambda name, type_, _: type_ != "table" or name in TABLES,
            "include_object": lambda _o, name, type_, _r, _c: type_ != "table" or name in TABLES,
        },
    )
    assert compare_metadata(context, Base.metadata) == []
