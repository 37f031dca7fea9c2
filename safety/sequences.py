"""The small language that rules are written in, and its translation to spaCy Matcher patterns.

{partner} ~3 {hits} ~2 me|us      a word of a list, up to three other words, …
word  a|b  {list}|word            one word, or one of several; a list may hold phrases
item?                             may be missing
!item                             any one word but these
~3                                up to three words, but no negation and no sentence end
~~3                               the same, negations allowed
<  >                              start and end of a sentence; also as one of several: me|>
word^                             Welsh: with its mutated forms
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from safety.mutations import mutate
from safety.normalise import END

Phrase = tuple[str, ...]
Pattern = list[dict[str, Any]]
MOST_PATTERNS = 250  # of one sequence; phrases in several places multiply
_RANGE = re.compile(r"(\d+)-(\d+)\Z")
_GAP = re.compile(r"(~~?)(\d+)\Z")


class BrokenRule(ValueError):
    """A rule file that cannot be read; the message names the file and the rule."""


@dataclass(frozen=True)
class Sequence:
    """One way to say something: its Matcher patterns, and the sets of words it needs (a quick first look)."""

    text: str
    patterns: tuple[Pattern, ...]
    required: tuple[frozenset[str], ...]


class SequenceReader:
    """Reads sequences with the word lists at hand. `plain` turns text into plain words."""

    def __init__(self, lists: Mapping[str, list[Any]], plain: Callable[[str], Phrase], negations: str) -> None:
        self._raw = lists
        self._plain = plain
        self._lists: dict[str, frozenset[Phrase]] = {}
        self._not_in_gap = sorted({END, *(phrase[0] for phrase in self.phrases_of(negations))})

    def phrases_of(self, name: str, above: tuple[str, ...] = ()) -> frozenset[Phrase]:
        """All words and phrases of a list, with the lists it includes."""
        if name in above:
            raise BrokenRule(f"list {name!r} includes itself")
        if name not in self._lists:
            if name not in self._raw:
                raise BrokenRule(f"there is no list called {name!r}")
            found: set[Phrase] = set()
            for item in self._raw[name]:
                found |= self._phrases(str(item), (*above, name))
            self._lists[name] = frozenset(found)
        return self._lists[name]

    def words_of(self, name: str) -> frozenset[str]:
        """The single words of a list, without its phrases."""
        return frozenset(phrase[0] for phrase in self.phrases_of(name) if len(phrase) == 1)

    def _phrases(self, item: str, above: tuple[str, ...] = ()) -> set[Phrase]:
        if item.startswith("{") and item.endswith("}"):
            return set(self.phrases_of(item[1:-1], above))
        if item in ("<", ">"):
            return {(END,)}
        numbers = _RANGE.match(item)
        if numbers:
            return {(str(number),) for number in range(int(numbers.group(1)), int(numbers.group(2)) + 1)}
        if "^" in item:
            choices = [mutate(word[:-1]) if word.endswith("^") else (word,) for word in item.split()]
            return {self._plain(" ".join(words)) for words in product(*choices)} - {()}
        phrase = self._plain(item)
        if not phrase or END in phrase or item[0] in "~{":
            raise BrokenRule(f"{item!r} is not a word")
        return {phrase}

    def read(self, text: str) -> Sequence:
        """The sequence that `text` describes. Raises BrokenRule."""
        parts: list[list[Pattern]] = []
        required: list[frozenset[str]] = []
        for item in text.split():
            gap = _GAP.match(item)
            if gap:
                barred = self._not_in_gap if gap.group(1) == "~" else [END]
                parts.append([[{"ORTH": {"NOT_IN": barred}, "OP": "?"}] * int(gap.group(2))])
                continue
            negated, optional = item.startswith("!"), item.endswith("?")
            phrases = {p for choice in item.strip("!?").split("|") for p in self._phrases(choice)}
            if negated:
                parts.append([[{"ORTH": {"NOT_IN": sorted(phrase[0] for phrase in phrases)}}]])
                continue
            choices = [[_one_of(words) for words in row] for row in merge_phrases(phrases)]
            if optional:
                choices.append([])
            else:
                required.append(frozenset(phrase[0] for phrase in phrases))
            parts.append(choices)
        return Sequence(text, self._combine(text, parts), tuple(required))

    @staticmethod
    def _combine(text: str, parts: list[list[Pattern]]) -> tuple[Pattern, ...]:
        count = 1
        for choices in parts:
            count *= len(choices)
        if count > MOST_PATTERNS:
            raise BrokenRule(f"{text!r} has {count} patterns (at most {MOST_PATTERNS}): use fewer phrases")
        patterns = tuple([token for part in combination for token in part] for combination in product(*parts))
        if any(all(token.get("OP") == "?" for token in pattern) for pattern in patterns):
            raise BrokenRule(f"{text!r} could match nothing at all")
        return patterns


def _one_of(words: frozenset[str]) -> dict[str, Any]:
    return {"ORTH": {"IN": sorted(words)} if len(words) > 1 else next(iter(words))}


def merge_phrases(phrases: Iterable[Phrase]) -> list[tuple[frozenset[str], ...]]:
    """The same phrases in fewer rows: kill himself, kill herself → kill {himself, herself}."""
    rows = {tuple(frozenset([word]) for word in phrase) for phrase in phrases}
    for place in reversed(range(max(map(len, rows)))):
        merged: dict[tuple[Any, ...], set[str]] = {}
        for row in rows:
            if place < len(row):
                merged.setdefault((row[:place], row[place + 1 :]), set()).update(row[place])
        short = {row for row in rows if place >= len(row)}
        rows = short | {(*before, frozenset(words), *after) for (before, after), words in merged.items()}
    return sorted(rows, key=lambda row: [sorted(words) for words in row])


def known_words(sequences: Collection[Sequence]) -> frozenset[str]:
    """Every word that some sequence mentions."""
    words: set[str] = set()
    for sequence in sequences:
        for pattern in sequence.patterns:
            for token in pattern:
                value = token["ORTH"]
                if isinstance(value, str):
                    words.add(value)
                else:
                    words.update(value.get("IN") or value.get("NOT_IN") or ())
    return frozenset(words)
