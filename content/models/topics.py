"""Topics, their variants, and the revisions of each variant's text."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.models.base import Base, UtcDateTime, utc_now
from content.models.workflow import Reviewed

ANY_AGE = "any"  # a variant for every age band; a word, because NULLs would slip past the unique constraint

ID_LENGTH = 64
TITLE_LENGTH = 80
NOTE_LENGTH = 1000
PAGE_LENGTH = 32  # of the name that an open page gives itself


class Topic(Base):
    """One subject that Lantern teaches; its id is a topic of the taxonomy."""

    __tablename__ = "topics"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    pages: Mapped[list["TopicPage"]] = relationship(back_populates="topic", cascade="all, delete-orphan")
    variants: Mapped[list["Variant"]] = relationship(back_populates="topic", cascade="all, delete-orphan")


class TopicPage(Base):
    """What a topic is called in one language, when to look at it again, and where its facts come from."""

    __tablename__ = "topic_pages"

    topic_id: Mapped[str] = mapped_column(ForeignKey("topics.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    review_by: Mapped[date] = mapped_column(Date)
    sources: Mapped[list[str]] = mapped_column(JSON, default=list)
    checked_by_welsh_speaker: Mapped[bool] = mapped_column(default=False)
    topic: Mapped[Topic] = relationship(back_populates="pages")


class Variant(Base):
    """One section of a topic for one kind of reader. Its text lives in its revisions."""

    __tablename__ = "variants"
    __table_args__ = (
        # Named by hand: PostgreSQL takes names of up to 63 characters.
        UniqueConstraint(
            "topic_id", "section", "language", "audience", "age_band", "reading_level", name="uq_variants_fit"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[str] = mapped_column(ForeignKey("topics.id"))
    section: Mapped[str] = mapped_column(String(ID_LENGTH))
    language: Mapped[str] = mapped_column(String(2))
    audience: Mapped[str] = mapped_column(String(ID_LENGTH))
    age_band: Mapped[str] = mapped_column(String(ID_LENGTH), default=ANY_AGE)
    reading_level: Mapped[str] = mapped_column(String(ID_LENGTH))
    topic: Mapped[Topic] = relationship(back_populates="variants")
    revisions: Mapped[list["Revision"]] = relationship(
        back_populates="variant", cascade="all, delete-orphan", order_by="Revision.number"
    )

    @property
    def name(self) -> str:
        """Where it belongs and for whom, such as grooming/explain/en/young_person/any/standard."""
        parts = (self.topic_id, self.section, self.language, self.audience, self.age_band, self.reading_level)
        return "/".join(parts)

    @property
    def newest(self) -> "Revision | None":
        return self.revisions[-1] if self.revisions else None


class Revision(Reviewed, Base):
    """One text of a variant. `number` counts from 1 within the variant; `body` is its list of bubbles.

    `picture` is the id of one. A text with dates is shown between them, both included, in front of an older one.
    `saved_from` names the open page that goes on saving it by itself; None once a person has saved it.
    """

    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("variant_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"))
    number: Mapped[int]
    body: Mapped[list[str]] = mapped_column(JSON)
    picture: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    starts_on: Mapped[date | None] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    note: Mapped[str] = mapped_column(Text, default="")
    saved_from: Mapped[str | None] = mapped_column(String(PAGE_LENGTH))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    variant: Mapped[Variant] = relationship(back_populates="revisions")

    @property
    def written(self) -> dict[str, Any]:
        return self.text

    @property
    def text(self) -> dict[str, Any]:
        """What of a text goes into a release: bubbles, and the picture and days where it has them."""
        optional = {"picture": self.picture, "starts_on": self.starts_on, "ends_on": self.ends_on}
        return {"bubbles": self.body} | {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in optional.items()
            if value is not None
        }
