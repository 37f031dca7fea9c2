"""Who has a page open to write on."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from content.models.base import WHO_LENGTH, Base, UtcDateTime

PLACE_LENGTH = 255


class Presence(Base):
    """Someone at a place, such as the address of the page where a text is written. Deleted when it is old.

    `since` is when they came, `seen` when they were last heard of. `is_renewed` when their page tells of itself now
    and then; without a script it is noted once, when they open it.
    """

    __tablename__ = "presences"

    place: Mapped[str] = mapped_column(String(PLACE_LENGTH), primary_key=True)
    who: Mapped[str] = mapped_column(String(WHO_LENGTH), primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    seen: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    is_renewed: Mapped[bool] = mapped_column(default=False)
