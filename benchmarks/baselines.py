"""What people use today, to compare with: a short list of crisis phrases, and any violent word."""

from __future__ import annotations

import re
from collections.abc import Callable

# Fourteen phrases of the kind that crisis filters list.
CRISIS_PHRASES = (
    "kill myself", "want to die", "end my life", "suicide", "suicidal", "self harm", "hurt myself", "cut myself",
    "better off dead", "no reason to live", "end it all", "don't want to live", "overdose", "take my own life",
)  # fmt: skip
VIOLENT_WORDS = (
    "kill", "die", "dead", "hit", "hurt", "attack", "knife", "gun", "shoot", "stab", "rape", "abuse", "beat", "punch",
    "threat", "blood", "murder", "fight", "force", "blackmail",
)  # fmt: skip


def any_crisis_phrase(text: str) -> bool:
    """Whether the message holds one of the phrases."""
    plain = text.lower().replace("’", "'")
    return any(phrase in plain for phrase in CRISIS_PHRASES)


def any_violent_word(text: str) -> bool:
    """Whether the message holds a violent word, in any of its forms."""
    return bool(re.search(rf"\b({'|'.join(VIOLENT_WORDS)})", text.lower()))


BASELINES: dict[str, Callable[[str], bool]] = {
    "14 crisis phrases": any_crisis_phrase,
    "any violent word": any_violent_word,
}
