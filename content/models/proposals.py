"""What staff propose to the assessor: a phrase it should learn from, or what a rule should catch."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from content.models.base import Base, UtcDateTime, utc_now
from content.models.workflow import Reviewed

EXAMPLE, RULE = PROPOSAL_KINDS = ("example", "rule")
PHRASE_LENGTH = 500


class Proposal(Reviewed, Base):
    """A phrase and what the assessor should say of it, or the words for a rule. `author` is who proposed it.

    `labels`: {"urgency", "about", "needs", "kind", "language"}, as in data/assessor, and of a rule "pattern" where
    someone wrote one: one sequence a line, as safety/rules/README.md says; with it the rule can be tried. `why` is for
    those who approve it.
    Approved, it waits to be added to the training data by hand; then it is published.
    """

    __tablename__ = "proposals"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    phrase: Mapped[str] = mapped_column(Text)
    labels: Mapped[dict[str, Any]] = mapped_column(JSON)
    why: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)

    @property
    def written(self) -> dict[str, Any]:
        return {"phrase": self.phrase, "labels": self.labels, "why": self.why}
