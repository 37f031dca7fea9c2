"""Which language a message seems to be in, from small words that only one of the two has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class LanguageGuesser:
    """Counts the function words of each language; the words are data (rules/language.yml)."""

    def __init__(self, words: Mapping[str, Iterable[str]]) -> None:
        self._words = {language: frozenset(chosen) for language, chosen in words.items()}

    def guess(self, words: Iterable[str]) -> str | None:
        """`en`, `cy`, or None when nothing tells. A mixed message is Welsh when Welsh is half of it."""
        written = list(words)
        english = sum(word in self._words["en"] for word in written)
        welsh = sum(word in self._words["cy"] for word in written)
        if not english and not welsh:
            return None
        return "cy" if welsh >= english else "en"
