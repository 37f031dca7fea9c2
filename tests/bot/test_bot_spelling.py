"""Slips are put right, and what is no slip stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.spelling import Spelling

KNOWN = "my dad keeps hitting me and he wont let me go home what is grooming school mae nhw wedi cyfrinach"
SPELLING = Spelling.learn([KNOWN] * 200 + ["keepz"], {"hoping", "ysgol"})


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("my dad kepes hititng me", "my dad keeps hitting me"),  # swapped
        ("what is groming", "what is grooming"),  # lost
        ("what is groominng", "what is grooming"),  # one too many
        ("what is grookimg", "what is grookimg"),  # two slips: nobody knows
        ("Grooning?", "grooming?"),  # the key beside
        ("myy dad wnot letmego", "myy dad wont let me go"),
        ("mae nhw wdei", "mae nhw wedi"),
        (KNOWN, KNOWN),
        ("keepz", "keepz"),  # it stands in a phrase, so the model knows it
        ("hoping", "hoping"),  # a word of the language
        ("ysgôl", "ysgôl"),  # with an accent too many
        ("hm", "hm"),  # too short to be sure
        ("", ""),
        ("😀 999", "😀 999"),
    ],
)
def test_slips(written: str, meant: str) -> None:
    assert SPELLING.restore(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"), [("so sared of him", "so scared of him"), ("he sared it", "he shared it")]
)
def test_of_two_words_that_could_be_meant_the_one_that_fits_its_neighbours_is(written: str, meant: str) -> None:
    assert Spelling.learn(["so scared of him", "he shared it"] * 10, ()).restore(written) == meant


def test_saved_and_loaded_it_is_the_same(tmp_path: Path) -> None:
    SPELLING.save(tmp_path)
    assert Spelling.load(tmp_path).restore("kepes letmego") == "keeps let me go"
