"""Sheets that wait between their preview and the click that imports them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from content.models.base import WHO_LENGTH, Base, UtcDateTime, utc_now

TOKEN_LENGTH = 32


class HeldImport(Base):
    """The rows of one sheet as they were read. `id` can not be guessed; only `who` sent it may go on with it."""

    __tablename__ = "held_imports"

    id: Mapped[str] = mapped_column(String(TOKEN_LENGTH), primary_key=True)
    who: Mapped[str] = mapped_column(String(WHO_LENGTH))
    file_name: Mapped[str] = mapped_column(String(WHO_LENGTH))
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now, index=True)
