"""Turns the Welsh words of a message into rough English, word by word, for the encoder, which reads no Welsh."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bot.text_features import plain
from safety.mutations import mutate

LONGEST = 4  # words of an entry
SHORTEST_STEM = 4  # letters; a shorter word with its first letter changed is too often another one
ENOUGH = 2  # words that are surely Welsh; one alone in an English message is a name or a slip
SEEN = 5  # how often a word must stand in the English phrases to be an English one
# What hangs on a Welsh word: "mae'n", "dwi'm", "i'w", and the same without the apostrophe.
ENDING = re.compile(r"'?(?:n|r|i|m|u|w|th|ch)$")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*'?|'[^\W\d_]+")


class Glosses:
    """Knows what each Welsh word means in English, and which words are English ones."""

    def __init__(self, meanings: dict[str, str], english: frozenset[str]) -> None:
        """`meanings`: one to four Welsh words, without accents, to English; `english`: words that may be both."""
        self._meanings, self._english = meanings, english

    @classmethod
    def learn(cls, folder: Path, english_texts: Iterable[str]) -> Glosses:
        """From the entries of the folder's files, and the words of English texts. Raises ValueError: file and line."""
        meanings: dict[str, str] = {}
        for file in sorted(folder.glob("*.tsv")):
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
                welsh, tab, gloss = line.partition("\t")
                if not tab or not welsh.strip():
                    raise ValueError(f"{file}:{number}: not an entry: Welsh, a tab, English")
                # Of several meanings the first: "say, tell".
                meanings.setdefault(_bare(welsh), re.split(r"[,;/(]", gloss)[0].strip())
        for welsh, gloss in list(meanings.items()):
            if len(welsh) >= SHORTEST_STEM and " " not in welsh:
                for form in mutate(welsh):
                    meanings.setdefault(form, gloss)
        counts = Counter(word for text in english_texts for word in _WORD.findall(_bare(text)))
        return cls(meanings, frozenset(word for word, count in counts.items() if count >= SEEN))

    @property
    def words(self) -> frozenset[str]:
        """Every Welsh word of the entries, with its first letter changed too, without accents."""
        return frozenset(word for entry in self._meanings for word in entry.split())

    def in_english(self, text: str) -> str:
        """The text with its Welsh words in English; the text itself where hardly one word is surely Welsh."""
        bare = _bare(text)
        matches = list(_WORD.finditer(bare))
        words = [match[0] for match in matches]
        entries = list(self._entries(words))
        sure = [self._language(words, start, end) for start, end, _ in entries]
        if sure.count("cy") < min(ENOUGH, max(1, sure.count("en"))):
            return text
        parts, done = [], 0
        for place, (start, end, gloss) in enumerate(entries):
            if gloss is not None and _nearest(sure, place) == "cy":
                parts += [bare[done : matches[start].start()], gloss]
                done = matches[end - 1].end()
        return " ".join("".join([*parts, bare[done:]]).split())

    def _entries(self, words: Sequence[str]) -> Iterator[tuple[int, int, str | None]]:
        """Each known entry, the longest first, or a word nobody knows: where it starts, ends, and what it means."""
        start = 0
        while start < len(words):
            for length in range(min(LONGEST, len(words) - start), 0, -1):
                gloss = self._meaning(" ".join(words[start : start + length]))
                if gloss is not None or length == 1:
                    yield start, start + length, gloss
                    start += length
                    break

    def _meaning(self, entry: str) -> str | None:
        found = self._meanings.get(entry)
        if found is None and " " not in entry and entry not in self._english:
            stem = ENDING.sub("", entry)
            if stem != entry and ("'" in entry or len(stem) >= SHORTEST_STEM):
                found = self._meanings.get(stem.strip("'"))
        return found

    def _language(self, words: Sequence[str], start: int, end: int) -> str | None:
        """What an entry surely is; None where it may be either, or where nobody knows."""
        known = self._meaning(" ".join(words[start:end])) is not None
        english = all(word in self._english for word in words[start:end])
        if known and not english:
            return "cy"
        return "en" if english and not known else None

    def save(self, file: Path) -> None:
        """Write what is known as JSON."""
        known = {"meanings": self._meanings, "english": sorted(self._english)}
        file.write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, file: Path) -> Glosses:
        """Read it back."""
        known = json.loads(file.read_text(encoding="utf-8"))
        return cls(known["meanings"], frozenset(known["english"]))


def with_english(text: str, english: str) -> str:
    """The words as they were typed and, where they differ, what they mean: pieces of both can tell something."""
    return text if text == english else f"{text} {english}"


def without_accents(text: str) -> str:
    """The text with plain letters."""
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


def _bare(text: str) -> str:
    """Small letters without accents: many leave them out."""
    return without_accents(plain(text).strip())


def _nearest(sure: Sequence[str | None], place: int) -> str | None:
    """The language of the nearest word whose language is sure; of two as near, of the one before."""
    for distance in range(len(sure)):
        for near in (place - distance, place + distance):
            if 0 <= near < len(sure) and sure[near]:
                return sure[near]
    return None
