"""Puts right what a hurried thumb does: one slip in a word, and forgotten spaces."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from bot.glosses import without_accents
from bot.spacing import LETTERS, Spacing
from bot.text_features import plain
from safety.spelling import Speller

SHORTEST = 3  # letters of a word that is put right
SEEN = 3  # how often a word must stand in the phrases to be what was meant
SEEN_TOGETHER = 2  # how often two words must stand side by side for it to count
NEVER_TOGETHER = 0.05  # what two words count that never did, beside those that did once
SAME_LENGTH = 3  # how much likelier a slip is to swap or change a letter than to lose or add one
START = END = ""  # what stands before the first word and behind the last
WORDS_FILE, SPACING_FILE = "words.json", "spacing.json"
Pair = tuple[str, str]


class Spelling:
    """Knows the words of the training phrases, which stand side by side, and which others are no slips."""

    def __init__(
        self, counts: dict[str, int], together: Mapping[Pair, int], real_words: Collection[str], spacing: Spacing
    ) -> None:
        """`counts`: how often the words stand that can be meant; `real_words` are left as they are."""
        self._counts, self._together, self._spacing = counts, together, spacing
        self._real = frozenset(real_words)
        self._speller = Speller(counts, self._real, shortest=SHORTEST)

    @classmethod
    def learn(cls, texts: Sequence[str], real_words: Collection[str]) -> Spelling:
        """From the words of the texts, all of which are left as they are, and other real words."""
        counts: Counter[str] = Counter()
        together: Counter[Pair] = Counter()
        for text in texts:
            words = LETTERS.findall(plain(text))
            counts.update(words)
            together.update(pairwise([START, *words, END]))
        return cls(
            {word: count for word, count in counts.items() if count >= SEEN},
            {pair: count for pair, count in together.items() if count >= SEEN_TOGETHER},
            frozenset(counts) | frozenset(real_words),
            Spacing.learn(texts, real_words),
        )

    def restore(self, text: str) -> str:
        """The text as it was likely meant; a text of known words stays as it is."""
        meant = self._correct(LETTERS.findall(text))
        return self._spacing.restore(LETTERS.sub(lambda _: next(meant), text))

    def _correct(self, written: Sequence[str]) -> Iterator[str]:
        words = [START, *map(plain, written), END]
        for place, word in enumerate(words[1:-1], start=1):
            is_real = word in self._real or without_accents(word) in self._real
            candidates = [] if is_real else self._speller.candidates(word)
            if candidates:
                before, after = words[place - 1], words[place + 1]
                words[place] = max(candidates, key=lambda meant: self._likely(before, word, meant, after))
            yield words[place] if candidates else written[place - 1]

    def _likely(self, before: str, written: str, meant: str, after: str) -> float:
        """How likely `meant` was, by the shape of the slip and the words on both sides."""
        shape = SAME_LENGTH if len(meant) == len(written) else 1
        left = self._together.get((before, meant), 0) + NEVER_TOGETHER
        right = self._together.get((meant, after), 0) + NEVER_TOGETHER
        return shape * left * right / self._counts[meant]

    def save(self, folder: Path) -> None:
        """Write what was learned as JSON."""
        together = [[*pair, count] for pair, count in self._together.items()]
        learned = {"counts": self._counts, "together": together, "real": sorted(self._real)}
        (folder / WORDS_FILE).write_text(json.dumps(learned, ensure_ascii=False), encoding="utf-8")
        self._spacing.save(folder / SPACING_FILE)

    @classmethod
    def load(cls, folder: Path) -> Spelling:
        """Read it back."""
        learned = json.loads((folder / WORDS_FILE).read_text(encoding="utf-8"))
        together = {(before, after): count for before, after, count in learned["together"]}
        return cls(learned["counts"], together, learned["real"], Spacing.load(folder / SPACING_FILE))
