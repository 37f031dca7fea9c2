"""Slips in training phrases: real ones, and never so many that nothing is left."""

from __future__ import annotations

import random
from difflib import SequenceMatcher

from bot.noise import with_slips

TEXT = "my stepdad gets angry and i dont want to go home tonight because he scares me"


def test_slips_are_made_and_the_text_stays_readable() -> None:
    noisy = [with_slips(TEXT, random.Random(seed)) for seed in range(50)]
    assert sum(text != TEXT for text in noisy) > 40
    assert all(SequenceMatcher(None, text, TEXT).ratio() > 0.7 for text in noisy)


def test_the_same_chance_gives_the_same_slips() -> None:
    assert with_slips(TEXT, random.Random(3)) == with_slips(TEXT, random.Random(3))


def test_short_words_and_nothing_at_all_are_left_alone() -> None:
    for text in ("", "hi", "i am ok", "😀"):
        assert with_slips(text, random.Random(5)).replace(" ", "") == text.replace(" ", "")
