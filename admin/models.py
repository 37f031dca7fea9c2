"""Staff and their roles, in the same database as the content."""

from __future__ import annotations

from datetime import datetime

from flask_security.core import RoleMixin, UserMixin
from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.models import Base
from content.models.base import UtcDateTime, utc_now
from content.models.topics import WHO_LENGTH

ADMIN = "admin"  # may do everything
ROLE_LENGTH = 64
HASH_LENGTH = 255

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
    roles: Mapped[list[Role]] = relationship(secondary=staff_roles)  # type: ignore[assignment]
