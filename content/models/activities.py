"""Stories, quizzes and self-checks, as staff edit them."""

from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from content.models.base import Base
from content.models.topics import ID_LENGTH
from content.models.workflow import Reviewed


class Activity(Reviewed, Base):
    """One activity in one language, in the library's shape. `draft` waits for the next publish; `value` is live."""

    __tablename__ = "activities"

    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    value: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    draft: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    @property
    def written(self) -> Any:
        return self.draft
