"""Who may do what: one table, and one decorator that every page carries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from admin.models import ADMIN, AUTHOR, LEAD, PUBLISHER, REVIEWER, ROLES, Staff

OWN, READ, WRITE, REVIEW, PUBLISH, SAFEGUARD, CHECK_LINES, MANAGE_SITES, SEE_AUDIT, MANAGE_STAFF = PERMISSIONS = (
    "own", "read", "write", "review", "publish", "safeguard", "check_lines", "manage_sites", "see_audit",
    "manage_staff",
)  # fmt: skip
# An administrator runs the place; the content is for those who know it.
MAY: dict[str, frozenset[str]] = {
    AUTHOR: frozenset({READ, WRITE}),
    REVIEWER: frozenset({READ, WRITE, REVIEW, CHECK_LINES}),
    PUBLISHER: frozenset({READ, WRITE, PUBLISH, CHECK_LINES}),
    LEAD: frozenset({READ, WRITE, REVIEW, SAFEGUARD, CHECK_LINES, SEE_AUDIT}),
    ADMIN: frozenset(PERMISSIONS),
}
NEED_SECOND_FACTOR = frozenset({PUBLISHER, LEAD, ADMIN})
View = TypeVar("View", bound=Callable[..., Any])


def needs(permission: str) -> Callable[[View], View]:
    """Marks a view with the one permission it asks for. A view without a mark is shown to nobody."""

    def mark(view: View) -> View:
        view.needs = permission  # type: ignore[attr-defined]
        return view

    return mark


def may(staff: Staff, permission: str) -> bool:
    """Whether one of their roles allows it; one's own account is everyone's."""
    return permission == OWN or any(permission in MAY.get(role.name, ()) for role in staff.roles)


def must_have_second_factor(staff: Staff) -> bool:
    """Whether what they may do asks for more than a password."""
    return any(role.name in NEED_SECOND_FACTOR for role in staff.roles)


def roles_in_order(staff: Staff) -> list[str]:
    """Their roles, in the order of ROLES."""
    has = {role.name for role in staff.roles}
    return [role for role in ROLES if role in has]
