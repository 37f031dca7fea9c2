"""A browser for tests. Each page it opens must be sound: see check_page."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from admin.database import ENGINE
from admin.models import Staff
from admin.second_factor import TOTP_FACTORY

ANN, PASSWORD = "ann@example.org", "correct horse battery"
# A value for each part of an address, for the tests that walk over all of them.
WITHIN = {
    "topic": "grooming",
    "section": "explain",
    "language": "en",
    "audience": "young_person",
    "age_band": "any",
    "reading_level": "standard",
    "key": "welcome",
    "kind": "story",
    "activity": "gaming_friend",
    "helpline": "childline",
    "number": "1",
    "need": "sextortion",
    "person": "1",
    "secret": "no-such-link",
    "file": "messages.js",
    "site": "demo",
    "what": "helpline",
    "item": "childline",
    "picture": "breathe",
    "upload": "no-such-upload",
    "rule": "danger-hiding",
    "proposal": "1",
    "matter": "routing",
}
VOID = {"meta", "link", "input", "br", "img", "hr"}
UNLABELLED = {"hidden", "submit"}


@dataclass
class Form:
    method: str
    action: str
    fields: dict[str, str] = field(default_factory=dict)


class Page(HTMLParser):
    """What a page holds, as far as tests ask for it."""

    def __init__(self, path: str, status: int, html: str) -> None:
        super().__init__()
        self.path, self.status, self.html = path, status, html
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.forms: list[Form] = []
        self.texts: dict[str, list[str]] = {}
        self.problems: list[str] = []
        self._open: list[str] = []
        self._textarea = ""
        self.feed(html)
        self.problems += [f"<{tag}> is never closed" for tag in self._open]

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.texts.get("", [])).split())

    def text_of(self, tag: str) -> str:
        return " ".join("".join(self.texts.get(tag, [])).split())

    @property
    def form(self) -> Form:
        """The form of the page itself: the last one is for signing out."""
        return self.forms[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        if tag not in VOID:
            self._open.append(tag)
        if tag == "form":
            self.forms.append(Form(given.get("method", "get"), given.get("action", "")))
        if tag in ("input", "textarea", "select") and "form" in self._open and given.get("name"):
            self._textarea = given["name"] if tag == "textarea" else ""
            self.forms[-1].fields[given["name"]] = given.get("value", "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._textarea = ""
        if not self._open or self._open.pop() != tag:
            self.problems.append(f"</{tag}> closes nothing at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.forms[-1].fields[self._textarea] += data
        for tag in {*self._open, ""}:
            self.texts.setdefault(tag, []).append(data)


class Browser:
    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def open(self, path: str, *, status: int = 200) -> Page:
        return self._read(self.client.get(path, follow_redirects=True), status)

    def send(self, page: Page, form: Form | None = None, *, status: int = 200, **changes: str) -> Page:
        """Fills the form in, with `changes`, sends it, and goes where that leads."""
        form = form or page.form
        fields = form.fields | {name.replace("__", "-"): value for name, value in changes.items()}
        answer = self.client.post(form.action or page.path, data=fields, follow_redirects=True)
        return self._read(answer, status)

    def _read(self, answer: Any, status: int) -> Page:
        assert answer.status_code == status, f"{answer.request.path}: {answer.status}"
        query = answer.request.query_string.decode()
        page = Page(answer.request.path + (f"?{query}" if query else ""), answer.status_code, answer.text)
        problems = [*page.problems, *check_page(page)]
        assert not problems, f"{page.path}: " + "; ".join(problems)
        return page


def code_for(app: Flask, email: str, *, ahead: int = 0) -> str:
    """The code that their authenticator app shows, or will show `ahead` seconds from now."""
    with app.app_context(), Session(app.extensions[ENGINE]) as session:
        secret = session.query(Staff).filter_by(email=email).one().totp_secret
        source = app.extensions[TOTP_FACTORY]._totp.from_source(secret)
        return str(source.generate(time.time() + ahead).token)


def sign_in(app: Flask, email: str, *, ahead: int = 0) -> Browser:
    """Password, then code; a code is good once, so a second time in half a minute needs one from `ahead`."""
    browser = Browser(app)
    page = browser.send(browser.open("/sign-in"), email=email, password=PASSWORD)
    assert page.text_of("h1") == "Enter your code"
    assert browser.send(page, code=code_for(app, email, ahead=ahead)).path == "/"
    return browser


def press(browser: Browser, page: Page, verb: str, says: str = "", *, status: int = 200) -> Page:
    """A button of the review box on a page."""
    box = next(form for form in page.forms if form.action.endswith("/review"))
    return browser.send(page, box, verb=verb, says=says, status=status)


def verbs_on(page: Page) -> set[str]:
    """The buttons of the review box."""
    return {given.get("value", "") for tag, given in page.tags if tag == "button" and given.get("name") == "verb"}


def check_page(page: Page) -> list[str]:
    """One sentence for each thing that keeps someone from using the page."""
    problems = []
    h1s = [tag for tag, _ in page.tags if tag == "h1"]
    if len(h1s) != 1:
        problems.append(f"has {len(h1s)} h1, it must have one")
    title = page.text_of("title").removeprefix("Error: ")
    if not page.text_of("h1") or not title.startswith(page.text_of("h1")):
        problems.append(f"its title {title!r} does not start with its h1 {page.text_of('h1')!r}")
    if ("html", "en") not in [(tag, given.get("lang", "")) for tag, given in page.tags]:
        problems.append("<html> does not say lang=en")
    ids = Counter(given["id"] for _, given in page.tags if "id" in given)
    problems += [f"the id {id_!r} is there {number} times" for id_, number in ids.items() if number > 1]
    labelled = {given.get("for") for tag, given in page.tags if tag == "label"}
    for tag, given in page.tags:
        is_field = tag in ("textarea", "select") or (tag == "input" and given.get("type") not in UNLABELLED)
        if is_field and given.get("id") not in labelled:
            problems.append(f"the field {given.get('name')!r} has no label")
        if tag == "a" and given.get("href", "").startswith("#") and given["href"][1:] not in ids:
            problems.append(f"a link leads to {given['href']!r}, which is not there")
        for id_ in given.get("aria-describedby", "").split():
            if id_ not in ids:
                problems.append(f"{given.get('name')!r} is described by {id_!r}, which is not there")
        is_own_script = tag == "script" and given.get("src", "").startswith("/static/")
        is_refused = tag in ("script", "style") and not is_own_script
        if is_refused or "style" in given or any(name.startswith("on") for name in given):
            problems.append(f"<{tag}> holds a script or style, which browsers refuse here")
    for form in page.forms:
        if form.method == "post" and not form.fields.get("csrf_token"):
            problems.append(f"the form for {form.action or page.path} has no csrf_token")
    return problems
