"""A demonstration: a user for each role, and content in every stage. What it says stands in demo.yml."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from flask import g
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.database import DONE_BY, current_session
from admin.models import AUTHOR, LEAD, PUBLISHER, REVIEWER, ROLES, Staff
from admin.permissions import NEED_SECOND_FACTOR
from admin.second_factor import key_of, new_secret
from admin.staff import BrokenStaff, add_staff, set_password
from content import drafts, publishing, reading, workflow
from content.models import Helpline
from content.models.workflow import APPROVED, CHANGES_REQUESTED, DRAFT, IN_REVIEW, PUBLISHED, Reviewed

WORDS = Path(__file__).with_name("demo.yml")
AT_DEMO = "@demo.example"


@dataclass(frozen=True)
class DemoUser:
    """`key` is for an authenticator app, where the role asks for one."""

    email: str
    key: str | None


@dataclass(frozen=True)
class Demo:
    users: list[DemoUser]
    password: str


def seed() -> Demo:
    """Adds users and content in the current session; the caller commits. Raises BrokenStaff where it must not."""
    session = current_session()
    _refuse_real(session)
    password = secrets.token_urlsafe(12)
    users = [_add_user(role, password) for role in ROLES]
    session.flush()
    _add_content(session, yaml.safe_load(WORDS.read_text(encoding="utf-8")))
    return Demo(users, password)


def email_of(role: str) -> str:
    return role.replace("_", "-") + AT_DEMO


def _refuse_real(session: Session) -> None:
    staff = session.scalars(select(Staff)).all()
    real = [one.email for one in staff if one.active and not one.email.endswith(AT_DEMO)]
    if real:
        raise BrokenStaff(f"Real people sign in here, such as {real[0]}. A demo needs a database of its own.")
    if any(one.email.endswith(AT_DEMO) for one in staff):
        raise BrokenStaff("The demo is here already. Nothing was changed.")
    if publishing.latest(session) is None:
        raise BrokenStaff("There is no content yet. Run: make content")


def _add_user(role: str, password: str) -> DemoUser:
    staff = add_staff(email_of(role), [role])
    set_password(staff, password)
    if role not in NEED_SECOND_FACTOR:
        return DemoUser(staff.email, None)
    staff.totp_secret = new_secret()
    return DemoUser(staff.email, key_of(staff.totp_secret))


def _add_content(session: Session, words: dict[str, Any]) -> None:
    """What gets published comes first, so that the rest is still waiting afterwards."""
    texts = sorted(words["texts"], key=lambda text: text["stage"] != PUBLISHED)
    for text in texts:
        if text["stage"] == PUBLISHED:
            _bring_to(APPROVED, _write(session, text))
    _bring_to(APPROVED, _make_overdue(session, words["helpline"]))
    with _acting(PUBLISHER) as who:
        publishing.publish(session, who, words["why"], with_drafts=False)
    for text in texts:
        if text["stage"] != PUBLISHED:
            _bring_to(text["stage"], _write(session, text), text.get("comment", ""))


def _write(session: Session, text: dict[str, Any]) -> Reviewed:
    variant = reading.variant_for(session, tuple(text["text"].split("/")))
    if variant is None:
        raise BrokenStaff(f"The demo changes the text {text['text']}, which is not in this database.")
    picture = variant.newest.picture if variant.newest else None
    days = {name: _in_days(text[name]) for name in ("starts_on", "ends_on") if name in text}
    with _acting(AUTHOR) as who:
        return drafts.save_draft(session, variant, text["bubbles"], who, text["note"], picture=picture, **days)


def _make_overdue(session: Session, change: dict[str, Any]) -> Reviewed:
    """A helpline whose last check is too long ago."""
    line = session.get(Helpline, change["id"])
    if line is None:
        raise BrokenStaff(f"The demo changes the helpline {change['id']}, which is not in this database.")
    checked = {"checked_on": _in_days(change["checked_on"]).isoformat(), "checked_by": email_of(REVIEWER)}
    with _acting(AUTHOR) as who:
        return drafts.save_helpline(session, line.as_library_item() | checked, who)


def _bring_to(stage: str, item: Reviewed, comment: str = "") -> None:
    if stage == DRAFT:
        return
    with _acting(AUTHOR):
        workflow.send_for_review(item)
    if stage == IN_REVIEW:
        return
    if stage == CHANGES_REQUESTED:
        with _acting(REVIEWER) as who:
            workflow.request_changes(item, who, comment)
        return
    for role, says_yes in ((REVIEWER, workflow.REVIEWER), (LEAD, workflow.LEAD)):
        if says_yes in workflow.missing_approvals(item):
            with _acting(role) as who:
                workflow.approve(item, who, says_yes)


@contextmanager
def _acting(role: str) -> Iterator[str]:
    """What is changed inside is noted in the log as done by the demo user with this role."""
    before = g.get(DONE_BY)
    setattr(g, DONE_BY, email_of(role))
    try:
        yield email_of(role)
        current_session().flush()
    finally:
        setattr(g, DONE_BY, before)


def _in_days(days: int) -> date:
    return date.today() + timedelta(days=days)
