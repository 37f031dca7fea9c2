"""How hard a text is to read: the Flesch-Kincaid grade, in years at a school of the United States."""

import re
from collections.abc import Iterable
from functools import cache

from pyphen import Pyphen

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?:](?=['\"’*)]*(?:\s|$))")


def grade(bubbles: Iterable[str]) -> float:
    """The grade of the bubbles read as one text; below 0 for very simple ones, 0 for one without words.

    Kincaid and others (1975): 0.39 words a sentence and 11.8 syllables a word, less 15.59. Weak on one bubble or two:
    measure whole items. English only.
    """
    text = " ".join(bubble if _SENTENCE_END.search(bubble[-3:]) else f"{bubble}." for bubble in bubbles)
    words = WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, len(_SENTENCE_END.findall(text)))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@cache
def _hyphens() -> Pyphen:
    return Pyphen(lang="en_US")


@cache
def syllables(word: str) -> int:
    """How many a word has, by where it may be hyphenated."""
    return len(_hyphens().positions(word.casefold())) + 1
