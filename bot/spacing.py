"""Puts forgotten spaces back: "hewont letmego" to "he wont let me go"."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

from bot.text_features import plain

SHORTEST = 6  # letters; a shorter unknown word is a name or a slip
LONGEST_WORD = 16
LETTERS_A_PIECE = 2.3  # on average; less is a word nobody knows, cut into crumbs
# How often a word must stand in the phrases to be a piece of others: a short one fits by chance.
SEEN, SEEN_IF_SHORT, SHORT = 5, 150, 2
ENDINGS = re.compile(r"(s|es|ed|d|ing|er|ly|io|ion)$")  # a known word with one of these is a word too
LETTERS = re.compile(r"[^\W\d_](?:['’]?[^\W\d_])*")
_ALONE = frozenset("aio")  # words of one letter: a, i, and the Welsh i and o


class Spacing:
    """Knows how often each word stands in the training phrases, and splits what is no word into likely ones."""

    def __init__(self, costs: dict[str, float], known: frozenset[str]) -> None:
        """`costs` of the words that may be pieces, the rarer the dearer; `known` are never split."""
        self._costs, self._known = costs, known

    @classmethod
    def learn(cls, texts: Sequence[str], real_words: Collection[str] = ()) -> Spacing:
        """From the words of the texts; neither they nor `real_words` are split."""
        counts = Counter(word for text in texts for word in LETTERS.findall(plain(text)))
        total = sum(counts.values())
        costs = {
            word: -math.log(count / total)
            for word, count in counts.items()
            if count >= (SEEN if len(word) > SHORT else SEEN_IF_SHORT) and (len(word) > 1 or word in _ALONE)
        }
        return cls(costs, frozenset(counts) | frozenset(real_words))

    def restore(self, text: str) -> str:
        """The text with the spaces that were likely forgotten; a text without such stays as it is."""
        return LETTERS.sub(lambda match: self._split(match[0]), text)

    def _split(self, word: str) -> str:
        low = plain(word)
        if len(low) < SHORTEST or low in self._known or ENDINGS.sub("", low) in self._known:
            return word
        # The cheapest way to each place, and where its last word begins.
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, len(low) + 1):
            ways = [
                (best[start][0] + self._costs[low[start:end]], start)
                for start in range(max(0, end - LONGEST_WORD), end)
                if low[start:end] in self._costs
            ]
            best.append(min(ways, default=(math.inf, 0)))
        if best[-1][0] == math.inf:
            return word
        parts, end = [], len(word)
        while end:
            start = best[end][1]
            parts.append(word[start:end])
            end = start
        # Many tiny pieces fit any letters: that is no lost space.
        return " ".join(reversed(parts)) if len(word) >= LETTERS_A_PIECE * len(parts) else word

    def save(self, file: Path) -> None:
        """Write what was learned as JSON."""
        learned = {"costs": self._costs, "known": sorted(self._known)}
        file.write_text(json.dumps(learned, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, file: Path) -> Spacing:
        """Read it back."""
        learned = json.loads(file.read_text(encoding="utf-8"))
        return cls(learned["costs"], frozenset(learned["known"]))
