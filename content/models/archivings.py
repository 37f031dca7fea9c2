"""What is archived: kept in the database, left out of every release to come."""

from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from content.models.base import Base
from content.models.workflow import Reviewed

TEXT, ACTIVITY, PICTURE, HELPLINE = ARCHIVED_KINDS = ("text", "activity", "picture", "helpline")
ITEM_LENGTH = 255


class Archiving(Reviewed, Base):
    """Whether one item is archived. `draft` is what someone asked for; it waits for approval and the next publish.

    `item` names the item in all its languages at once, so that English and Welsh stay the same: a text as
    grooming/explain/parent_carer/any/standard, an activity as story/gaming_friend, a picture or helpline by its id.
    `author` is who asked, `why` what they said.
    """

    __tablename__ = "archivings"

    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    item: Mapped[str] = mapped_column(String(ITEM_LENGTH), primary_key=True)
    is_archived: Mapped[bool] = mapped_column(default=False)
    draft: Mapped[bool | None]
    why: Mapped[str] = mapped_column(Text, default="")

    @property
    def written(self) -> Any:
        return None if self.draft is None else {"item": [self.kind, self.item], "archive": self.draft, "why": self.why}
