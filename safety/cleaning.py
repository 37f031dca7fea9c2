"""Characters: cut very long messages, undo look-alikes, accents, emoji and invisible characters."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 3000  # characters; more is cut in the middle, because people put what matters first or last
_LOOK_ALIKES = str.maketrans(
    "аеорсухіјѕԁһκοαερτνıłøđħβ’‘`´ʼ′＇",
    "aeopcyxijsdhkoaeptvilodhb'''''''",
)
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def cut(text: str, longest: int = LONGEST) -> str:
    """`text` with its middle left out when it is longer than `longest`: the start and the end stay."""
    if len(text) <= longest:
        return text
    half = longest // 2
    return f"{text[:half]}\n{text[-half:]}"


def clean(text: str, emoji: dict[int, str]) -> str:
    """Lower case a-z, digits and plain punctuation; `emoji` gives the words for symbols that carry meaning.

    Accents go too: most people leave them out when they type Welsh, so the rules are matched without them.
    """
    text = cut(text).replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = _CONTROL.sub(" ", text)
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text.translate(_LOOK_ALIKES))
    text = "".join(mark for mark in text if unicodedata.category(mark) not in ("Mn", "Me", "Cf", "Cs", "Co"))
    return text.lower().translate(_LOOK_ALIKES).translate(emoji)
