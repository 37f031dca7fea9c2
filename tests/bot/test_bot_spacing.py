"""Forgotten spaces come back, and what needs none stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.spacing import Spacing

KNOWN = "my dad keeps hitting me and he wont let me go home what is grooming school"
SPACING = Spacing.learn([KNOWN] * 200)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("mydadkeeps hittingme", "my dad keeps hitting me"),
        ("hewont letmego", "he wont let me go"),
        ("Whatisgrooming?", "What is grooming?"),
        (KNOWN, KNOWN),
        ("schools", "schools"),
        ("goxyzhome", "goxyzhome"),
        ("mego", "mego"),
        ("", ""),
        ("😀 999", "😀 999"),
    ],
)
def test_spaces(written: str, meant: str) -> None:
    assert SPACING.restore(written) == meant


def test_saved_and_loaded_it_is_the_same(tmp_path: Path) -> None:
    SPACING.save(tmp_path / "words.json")
    assert Spacing.load(tmp_path / "words.json").restore("letmego") == "let me go"
