"""Slips of a hurried thumb, put into training phrases so that the tuned encoder meets them before people do."""

from __future__ import annotations

import random
import re

NEIGHBOURS = {
    letter: "".join(row[max(place - 1, 0) : place] + row[place + 1 : place + 2])
    for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    for place, letter in enumerate(row)
}
SHARES_OF_WORDS = (0.1, 0.2, 0.3)
SHARES_OF_SPACES = (0.0, 0.0, 0.1, 0.25)
SHORTEST = 3  # letters; a slip in a shorter word leaves nothing to know it by


def with_slips(text: str, chance: random.Random) -> str:
    """The text with letters swapped, lost, doubled or beside the right key in some words, and some spaces missing."""
    share, spaces = chance.choice(SHARES_OF_WORDS), chance.choice(SHARES_OF_SPACES)
    words = [
        _slip(word, chance) if len(word) >= SHORTEST and chance.random() < share else word for word in text.split(" ")
    ]
    noisy = words[0] + "".join(("" if chance.random() < spaces else " ") + word for word in words[1:])
    return re.sub(r"['’.,!?]", "", noisy.lower()) if chance.random() < 0.3 else noisy


def _slip(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    swapped = before + after[0] + letter + after[1:]
    beside = before + chance.choice(NEIGHBOURS.get(letter.lower(), letter)) + after
    return chance.choice((swapped, before + after, before + letter + letter + after, beside))
