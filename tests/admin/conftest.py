"""The staff server over a database with the starter content, and a browser that checks each page it fetches."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from admin.app import create_app
from admin.database import ENGINE, current_session
from admin.models import ROLES, Staff
from admin.second_factor import new_secret
from admin.settings import Settings
from admin.staff import add_staff, create_admin, set_password
from content.database import make_engine, migrate
from content.importing import import_library
from content.library import read_library
from content.profile import Profile
from content.publishing import publish
from content.settings import LIBRARY
from content.store import ReleaseStore
from content.variants import find_variant
from tests.admin.browsing import ANN, PASSWORD, Browser, sign_in


@pytest.fixture(scope="session")
def starter_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the library as release 1, and Ann. Tests work on copies."""
    path = tmp_path_factory.mktemp("starter") / "lantern.db"
    url = f"sqlite:///{path}"
    migrate(url)
    engine = make_engine(url)
    with Session(engine) as session, session.begin():
        import_library(session, read_library(LIBRARY), "starter", "starter")
        publish(session, "starter", "starter")
    engine.dispose()
    app = create_app(Settings("only-for-tests-only-for-tests", url))
    with app.app_context():
        create_admin(ANN, PASSWORD)
        for role in ROLES:
            set_password(add_staff(f"{role}@example.org", [role]), PASSWORD)
        current_session().commit()
        for staff in current_session().query(Staff):
            staff.totp_secret = new_secret()
        current_session().commit()
    app.extensions[ENGINE].dispose()
    return path


@pytest.fixture
def database_url(starter_file: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(starter_file, tmp_path / 'lantern.db')}"


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings("only-for-tests-only-for-tests", database_url)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    yield app
    app.extensions[ENGINE].dispose()


@pytest.fixture
def stranger(app: Flask) -> Browser:
    """Someone who has not signed in."""
    return Browser(app)


@pytest.fixture
def ann(app: Flask) -> Browser:
    """An administrator who has signed in."""
    return sign_in(app, ANN)


@pytest.fixture
def signed_in(app: Flask) -> Callable[[str], Browser]:
    """Signs someone in by their role."""
    return lambda role: sign_in(app, f"{role}@example.org")


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """Another look at the same database."""
    with Session(app.extensions[ENGINE]) as session:
        yield session


@pytest.fixture
def store(database_url: str) -> Iterator[ReleaseStore]:
    """What the chat answers from."""
    store = ReleaseStore(database_url)
    assert store.refresh()
    yield store
    store.stop()


def shown(store: ReleaseStore) -> str:
    """The first bubble of what the chat would say grooming is."""
    store.refresh()
    found = find_variant(store.current(), "grooming", "explain", Profile())
    assert found is not None
    return found.variant.bubbles[0]
