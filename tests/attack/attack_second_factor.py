"""Past the second factor, one-time links and roles: what a password alone, an old link or a lost role still opens."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from admin import failures
from admin.models import ROLES, Staff
from admin.second_factor import renew_recovery_codes
from content.models.base import utc_now
from tests.admin.browsing import ANN, Browser, code_for
from tests.admin.test_admin_permissions import pages
from tests.attack.attack_sign_in import half_in, is_out, person
from tests.attack.conftest import Attack

SignIn = Callable[[str], Browser]


def attack_roles_at_once(attack: Attack, app: Flask, session: Session, signed_in: SignIn) -> None:
    """What a role allowed is over with the role, in a session that goes on."""
    for role in ROLES:
        browser = signed_in(role)
        person(session, f"{role}@example.org").roles = []
        session.commit()
        for path, method, needed in pages(app):
            if needed != "own" and method == "GET":
                answer = browser.client.get(path)
                attack.expect(answer.status_code == 403, f"{role} without a role: {answer.status_code} for {path}")
                answer.close()


def attack_second_factor(attack: Attack, app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """A password without the phone: every page, every code twice, codes of others, codes by guessing."""
    browser, page = half_in(app)
    for path, method, _ in pages(app):
        answer = browser.client.open(path, method=method)
        is_refused = answer.status_code in (302, 400, 401) and "/sign-in" in (answer.location or "/sign-in")
        attack.expect(is_refused, f"{method} {path} with a password alone: {answer.status_code}")
        answer.close()
    browser, page = half_in(app)
    code = code_for(app, ANN)
    others = code_for(app, "admin@example.org")
    for wrong in (
        others,
        code_for(app, ANN, ahead=600),
        code_for(app, ANN, ahead=-600),
        code[::-1],
        "",
        "0",
        code + "0",
    ):
        if wrong != code:
            browser.send(page, code=wrong)
            attack.expect(is_out(browser), f"{wrong!r} is taken for {code!r}")
    browser, page = half_in(app)
    attack.expect(browser.send(page, code=code).path == "/", "the right code is refused")
    for ahead in (0, -30):
        browser, page = half_in(app)
        browser.send(page, code=code_for(app, ANN, ahead=ahead))
        attack.expect(is_out(browser), f"a code is good twice, or one from before it ({ahead} s)")
    with app.app_context():
        staff = person(session, "author@example.org")
        (spare, *_) = renew_recovery_codes(staff)
        session.commit()
    browser, page = half_in(app, "author@example.org")
    attack.expect(browser.send(page, code=spare).path == "/", "a recovery code is refused")
    browser, page = half_in(app, "author@example.org")
    browser.send(page, code=spare)
    attack.expect(is_out(browser), "a recovery code is good twice")
    browser, page = half_in(app, "reviewer@example.org")
    seen = [browser.client.post(page.path, data=page.form.fields | {"code": f"{n:06}"}).status_code for n in range(30)]
    attack.tries += len(seen)
    attack.expect(seen.count(429) >= 20 - failures.MOST, f"codes can be guessed at: {seen}")
    again, page = half_in(app, "reviewer@example.org")
    status = again.client.post(page.path, data=page.form.fields | {"code": "000000"}).status_code
    attack.expect(status == 429, "signing in once more lets one guess again")
    browser, page = half_in(app, "publisher@example.org")
    now = time.time()
    monkeypatch.setattr("admin.signing_in.time.time", lambda: now + 3600)
    browser.client.post(page.path, data=page.form.fields | {"code": code_for(app, "publisher@example.org", ahead=3600)})
    monkeypatch.undo()
    attack.expect(is_out(browser), "a password is good for an hour")


def attack_no_second_factor(attack: Attack, app: Flask, session: Session) -> None:
    """Roles that need a second factor and have none yet: nothing but their account is open to them."""
    for role in ("publisher", "safeguarding_lead", "admin"):
        person(session, f"{role}@example.org").totp_secret = None
        session.commit()
        browser, _ = half_in(app, f"{role}@example.org")
        for path, method, needed in pages(app):
            if needed != "own":
                answer = browser.client.open(path, method=method)
                is_sent = answer.status_code in (302, 400, 403) and "second-factor" in (
                    answer.location or "second-factor"
                )
                attack.expect(is_sent, f"{role} without a second factor: {method} {path} {answer.status_code}")
                answer.close()


def attack_links(attack: Attack, app: Flask, ann: Browser, session: Session) -> None:
    """One-time links: twice, too late, after a newer one, for someone switched off, made up."""

    def link() -> str:
        page = ann.open("/people/2")
        form = next(form for form in page.forms if form.action.endswith("/link"))
        found = re.search(r"/choose-password/[\w-]+", ann.send(page, form).html)
        assert found
        return found[0]

    new = {"password": "a quite new password", "again": "a quite new password"}

    def is_dead(path: str) -> bool:
        return Browser(app).client.get(path).status_code == 410

    first, second = link(), link()
    attack.expect(is_dead(first), "an older link works beside a newer one")
    browser = Browser(app)
    page = browser.open(second)
    browser.send(page, **new)
    attack.expect(is_dead(second), "a link is good twice")
    again = browser.client.post(second, data=page.form.fields | new)
    attack.expect(again.status_code in (400, 410), "its form is good twice")
    third = link()
    session.query(Staff).filter_by(id=2).one().link_until = utc_now() - timedelta(seconds=1)
    session.commit()
    attack.expect(is_dead(third), "a link is good for ever")
    fourth = link()
    session.query(Staff).filter_by(id=2).one().active = False
    session.commit()
    attack.expect(is_dead(fourth), "a link lets in someone switched off")
    for secret in ("x", "None", "null", "%00", "' OR 1=1--", "*", fourth[:-1], fourth.rpartition("/")[2].upper()):
        status = Browser(app).client.get(f"/choose-password/{secret}").status_code
        attack.expect(status in (302, 404, 410), f"{status} for the link {secret}")
