"""Drawings that a text may carry."""

from sqlalchemy import JSON, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from content.models.base import Base
from content.models.topics import ID_LENGTH


class Picture(Base):
    """One drawing as SVG, and what it shows in words, by language. A change goes live with the next publish."""

    __tablename__ = "pictures"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    svg: Mapped[str] = mapped_column(Text)
    alt: Mapped[dict[str, str]] = mapped_column(JSON)
