"""Published releases and the system messages that go into them."""

from datetime import datetime
from typing import Any, NoReturn

from sqlalchemy import JSON, String, Text, event
from sqlalchemy.orm import Mapped, mapped_column

from content.models.base import WHO_LENGTH, Base, UtcDateTime, utc_now
from content.models.topics import NOTE_LENGTH
from content.models.workflow import Reviewed

KEY_LENGTH = 128

Words = str | list[str]


class SystemWord(Reviewed, Base):
    """A system message in one language. `draft` waits for approval and a publish; `value` is what was published."""

    __tablename__ = "system_words"

    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), primary_key=True)
    value: Mapped[Words | None] = mapped_column(JSON(none_as_null=True))
    draft: Mapped[Words | None] = mapped_column(JSON(none_as_null=True))

    @property
    def written(self) -> Any:
        return self.draft


class ReleaseRecord(Base):
    """A release as it was published: never changed, never deleted."""

    __tablename__ = "releases"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sha256: Mapped[str] = mapped_column(String(64))
    snapshot: Mapped[str] = mapped_column(Text, deferred=True)
    who: Mapped[str] = mapped_column(String(WHO_LENGTH))
    why: Mapped[str] = mapped_column(String(NOTE_LENGTH))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)


@event.listens_for(ReleaseRecord, "before_update")
@event.listens_for(ReleaseRecord, "before_delete")
def _refuse_change(_mapper: Any, _connection: Any, release: ReleaseRecord) -> NoReturn:
    raise TypeError(f"Release {release.number} is published and can not change.")
