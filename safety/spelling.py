"""One slip of the finger or the ear: a word that is one letter away from one that is known."""

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
    """Puts right one slip in words of `shortest` letters or more; `real_words` are left as they are."""

    def __init__(self, vocabulary: Iterable[str], real_words: Collection[str], *, shortest: int = SHORTEST) -> None:
        self._real, self._shortest = frozenset(real_words), shortest
        self._near: dict[str, set[str]] = defaultdict(set)
        for word in vocabulary:
            if len(word) >= shortest and word.isalpha():
                for key in {word, *_deletions(word)}:
                    self._near[key].add(word)

    def correct(self, word: str) -> str:
        """The word of the vocabulary that was meant, or `word` itself."""
        # A swap or a change is likelier than a lost or added letter.
        return min(self.candidates(word), key=lambda meant: (abs(len(meant) - len(word)), meant), default=word)

    def candidates(self, word: str) -> list[str]:
        """Every word of the vocabulary that is one slip away; none for a real word."""
        if len(word) < self._shortest or word in self._real or not word.isalpha():
            return []
        candidates = {meant for key in {word, *_deletions(word)} for meant in self._near.get(key, ())}
        slips = [meant for meant in sorted(candidates) if is_one_slip(word, meant)]
        if len(word) < LONG:
            slips = [meant for meant in slips if meant[0] == word[0]]
        return slips
