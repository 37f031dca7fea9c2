"""Sites: the schools and councils whose pages embed the widget, as staff edit them."""

from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from content import sites
from content.models.base import Base
from content.models.topics import ID_LENGTH
from content.taxonomy import DEFAULT_AUDIENCE, DEFAULT_LANGUAGE


class Site(Base):
    """One site, with the fields of content.sites.Site. What is here goes live with the next publish."""

    __tablename__ = "sites"

    key: Mapped[str] = mapped_column(String(sites.KEY_LENGTH), primary_key=True)
    name: Mapped[str] = mapped_column(String(sites.NAME_LENGTH))
    origins: Mapped[list[str]] = mapped_column(JSON, default=list)
    place: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    nation: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    language: Mapped[str] = mapped_column(String(2), default=DEFAULT_LANGUAGE)
    audience: Mapped[str] = mapped_column(String(ID_LENGTH), default=DEFAULT_AUDIENCE)
    topics: Mapped[list[str]] = mapped_column(JSON, default=list)
    colours: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    exit_url: Mapped[str] = mapped_column(String(sites.URL_LENGTH), default="")
    keeps_conversation: Mapped[bool] = mapped_column(default=False)
    is_open: Mapped[bool] = mapped_column(default=True)

    def take(self, item: dict[str, Any]) -> None:
        """Become what the library's shape says."""
        for name in sites.FIELDS:
            setattr(self, name, item[name])

    def as_library_item(self) -> dict[str, Any]:
        """This site in the library's shape."""
        return {name: getattr(self, name) for name in sites.FIELDS}
