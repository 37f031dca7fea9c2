"""Which words a reader of nine years may not know: the long ones that stand in no list and are not explained."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from content.grades import WORD, syllables

FILE = Path(__file__).resolve().parent / "familiar_words.txt"
LONG, MANY_SYLLABLES = 9, 3  # letters, or syllables: from here on a word has to be in a list
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_ENDINGS = ("", "s", "es", "d", "ed", "ing")


def unfamiliar_words(bubbles: Iterable[str], explained: frozenset[str]) -> Iterator[str]:
    """Each long word that is not familiar, not `explained` (in the glossary), and not bold, as one told there is."""
    seen: set[str] = set()
    for bubble in bubbles:
        here = {word.casefold() for bold in _BOLD.findall(bubble) for word in WORD.findall(bold)}
        for word in WORD.findall(bubble):
            plain = word.casefold().replace("’", "'").removesuffix("'s")
            if plain not in here | seen and is_long(plain) and not _is_among(plain, explained | familiar()):
                seen.add(plain)
                yield plain


def is_long(word: str) -> bool:
    """Whether a word has to be in a list to be known."""
    return len(word) >= LONG or syllables(word) >= MANY_SYLLABLES


@cache
def familiar() -> frozenset[str]:
    """Long words that children of nine years use; written by us, read by teachers before it grows."""
    return frozenset(FILE.read_text(encoding="utf-8").split())


def _is_among(word: str, known: frozenset[str]) -> bool:
    return any(word.endswith(ending) and word.removesuffix(ending) in known for ending in _ENDINGS)
