"""The same message as a person in a hurry, in distress or on a bad phone would type it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
# Short forms that are the field's commonest; whole words only.
TEXT_SPEAK = {
    "you": "u", "your": "ur", "are": "r", "because": "cos", "please": "pls", "people": "ppl", "someone": "sum1",
    "to": "2", "for": "4", "before": "b4", "tonight": "2nite", "tomorrow": "2moro", "about": "abt", "know": "kno",
    "with": "wiv", "and": "n", "what": "wot", "want": "wnt", "going to": "gna", "me": "me", "don't": "dnt",
    "my boyfriend": "my bf", "my girlfriend": "my gf", "really": "rly", "though": "tho", "that": "dat",
    "efo": "fo", "eisiau": "isho", "ydy": "di", "dydw i ddim": "dwim", "wedi": "di", "gyda": "da",
}  # fmt: skip


def neighbours(letter: str) -> str:
    """The keys beside a letter, on the same row and the rows around."""
    for number, row in enumerate(ROWS):
        if letter in row:
            place = row.index(letter)
            around = [row[place - 1 : place], row[place + 1 : place + 2]]
            around += [ROWS[other][place : place + 1] for other in (number - 1, number + 1) if 0 <= other < len(ROWS)]
            return "".join(around)
    return letter


def _in_words(text: str, chance: random.Random, share: float, change: Callable[[str], str]) -> str:
    """Change about `share` of the words of four letters or more, one change a word."""

    def maybe(match: re.Match[str]) -> str:
        return change(match[0]) if chance.random() < share else match[0]

    return re.sub(r"[^\W\d_]{4,}", maybe, text)


def typos(text: str, chance: random.Random) -> str:
    """Two letters the wrong way round."""

    def swap(word: str) -> str:
        place = chance.randrange(1, len(word) - 1)
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]

    return _in_words(text, chance, 0.3, swap)


def dropped_letters(text: str, chance: random.Random) -> str:
    """A letter left out."""

    def drop(word: str) -> str:
        place = chance.randrange(1, len(word))
        return word[:place] + word[place + 1 :]

    return _in_words(text, chance, 0.3, drop)


def keyboard_neighbours(text: str, chance: random.Random) -> str:
    """The key beside the right one."""

    def slip(word: str) -> str:
        place = chance.randrange(1, len(word))
        return word[:place] + chance.choice(neighbours(word[place].lower())) + word[place + 1 :]

    return _in_words(text, chance, 0.3, slip)


def text_speak(text: str, chance: random.Random) -> str:
    """Short forms, no capitals, no apostrophes, no full stops."""
    short = text.lower()
    for long, form in TEXT_SPEAK.items():
        short = re.sub(rf"\b{re.escape(long)}\b", form, short)
    return re.sub(r"['’.,!?]", "", short)


def missing_spaces(text: str, chance: random.Random) -> str:
    """About one space in five forgotten."""
    return re.sub(" ", lambda _: "" if chance.random() < 0.2 else " ", text)


def no_spaces(text: str, chance: random.Random) -> str:
    """Every space forgotten."""
    return text.replace(" ", "")


PERTURBATIONS: dict[str, Callable[[str, random.Random], str]] = {
    "typos": typos,
    "dropped letters": dropped_letters,
    "keyboard neighbours": keyboard_neighbours,
    "text-speak": text_speak,
    "missing spaces": missing_spaces,
    "no spaces": no_spaces,
}


def perturb(texts: list[str], name: str, seed: int = 11) -> list[str]:
    """All texts, perturbed in one way, the same each time."""
    chance = random.Random(f"{seed} {name}")
    return [PERTURBATIONS[name](text, chance) for text in texts]
