"""Changes to who may sign in. In the request's session; the caller commits."""

from __future__ import annotations

import re
from typing import cast

from flask_security.proxies import _datastore, _security
from flask_security.utils import hash_password, verify_and_update_password

from admin.models import ADMIN, Staff
from content.models.topics import WHO_LENGTH

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256  # a hash of a whole book would keep the server busy
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


class BrokenStaff(ValueError):
    """Someone who can not be added; the message says why."""


def create_admin(email: str, password: str) -> Staff:
    """Adds a member of staff who may do everything. Raises BrokenStaff."""
    email = check_email(email)
    if find_staff(email) is not None:
        raise BrokenStaff(f"{email} can sign in already. Nothing was changed.")
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise BrokenStaff(f"The password must have {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.")
    _datastore.find_or_create_role(ADMIN)
    staff = _datastore.create_user(email=email, password=hash_password(_normalise(password)), roles=[ADMIN])
    return cast(Staff, staff)


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
    password = _normalise(password[:LONGEST_PASSWORD])
    staff = find_staff(email)
    if staff is None:
        hash_password(password)
        return None
    return staff if verify_and_update_password(password, staff) and staff.active else None


def _normalise(password: str) -> str:
    """One spelling for letters that keyboards write in two ways."""
    return _security.password_util.normalize(password)
