"""Signatures: someone answers for a thing as it was on a day."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from content.models.base import WHO_LENGTH, Base, UtcDateTime, utc_now

MATTER_LENGTH = 32


class Signature(Base):
    """`matter` names what was signed, `sha256` is the hash of it at that moment: when it changes, the signature is off.

    `note` is what the signer said about it.
    """

    __tablename__ = "signatures"

    id: Mapped[int] = mapped_column(primary_key=True)
    matter: Mapped[str] = mapped_column(String(MATTER_LENGTH), index=True)
    who: Mapped[str] = mapped_column(String(WHO_LENGTH))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    sha256: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(Text, default="")
