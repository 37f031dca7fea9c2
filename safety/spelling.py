"""One slip of the finger or the ear: a long word that is one letter away from a word of the rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

SHORTEST = 5  # letters; shorter words have too many real neighbours
LONG = 6  # letters; from here on the first letter may be the wrong one


def _deletions(word: str) -> set[str]:
    return {word[:place] + word[place + 1 :] for place in range(len(word))}


def is_one_slip(written: str, meant: str) -> bool:
    """True when one letter was added, left out, changed, or swapped with its neighbour."""
    if len(written) != len(meant):
        longer, shorter = sorted((written, meant), key=len, reverse=True)
        return shorter in _deletions(longer)
    wrong = [place for place in range(len(meant)) if written[place] != meant[place]]
    if len(wrong) == 1:
        return True
    return len(wrong) == 2 and written[wrong[0]] == meant[wrong[1]] and written[wrong[1]] == meant[wrong[0]]


class Speller:
    """Puts right one slip in words of five letters or more; `real_words` are left as they are."""

    def __init__(self, vocabulary: Iterable[str], real_words: Collection[str]) -> None:
        self._real = frozenset(real_words)
        self._near: dict[str, set[str]] = defaultdict(set)
        for word in vocabulary:
            if len(word) >= SHORTEST and word.isalpha():
                for key in {word, *_deletions(word)}:
                    self._near[key].add(word)

    def correct(self, word: str) -> str:
        """The word of the rules that was meant, or `word` itself."""
        if len(word) < SHORTEST or word in self._real or not word.isalpha():
            return word
        candidates = {meant for key in {word, *_deletions(word)} for meant in self._near.get(key, ())}
        slips = [meant for meant in candidates if is_one_slip(word, meant)]
        if len(word) < LONG:
            slips = [meant for meant in slips if meant[0] == word[0]]
        if not slips:
            return word
        # A swap or a change is likelier than a lost or added letter.
        return min(slips, key=lambda meant: (abs(len(meant) - len(word)), meant))
