"""Databases to back up and to restore over."""

from pathlib import Path

import pytest

from content.backup import back_up
from tests.content.lantern_databases import make_database, url_of


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database with three releases."""
    return make_database(tmp_path / "here" / "lantern.db", 1, 2, 3, why="here")


@pytest.fixture
def made(database: Path, tmp_path: Path) -> Path:
    """A backup of it."""
    file = tmp_path / "backup"
    back_up(url_of(database), file)
    return file


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Another database, with fewer releases."""
    return make_database(tmp_path / "there" / "lantern.db", 1, 2, why="there")
