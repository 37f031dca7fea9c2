"""A staff server for a browser: what it serves, and how someone signs in."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from passlib.totp import TOTP
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.serving import WSGIRequestHandler, make_server

from admin.app import create_app
from admin.database import ENGINE, current_session
from admin.demo import email_of
from admin.models import AUTHOR, ROLES, Staff
from admin.settings import Settings
from admin.staff import make_link
from content import proposals, sheets
from content.database import make_engine
from content.models import HeldImport, Proposal
from content.sheets.columns import TEXT_COLUMNS

KEY = "only-for-tests-only-for-tests"
LABELS = {"urgency": "concern", "about": "self", "needs": ["bullying"], "kind": "plain", "language": "en"}
# One row that changes a text, and one that names a topic there is not.
READERS = "explain,en,young_person,any,standard,,,,"
ROWS = [f"grooming,{READERS}New words.", f"knitting,{READERS}Which topic is this?"]
SHEET = "\n".join([",".join(TEXT_COLUMNS), *(row + "," * (len(TEXT_COLUMNS) - 10) for row in ROWS)])


@dataclass
class Site:
    """A staff server over the database in `file`; `keys` are of authenticator apps, by email address."""

    file: Path
    password: str = ""
    keys: dict[str, str] = field(default_factory=dict)
    app: Flask = field(init=False)
    url: str = field(init=False, default="")

    @contextmanager
    def database(self) -> Iterator[Session]:
        """Another look at what it serves."""
        with Session(self.app.extensions[ENGINE]) as session:
            yield session


class Quiet(WSGIRequestHandler):
    """Without a line for each request, which would bury what a test says."""

    def log_request(self, *_args: object) -> None:
        pass


@contextmanager
def serve(site: Site, add_to: Callable[[Flask], None] = lambda _app: None) -> Iterator[Site]:
    """Answers at `site.url` while the block runs, with what `add_to` adds."""
    site.app = create_app(Settings(KEY, f"sqlite:///{site.file}"))
    add_to(site.app)
    server: Any = make_server("127.0.0.1", 0, site.app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_port}"
    yield site
    server.shutdown()
    thread.join()
    server.server_close()
    site.app.extensions[ENGINE].dispose()


def sign_in(page: Page, site: Site, email: str) -> None:
    """With the password, and a code where one is asked for. A code is good once in half a minute."""
    page.goto(f"{site.url}/sign-in")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password").fill(site.password)
    page.get_by_role("button", name="Sign in").click()
    if email in site.keys:
        page.get_by_label("Code").fill(str(TOTP(key=site.keys[email].replace("-", "")).generate().token))
        page.get_by_role("button", name="Go on").click()
    expect(page.locator("h1")).to_have_text("What Lantern says")


def add_what_demo_lacks(file: Path) -> None:
    """So that every page has something to show: a proposal and a spreadsheet of each role."""
    engine = make_engine(f"sqlite:///{file}")
    with Session(engine) as session, session.begin():
        for role in ROLES:
            phrase = f"they laugh at me, {role}"
            proposals.propose(session, email_of(role), kind="example", phrase=phrase, labels=LABELS, why="Missing.")
            sheets.hold(session, sheets.read(SHEET.encode(), sheets.CSV), "texts.csv", email_of(role))
    engine.dispose()


def within(site: Site, role: str) -> dict[str, str]:
    """Values for parts of an address that only this database, or this person, has."""
    email = email_of(role)
    with site.database() as session:
        upload = session.scalars(select(HeldImport.id).where(HeldImport.who == email)).one()
        proposal = session.scalars(select(Proposal.id).where(Proposal.author == email_of(AUTHOR))).one()
        own = session.scalars(select(Proposal.id).where(Proposal.author == email)).one()
    with site.app.app_context():
        secret = make_link(current_session().scalars(select(Staff).where(Staff.email == email)).one())
        current_session().commit()
    return {"upload": upload, "proposal": str(proposal), "own_proposal": str(own), "secret": secret}
