"""The staff server alone, over a database that `seed-demo` has filled, for a real browser."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page
from sqlalchemy.orm import Session

from admin.__main__ import cli
from admin.demo import email_of
from admin.models import ROLES
from content.database import make_engine, migrate
from content.importing import import_library
from content.library import read_library
from content.publishing import publish
from content.settings import LIBRARY
from tests.browser.admin.serving import KEY, Site, add_what_demo_lacks, serve, sign_in


@pytest.fixture(scope="session")
def starter_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the library as release 1, and nobody who may sign in. Tests work on copies."""
    path = tmp_path_factory.mktemp("starter") / "lantern.db"
    migrate(f"sqlite:///{path}")
    engine = make_engine(f"sqlite:///{path}")
    with Session(engine) as session, session.begin():
        import_library(session, read_library(LIBRARY), "starter", "starter")
        publish(session, "starter", "starter")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def demo(starter_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Site]:
    """The command seed-demo on a copy, once; each call describes a further copy, which nobody serves yet."""
    path = Path(shutil.copy(starter_file, tmp_path_factory.mktemp("demo") / "lantern.db"))
    environment = {"DATABASE_URL": f"sqlite:///{path}", "LANTERN_SECRET_KEY": KEY}
    told = CliRunner().invoke(cli, ["seed-demo"], env=environment, catch_exceptions=False)
    assert told.exit_code == 0, told.output
    password = re.search(r"shown this once: (\S+)", told.output)[1]
    keys = dict(re.findall(r"^(\S+@\S+) +key for the authenticator app: (\S+)$", told.output, re.MULTILINE))
    add_what_demo_lacks(path)

    def copy() -> Site:
        return Site(Path(shutil.copy(path, tmp_path_factory.mktemp("staff") / "lantern.db")), password, keys)

    return copy


@pytest.fixture(scope="session")
def site(demo: Callable[[], Site]) -> Iterator[Site]:
    """One for the whole session: for tests that only look, or change little."""
    with serve(demo()) as running:
        yield running


@pytest.fixture
def own_site(demo: Callable[[], Site]) -> Iterator[Site]:
    """One for this test alone, as the demo left it."""
    with serve(demo()) as running:
        yield running


@pytest.fixture(scope="session")
def page_of(site: Site, browser: Browser) -> Iterator[Callable[[str], Page]]:
    """A page of someone who has signed in, by their role; one for the whole session, for a code is good once."""
    pages: dict[str, Page] = {}

    def get(role: str) -> Page:
        if role not in pages:
            assert role in ROLES
            pages[role] = browser.new_context().new_page()
            sign_in(pages[role], site, email_of(role))
        return pages[role]

    yield get
    for page in pages.values():
        page.context.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of someone who has not signed in."""
    context = browser.new_context()
    yield context.new_page()
    context.close()
