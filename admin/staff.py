"""Changes to who may sign in. In the request's session; the caller commits."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import cast

from flask_security.proxies import _datastore, _security
from flask_security.utils import hash_password, verify_and_update_password
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from admin.database import current_session
from admin.models import ADMIN, Role, Staff
from admin.passwords import is_easy
from content.models.base import WHO_LENGTH, utc_now

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256  # a hash of a whole book would keep the server busy
LINK_TIME = timedelta(days=2)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


class BrokenStaff(ValueError):
    """Someone who can not be added; the message says why."""


def create_admin(email: str, password: str) -> Staff:
    """Adds a member of staff who may do everything. Raises BrokenStaff."""
    staff = add_staff(email, [ADMIN])
    set_password(staff, password)
    return staff


def add_staff(email: str, roles: Sequence[str]) -> Staff:
    """Adds someone who can not sign in before they have chosen a password. Raises BrokenStaff."""
    email = check_email(email)
    if find_staff(email) is not None:
        raise BrokenStaff(f"{email} can sign in already. Nothing was changed.")
    password = hash_password(secrets.token_hex())
    staff = cast(Staff, _datastore.create_user(email=email, password=password, fs_uniquifier=_new_name(), roles=[]))
    set_roles(staff, roles)
    return staff


def set_roles(staff: Staff, roles: Sequence[str]) -> None:
    """These roles and no others. Raises BrokenStaff when nobody would be left to manage staff."""
    if ADMIN not in roles:
        _keep_an_admin(staff)
    staff.roles = [_datastore.find_or_create_role(role) for role in roles]


def set_active(staff: Staff, *, active: bool) -> None:
    """Let them in, or keep them out from their next click on. Raises BrokenStaff like set_roles()."""
    if not active:
        _keep_an_admin(staff)
        end_sessions(staff)  # also for when they are let in again
    staff.active = active


def set_password(staff: Staff, password: str) -> None:
    """A new password; whoever is signed in as them is signed out. Raises BrokenStaff."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise BrokenStaff(f"The password must have {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.")
    if is_easy(password, staff.email):
        raise BrokenStaff("That password is too easy to guess. Choose three or four words that do not belong together.")
    staff.password = hash_password(_normalise(password))
    staff.fs_uniquifier = _new_name()
    staff.link_hash = staff.link_until = None


def end_sessions(staff: Staff) -> None:
    """Whoever is signed in as them is signed out, and a copy of their cookie is worth nothing.

    Past the log of changes: it is nothing that anyone has to account for.
    """
    everywhere = update(Staff).where(Staff.id == staff.id).values(fs_uniquifier=_new_name())
    current_session().execute(everywhere)


def _new_name() -> str:
    """What names them in their session, until the next one."""
    return secrets.token_hex(16)


def make_link(staff: Staff) -> str:
    """The secret of a new one-time link to choose a password; the one before is no longer good."""
    secret = secrets.token_urlsafe(24)
    staff.link_hash = hashlib.sha256(secret.encode()).hexdigest()
    staff.link_until = utc_now() + LINK_TIME
    return secret


def who_has_link(session: Session, secret: str) -> Staff | None:
    """Whose link this is; None for one that was used, is too old, or never was."""
    digest = hashlib.sha256(secret.encode()).hexdigest()
    staff = session.scalars(select(Staff).where(Staff.link_hash == digest)).one_or_none()
    is_good = staff is not None and staff.active and staff.link_until is not None and staff.link_until > utc_now()
    return staff if is_good else None


def _keep_an_admin(leaving: Staff) -> None:
    """Raises BrokenStaff when `leaving` is the only one who manages staff."""
    if ADMIN not in {role.name for role in leaving.roles}:
        return
    others = select(Staff).join(Staff.roles).where(Role.name == ADMIN, Staff.active, Staff.id != leaving.id)
    if current_session().scalars(others).first() is None:
        raise BrokenStaff("Nobody else manages staff. Make someone else an administrator first.")


def check_email(email: str) -> str:
    """The address in lower case. Raises BrokenStaff when it is none."""
    email = email.strip().lower()
    if not _EMAIL.fullmatch(email) or len(email) > WHO_LENGTH:
        raise BrokenStaff(f"{email!r} is not an email address.")
    return email


def find_staff(email: str) -> Staff | None:
    return cast(Staff | None, _datastore.find_user(email=email.strip().lower()))


def who_signs_in(email: str, password: str) -> Staff | None:
    """The member of staff with this address and password, or None. Takes as long either way."""
    is_too_long, password = len(password) > LONGEST_PASSWORD, _normalise(password[:LONGEST_PASSWORD])
    staff = find_staff(email)
    if staff is None:
        hash_password(password)
        return None
    is_right = verify_and_update_password(password, staff) and not is_too_long
    return staff if is_right and staff.active else None


def _normalise(password: str) -> str:
    """One spelling for letters that keyboards write in two ways."""
    return _security.password_util.normalize(password)
