"""Finds sequences in a message: first which words are there, then spaCy's Matcher for the few left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Sequence as Several
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from safety.normalise import END, Word
from safety.sequences import Sequence

Owner = TypeVar("Owner")
_OTHER = "_"  # stands for every word no rule knows, so that nothing a person writes stays in the vocabulary


class Span(NamedTuple):
    """Places in the message: from `start` up to, not including, `end`."""

    start: int
    end: int


class Message:
    """The words of one message between two sentence ends, and its spaCy Doc."""

    def __init__(self, words: Several[Word], vocab: Vocab, known: frozenset[str]) -> None:
        end = Word(END, "")
        self.words = [end, *words, end]
        self.plain = [word.plain for word in self.words]
        self.doc = Doc(vocab, words=[word if word in known else _OTHER for word in self.plain])

    def has_between(self, start: int, end: int, words: frozenset[str]) -> bool:
        """True when one of `words` stands from `start` up to `end`."""
        return not words.isdisjoint(self.plain[start:end])

    def is_same_sentence(self, one: Span, other: Span) -> bool:
        """True when no sentence ends between the two."""
        first, second = sorted((one, other))
        between = self.plain[max(first.start + 1, first.end - 1) : second.start + 1]
        return END not in between or first.end > second.start

    def written(self, span: Span) -> str:
        """What the person wrote there."""
        return " ".join(word.written for word in self.words[span.start : span.end] if word.written)


@dataclass(frozen=True)
class Entry(Generic[Owner]):
    """Which words a sequence needs (one bit for each set of words), whose it is, and its Matcher."""

    needed: int
    owner: Owner
    matcher: Matcher


class Finder(Generic[Owner]):
    """Finds which owners (rules, guards, marks) have a sequence in a message."""

    def __init__(self, vocab: Vocab, owners: Iterable[tuple[Owner, Iterable[Sequence]]]) -> None:
        bits: dict[frozenset[str], int] = {}
        self._words: dict[str, int] = defaultdict(int)
        self._entries: list[Entry[Owner]] = []
        # Where to look: by the words of the smallest set that an entry needs, and those that need none.
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._always: list[int] = []
        for owner, sequences in owners:
            for sequence in sequences:
                needed = 0
                for words in sequence.required:
                    bit = bits.setdefault(words, 1 << len(bits))
                    needed |= bit
                    for word in words:
                        self._words[word] |= bit
                matcher = Matcher(vocab, validate=False)
                matcher.add("sequence", list(sequence.patterns))
                for word in min(sequence.required, key=len, default=()):
                    self._by_word[word].append(len(self._entries))
                if not sequence.required:
                    self._always.append(len(self._entries))
                self._entries.append(Entry(needed, owner, matcher))

    def find(self, message: Message) -> Iterator[tuple[Owner, Span]]:
        """Owners with each place where one of their sequences stands, the longest first."""
        present, possible = 0, set(self._always)
        for word in set(message.plain):
            present |= self._words.get(word, 0)
            possible.update(self._by_word.get(word, ()))
        for entry in map(self._entries.__getitem__, sorted(possible)):
            if entry.needed & ~present == 0:
                places = {Span(start, end) for _, start, end in entry.matcher(message.doc)}
                for place in sorted(places, key=lambda span: (span.start - span.end, span.start)):
                    yield entry.owner, place
