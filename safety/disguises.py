"""Words that were hidden on purpose: s3lf h4rm, r*pe, k m s, s.e.x. Young people do this to pass filters."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import TypeVar

T = TypeVar("T")
_MASKED = re.compile(r"[a-z]*[0-9@$!|*#_+.\-/][a-z0-9@$!|*#_+.\-/]*\Z")
_SWAPS = str.maketrans("013457@$!|8", "oieastasiib")
_STARS = re.compile(r"[*#_]")
_SEPARATED = re.compile(r"[a-z](?:[.\-_*/ ][a-z]){2,}\Z")


def unmask(chunk: str, known: Collection[str]) -> str | None:
    """The known word that `chunk` hides, or None. Ordinary text and plain numbers are never touched."""
    if len(chunk) < 3 or len(chunk) > 30 or not _MASKED.match(chunk) or not any(c.isalpha() for c in chunk):
        return None
    if chunk in known:
        return None
    if _SEPARATED.match(chunk):
        joined = re.sub(r"[^a-z]", "", chunk)
        return joined if joined in known else None
    swapped = chunk.translate(_SWAPS)
    if swapped.isalpha() and swapped in known:
        return swapped
    if _STARS.search(chunk) and sum(c.isalpha() for c in chunk) >= 2:
        return _fill_stars(swapped, known)
    joined = re.sub(r"[^a-z]", "", swapped)  # sui-cide, step-dad
    return joined if len(joined) > 4 and joined in known else None


def _fill_stars(masked: str, known: Collection[str]) -> str | None:
    """r*pe, s*x, su***de: each star stands for one letter."""
    if not re.fullmatch(r"[a-z*#_]+", masked):
        return None
    one_each = re.compile(_STARS.sub("[a-z]", masked))
    found = sorted(word for word in known if len(word) == len(masked) and one_each.fullmatch(word))
    return found[0] if found else None


def join_letters(words: list[T], known: Collection[str], make: Callable[[str, str], T]) -> list[T]:
    """Joins runs of three or more single letters (k m s) when they spell a known word."""
    plain = [getattr(word, "plain", "") for word in words]
    if sum(len(word) == 1 for word in plain) < 3:
        return words
    result: list[T] = []
    place = 0
    while place < len(words):
        last = place
        while last < len(words) and len(plain[last]) == 1 and plain[last].isalpha():
            last += 1
        for end in range(last, place + 2, -1):
            joined = "".join(plain[place:end])
            if joined in known:
                result.append(make(joined, " ".join(plain[place:end])))
                place = end
                break
        else:
            result.append(words[place])
            place += 1
    return result
