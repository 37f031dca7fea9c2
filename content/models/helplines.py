"""Helplines and the routing between them, as staff edit them."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, Date, String
from sqlalchemy.orm import Mapped, mapped_column

from content.models.base import WHO_LENGTH, Base
from content.models.topics import ID_LENGTH
from content.models.workflow import Reviewed

HOURS_LENGTH = 255
UNKNOWN, LAST_RESORT = "unknown", "last_resort"  # the two lists beside the needs


class Helpline(Reviewed, Base):
    """A helpline or signpost. The words are texts by language; `routes` are in the order to show them.

    `draft` is what it shall become, in the library's shape; it waits for approval and the next publish.
    """

    __tablename__ = "helplines"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(16))
    name: Mapped[dict[str, str]] = mapped_column(JSON)
    what_for: Mapped[dict[str, str]] = mapped_column(JSON)
    routes: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    hours: Mapped[str | None] = mapped_column(String(HOURS_LENGTH))
    hours_words: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    min_age: Mapped[int | None]
    max_age: Mapped[int | None]
    nations: Mapped[list[str]] = mapped_column(JSON, default=list)
    place: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    needs: Mapped[list[str]] = mapped_column(JSON, default=list)
    cost: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    trace: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    privacy: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    checked_on: Mapped[date | None] = mapped_column(Date)
    checked_by: Mapped[str | None] = mapped_column(String(WHO_LENGTH))
    sources: Mapped[list[str]] = mapped_column(JSON, default=list)
    position: Mapped[int] = mapped_column(default=0)
    draft: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    @property
    def written(self) -> Any:
        return self.draft

    @classmethod
    def fields_of(cls, item: dict[str, Any]) -> dict[str, Any]:
        """The columns for a helpline in the library's shape."""
        low, high = item.get("ages") or (None, None)
        checked_on = item.get("checked_on")
        fields = {name: item[name] for name in ("id", "kind", "status", "name", "what_for")}
        for name in ("hours_words", "cost", "trace", "privacy"):
            fields[name] = item.get(name) or {}
        for name in ("routes", "nations", "languages", "needs", "sources"):
            fields[name] = item.get(name) or []
        return fields | {
            "hours": item.get("hours"),
            "place": item.get("place"),
            "min_age": low,
            "max_age": high,
            "checked_on": date.fromisoformat(checked_on) if checked_on else None,
            "checked_by": item.get("checked_by"),
        }

    def take(self, item: dict[str, Any]) -> None:
        """Become what the library's shape says."""
        for name, value in self.fields_of(item).items():
            setattr(self, name, value)

    def as_library_item(self) -> dict[str, Any]:
        """This helpline in the library's shape."""
        names = (
            "id", "kind", "status", "name", "what_for", "routes", "hours", "hours_words", "nations",
            "place", "languages", "needs", "cost", "trace", "privacy", "checked_by", "sources",
        )  # fmt: skip
        return {name: getattr(self, name) for name in names} | {
            "ages": None if self.min_age is None and self.max_age is None else [self.min_age, self.max_age],
            "checked_on": self.checked_on.isoformat() if self.checked_on else None,
        }


class RoutingRow(Base):
    """One row of the routing table. For the lists `unknown` and `last_resort` only `offer` counts.

    `online_first` is the line that comes first where it happened online.
    """

    __tablename__ = "routing_rows"

    id: Mapped[int] = mapped_column(primary_key=True)
    need: Mapped[str] = mapped_column(String(ID_LENGTH), index=True)
    position: Mapped[int]
    nations: Mapped[list[str]] = mapped_column(JSON)
    ages: Mapped[list[str]] = mapped_column(JSON)
    offer: Mapped[list[str]] = mapped_column(JSON)
    online_first: Mapped[str | None] = mapped_column(String(ID_LENGTH))
