"""The log of every change: who, what, before, after, when. It only grows."""

from datetime import datetime
from typing import Any, NoReturn

from sqlalchemy import JSON, String, event
from sqlalchemy.orm import Mapped, mapped_column

from content.models.base import WHO_LENGTH, Base, UtcDateTime, utc_now

NEW, CHANGED, GONE = ("new", "changed", "gone")


class AuditEntry(Base):
    """One change of one thing. `before` and `after` hold only the fields that differ."""

    __tablename__ = "audit_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now, index=True)
    who: Mapped[str] = mapped_column(String(WHO_LENGTH), index=True)
    what: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(32), index=True)
    name: Mapped[str] = mapped_column(String(WHO_LENGTH), index=True)
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)


@event.listens_for(AuditEntry, "before_update")
@event.listens_for(AuditEntry, "before_delete")
def _refuse_change(_mapper: Any, _connection: Any, entry: AuditEntry) -> NoReturn:
    raise TypeError(f"Entry {entry.id} of the log can not change.")
