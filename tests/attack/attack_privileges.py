"""Forms of other people's work: each role sends each form with a token of its own; the database stays as it was."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import MetaData
from sqlalchemy.orm import Session

from admin.models import ROLES
from admin.permissions import MAY, OWN
from tests.admin.browsing import Browser
from tests.admin.test_admin_permissions import pages
from tests.attack.conftest import Attack

SignIn = Callable[[str], Browser]
# What any form might ask for; what a form does not know it leaves alone.
FIELDS = {
    "roles": "admin",
    "active": "yes",
    "email": "new@example.org",
    "password": "a quite new one",
    "again": "a quite new one",
    "why": "because",
    "seen": "x",
    "verb": "approve",
    "says": "x",
    "bubbles-0": "Not theirs to say.",
    "name_en": "x",
    "note": "x",
    "title": "x",
    "key": "x",
    "name": "x",
    "check": "",
    "is_open": "y",
    "leave_out": "y",
    "number": "1",
}
PASSING = ("presences",)  # who has a page open


@pytest.fixture
def digest(session: Session) -> Callable[[], dict[str, str]]:
    """What is in each table, as a hash."""
    tables = MetaData()
    tables.reflect(session.connection())

    def take() -> dict[str, str]:
        session.rollback()
        return {
            table.name: hashlib.sha256(repr(sorted(map(repr, session.execute(table.select())))).encode()).hexdigest()
            for table in tables.sorted_tables
            if table.name not in PASSING
        }

    return take


def token_of(browser: Browser) -> str:
    return browser.open("/account").forms[-1].fields["csrf_token"]


@pytest.mark.parametrize("role", ROLES)
def attack_forms(
    attack: Attack, app: Flask, signed_in: SignIn, digest: Callable[[], dict[str, str]], role: str
) -> None:
    """Every form that a role may not send"""
    browser = signed_in(role)
    token, before = token_of(browser), digest()
    for path, method, needed in pages(app):
        if method == "GET" or needed == OWN or needed in MAY[role]:
            continue
        answer = browser.client.open(path, method=method, data=FIELDS | {"csrf_token": token})
        attack.expect(answer.status_code == 403, f"{role} sends {path}: {answer.status_code}")
        as_json = browser.client.open(path, method=method, json=FIELDS, headers={"X-CSRFToken": token})
        attack.expect(as_json.status_code == 403, f"{role} sends {path} as JSON: {as_json.status_code}")
    changed = [name for name, was in before.items() if digest()[name] != was]
    attack.expect(not changed, f"{role} has changed {changed}")


def attack_forms_without_token(attack: Attack, app: Flask, ann: Browser, digest: Callable[[], dict[str, str]]) -> None:
    """Every form from another site: without a token, with a stranger's, with an old one, under another name."""
    stranger = Browser(app)
    theirs = stranger.open("/sign-in").form.fields["csrf_token"]
    before = digest()
    ways = (
        ("no token", {}, {}),
        ("an empty one", {"csrf_token": ""}, {}),
        ("a stranger's", {"csrf_token": theirs}, {}),
        ("one made up", {"csrf_token": "IjEi.aaaaaa.bbbbbb"}, {}),
        ("a stranger's in a header", {}, {"X-CSRFToken": theirs}),
        ("as plain text", {}, {"Content-Type": "text/plain"}),
        ("as JSON", {}, {"Content-Type": "application/json"}),
    )
    for path, method, _ in pages(app):
        if method == "GET":
            continue
        for what, fields, headers in ways:
            sent = FIELDS | fields if "Content-Type" not in headers else b'{"why": "x"}'
            answer = ann.client.open(
                path, method=method, data=sent, headers={**headers, "Origin": "https://example.org"}
            )
            attack.expect(answer.status_code == 400, f"{path} with {what}: {answer.status_code}")
    changed = [name for name, was in before.items() if digest()[name] != was]
    attack.expect(not changed, f"changed: {changed}")
    for path, method, _ in pages(app):
        if method != "GET" and not re.search("sign-out|second-factor-off", path):
            answer = ann.client.get(path, query_string=FIELDS)
            answer.close()
    changed = [name for name, was in before.items() if digest()[name] != was]
    attack.expect(not changed, f"a link changes {changed}")


def attack_ids_of_others(attack: Attack, app: Flask, ann: Browser) -> None:
    """Numbers and names that are not there, or are something else: no fault, and nothing is shown."""
    odd = (
        "0",
        "-1",
        "999999999999999999999",
        "1e3",
        "%00",
        "' OR 1=1--",
        "..",
        "null",
        "None",
        "{{7*7}}",
        "a" * 500,
        "é",
    )
    for path in dict.fromkeys(path for path, _, _ in pages(app)):
        parts = path.split("/")
        for at in range(1, len(parts)):
            for other in odd:
                changed = "/".join([*parts[:at], other.replace("/", ""), *parts[at + 1 :]])
                answer = ann.client.get(changed)
                attack.expect(answer.status_code < 500, f"{changed[:120]}: {answer.status_code}")
                answer.close()
        if len(attack.findings) > 20:
            break
