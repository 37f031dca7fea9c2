"""How often a text was shown and found helpful. Counts of texts: nothing in them is about a person."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from content.models.base import Base
from content.variants import REVISION_LENGTH

ITEM_LENGTH = 255  # of a variant's id
SHOWN, HELPED, DID_NOT_HELP = EVENTS = ("shown", "helped", "did_not_help")


class TextCount(Base):
    """How often an event happened to one revision of one text. `item` is a variant's id; no time is kept."""

    __tablename__ = "text_counts"

    item: Mapped[str] = mapped_column(String(ITEM_LENGTH), primary_key=True)
    revision: Mapped[str] = mapped_column(String(REVISION_LENGTH), primary_key=True)
    event: Mapped[str] = mapped_column(String(16), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
