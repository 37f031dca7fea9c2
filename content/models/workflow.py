"""What every piece of content carries while people work on it: who wrote it, where it stands, who said what."""

from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from content.models.base import WHO_LENGTH

DRAFT, IN_REVIEW, CHANGES_REQUESTED, APPROVED, PUBLISHED = STAGES = (
    "draft", "in_review", "changes_requested", "approved", "published",
)  # fmt: skip


class Reviewed:
    """Columns of what is written by one person and approved by others.

    `approvals`: who approved, and as what: {"who", "as"}. `comments`: what was said about it: {"who", "at", "says"},
    the time in ISO 8601.
    """

    stage: Mapped[str] = mapped_column(String(32), default=DRAFT)
    author: Mapped[str] = mapped_column(String(WHO_LENGTH), default="")
    approvals: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    comments: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)

    @property
    def written(self) -> Any:
        """What others are to approve, as JSON can hold it; None where there is nothing."""
        raise NotImplementedError
