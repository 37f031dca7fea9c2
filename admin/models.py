"""Staff and their roles, in the same database as the content."""

from __future__ import annotations

from datetime import datetime

from flask_security.core import RoleMixin, UserMixin
from sqlalchemy import JSON, Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.models import Base
from content.models.base import WHO_LENGTH, UtcDateTime, utc_now

AUTHOR, REVIEWER, PUBLISHER, LEAD, ADMIN = ROLES = ("author", "reviewer", "publisher", "safeguarding_lead", "admin")
ROLE_LENGTH = 64
HASH_LENGTH = 255
SECRET_LENGTH = 512

staff_roles = Table(
    "staff_roles",
    Base.metadata,
    Column("staff_id", ForeignKey("staff.id"), primary_key=True),
    Column("role_id", ForeignKey("roles.id"), primary_key=True),
)


class Role(Base, RoleMixin):
    """What a member of staff may do."""

    __tablename__ = "roles"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(ROLE_LENGTH), unique=True)


class Staff(Base, UserMixin):
    """Someone who signs in. `email` is in lower case; `fs_uniquifier` names them in their session."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(WHO_LENGTH), unique=True)
    password: Mapped[str] = mapped_column(String(HASH_LENGTH))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    # The secret of the authenticator app, encrypted, and the time step of the last code: none is good twice.
    totp_secret: Mapped[str | None] = mapped_column(String(SECRET_LENGTH))
    totp_step: Mapped[int | None]
    recovery_codes: Mapped[list[str]] = mapped_column(JSON, default=list)  # hashes; each is good once
    link_hash: Mapped[str | None] = mapped_column(String(64))  # of the one-time link to choose a password
    link_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    roles: Mapped[list[Role]] = relationship(secondary=staff_roles)  # type: ignore[assignment]
