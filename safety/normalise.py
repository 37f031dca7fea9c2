"""Text to plain words: text-speak, contractions, hidden spellings, sentence ends. Rules can stay simple."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from safety.cleaning import clean
from safety.disguises import join_letters, unmask
from safety.spelling import Speller

END = "."  # the token between two sentences
_CHUNK = re.compile(r"[\n]|[^\s]+")
_SENTENCE_END = re.compile(r"(?<![.])[.!?;](?![.])")
_PLAIN = re.compile(r"[a-z]+\Z")
_PARTS = re.compile(r"[a-z0-9]+(?:'[a-z]+)*|(?<![.!?;])[.!?;](?![.])")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_WELSH_JOIN = re.compile(r"(?<=[a-z])'(n|r|i|u|w|ch|th|m)\Z")


@dataclass(frozen=True)
class Word:
    """A plain word, and what was written for it."""

    plain: str
    written: str


class Normaliser:
    """Turns text into words. Without a vocabulary (as when rules are read) nothing is guessed."""

    def __init__(
        self,
        spellings: Mapping[str, str],
        emoji: Mapping[str, str],
        welsh_joins: Collection[str] = (),
        vocabulary: Collection[str] = (),
        real_words: Collection[str] = (),
    ) -> None:
        self._emoji = {ord(symbol): f" {words} " for symbol, words in emoji.items()}
        self._welsh_joins = frozenset(welsh_joins)
        self._spellings: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        for written, meant in spellings.items():
            parts = tuple(written.split())
            self._spellings.setdefault(parts[0], []).append((parts, tuple(meant.split())))
        for choices in self._spellings.values():
            choices.sort(key=lambda choice: -len(choice[0]))
        self._known = frozenset(vocabulary) | self._spellings.keys()
        self._speller = Speller(self._known, real_words) if vocabulary else None

    def read(self, text: str) -> list[Word]:
        """The words of a message, with an END between sentences. Any input is fine, also none."""
        words = [word for chunk in _CHUNK.findall(clean(text, self._emoji)) for word in self._split(chunk)]
        if self._speller is not None:
            words = join_letters(words, self._known, Word)
        return self._respell([Word(self._guess(word.plain), word.written) for word in words])

    def plain(self, text: str) -> tuple[str, ...]:
        """Only the plain words, as rules and word lists are written with."""
        return tuple(word.plain for word in self.read(text))

    def _split(self, chunk: str) -> Iterable[Word]:
        if chunk == "\n":
            return [Word(END, "")]
        if _PLAIN.match(chunk):
            return [Word(chunk, chunk)]
        if self._speller is not None:
            core = chunk.strip(".,!?;:\"'()[]…~-_")
            meant = unmask(core, self._known)
            if meant:
                ends = bool(_SENTENCE_END.search(chunk[chunk.find(core) + len(core) :]))
                return [Word(meant, core), *([Word(END, "")] if ends else [])]
        return [word for part in _PARTS.findall(chunk) for word in self._apart(part)]

    def _apart(self, part: str) -> list[Word]:
        if part in "!?;.":
            return [Word(END, "")]
        if "'" not in part or part in self._spellings:
            return [Word(part, part)]
        join = _WELSH_JOIN.search(part)
        if join and part[: join.start()].replace("'", "") in self._welsh_joins:
            return [Word(part[: join.start()].replace("'", ""), part), Word(join.group(1), "")]
        return [Word(part.replace("'", ""), part)]

    def _guess(self, word: str) -> str:
        if self._speller is None or word in self._known:
            return word
        if _STRETCHED.search(word):
            twice, once = _STRETCHED.sub(r"\1\1", word), _STRETCHED.sub(r"\1", word)
            word = twice if twice in self._known else once
            if word in self._known:
                return word
        stem = self._english_stem(word)
        return stem or self._speller.correct(word)

    def _english_stem(self, word: str) -> str | None:
        """threatenio, forcio: an English verb with a Welsh ending, as in mixed speech."""
        if len(word) < 6 or not word.endswith("io"):
            return None
        return next((stem for stem in (word[:-2], f"{word[:-2]}e") if stem in self._known), None)

    def _respell(self, words: list[Word]) -> list[Word]:
        result: list[Word] = []
        place = 0
        while place < len(words):
            for parts, meant in self._spellings.get(words[place].plain, ()):
                taken = words[place : place + len(parts)]
                if tuple(word.plain for word in taken) == parts:
                    written = " ".join(word.written for word in taken if word.written)
                    result += [Word(plain, written if at == 0 else "") for at, plain in enumerate(meant)]
                    place += len(parts)
                    break
            else:
                result.append(words[place])
                place += 1
        return result
