"""Who may see and do what, page by role; and that staff manage each other."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from admin.models import ROLES, Staff
from admin.permissions import MAY, OWN, PERMISSIONS
from admin.security import OPEN
from tests.admin.browsing import ANN, PASSWORD, WITHIN, Browser, code_for

SignIn = Callable[[str], Browser]


def pages(app: Flask) -> list[tuple[str, str, str]]:
    """Every page that asks for sign-in: its address, its method, and the permission it is marked with."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in OPEN:
            path = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: WITHIN[match[1]], rule.rule)
            needed = getattr(app.view_functions[rule.endpoint], "needs", None)
            assert needed in PERMISSIONS, f"{rule.endpoint} is not marked with what it needs"
            found += [(path, method, needed) for method in sorted(rule.methods - {"HEAD", "OPTIONS"})]
    return found


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_its_pages_and_no_others(app: Flask, signed_in: SignIn, role: str) -> None:
    browser = signed_in(role)
    for path, method, needed in pages(app):
        if path == "/sign-out":
            continue
        status = browser.client.open(path, method=method).status_code
        if needed == OWN or needed in MAY[role]:
            assert status != 403, f"{role} may {needed}, but {method} {path} is refused"
        elif method == "GET":
            assert status == 403, f"{role} may not {needed}, but {method} {path} answers {status}"
        else:
            assert status in (400, 403), f"{role} may not {needed}, but {method} {path} answers {status}"


def test_a_forbidden_page_says_what_to_do(signed_in: SignIn) -> None:
    page = signed_in("author").open("/people", status=403)
    assert "An administrator can give you the role" in page.words


@pytest.mark.parametrize("role", ROLES)
def test_a_form_of_someone_elses_work_changes_nothing(signed_in: SignIn, session: Session, role: str) -> None:
    """With a token of their own, not only without one."""
    browser = signed_in(role)
    token = browser.open("/account").forms[-1].fields["csrf_token"]
    before = session.query(Staff).filter_by(email=ANN).one().link_hash
    status = browser.client.post("/people/1/link", data={"csrf_token": token}).status_code
    session.expire_all()
    assert status == (200 if role == "admin" else 403)
    assert (session.query(Staff).filter_by(email=ANN).one().link_hash == before) is (role != "admin")


def test_someone_without_a_role_sees_only_their_account(app: Flask, signed_in: SignIn, session: Session) -> None:
    session.query(Staff).filter_by(email="author@example.org").one().roles = []
    session.commit()
    browser = Browser(app)
    page = browser.send(browser.open("/sign-in"), email="author@example.org", password=PASSWORD)
    page = browser.send(page, status=403, code=code_for(app, "author@example.org"))
    assert browser.open("/account").text_of("h1") == "Your account"
