"""The staff server alone, over a database with the starter content, for a real browser."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from admin.app import create_app
from admin.database import current_session
from admin.models import ROLES, Staff
from admin.second_factor import new_secret
from admin.settings import Settings
from admin.staff import add_staff, set_password
from content.database import make_engine, migrate
from content.importing import import_library
from content.library import read_library
from content.publishing import publish
from content.settings import LIBRARY
from tests.admin.browsing import PASSWORD, code_for


@dataclass
class Site:
    """A running staff server with one person for each role, named after it."""

    app: Flask
    url: str


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    database = f"sqlite:///{tmp_path_factory.mktemp('staff') / 'lantern.db'}"
    migrate(database)
    engine = make_engine(database)
    with Session(engine) as session, session.begin():
        import_library(session, read_library(LIBRARY), "starter", "starter")
        publish(session, "starter", "starter")
    engine.dispose()
    app = create_app(Settings("only-for-tests-only-for-tests", database))
    with app.app_context():
        for role in ROLES:
            set_password(add_staff(f"{role}@example.org", [role]), PASSWORD)
        current_session().commit()
        for staff in current_session().query(Staff):
            staff.totp_secret = new_secret()
        current_session().commit()
    server: Any = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Site(app, f"http://127.0.0.1:{server.server_port}")
    server.shutdown()


@pytest.fixture(scope="session")
def page_of(site: Site, browser: Browser) -> Iterator[Callable[[str], Page]]:
    """A page of someone who has signed in, by their role; one for the whole session, for a code is good once."""
    pages: dict[str, Page] = {}

    def get(role: str) -> Page:
        if role not in pages:
            pages[role] = browser.new_context().new_page()
            email = f"{role}@example.org"
            pages[role].goto(f"{site.url}/sign-in")
            pages[role].get_by_label("Email address").fill(email)
            pages[role].get_by_label("Password").fill(PASSWORD)
            pages[role].get_by_role("button", name="Sign in").click()
            pages[role].get_by_label("Code").fill(code_for(site.app, email))
            pages[role].get_by_role("button", name="Go on").click()
        return pages[role]

    yield get
    for page in pages.values():
        page.context.close()
