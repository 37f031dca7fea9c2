"""A topic as a release holds it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from content.taxonomy import DEFAULT_LANGUAGE


@dataclass(frozen=True)
class Topic:
    """`pages` holds title, review_by, sources and checked_by_welsh_speaker by language."""

    id: str
    pages: Mapping[str, Mapping[str, Any]]

    def title(self, language: str) -> str:
        """The topic's name on a button, in `language` or else in English."""
        page = self.pages.get(language) or self.pages[DEFAULT_LANGUAGE]
        return str(page["title"])
