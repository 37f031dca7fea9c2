"""Welsh words become rough English for the encoders; English stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.glosses import Glosses, with_english

ENGLISH = ["i want to go home now, i am at school with a mate and i do not want to be on the bus"] * 5


@pytest.fixture(scope="module")
def glosses() -> Glosses:
    return Glosses.learn(Path("data/welsh"), ENGLISH)


@pytest.mark.parametrize(
    ("welsh", "english"),
    [
        ("Mae fy nhad yn taro fi", "is my dad hit me"),
        ("dwi ddim isio mynd adra, 15 oed", "i am not want go home, 15 age"),
        ("ma mam yn gweiddi arna i", "is mum shout on me"),
        ("dwi'n caru'r ysgol", "i am love school"),
    ],
)
def test_welsh_reads_as_english(glosses: Glosses, welsh: str, english: str) -> None:
    assert glosses.in_english(welsh) == english


def test_a_word_of_both_languages_takes_that_of_its_neighbours(glosses: Glosses) -> None:
    assert glosses.in_english("i want to go home") == "i want to go home"
    assert glosses.in_english("dwi'n mynd i ysgol") == "i am go to school"


@pytest.mark.parametrize("text", ["", "!!", "i want to go home now", "I love Cardiff", "😢", "cwtch with a mate now"])
def test_english_and_no_words_stay_as_they_are(glosses: Glosses, text: str) -> None:
    assert glosses.in_english(text) == text
    assert with_english(text, text) == text


def test_saved_and_read_back(glosses: Glosses, tmp_path: Path) -> None:
    glosses.save(tmp_path / "glosses.json")
    text = "mae o'n bygwth fi"
    assert Glosses.load(tmp_path / "glosses.json").in_english(text) == glosses.in_english(text) != text


def test_a_broken_entry_is_named(tmp_path: Path) -> None:
    (tmp_path / "words.tsv").write_text("tad\tdad\nmam mum\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"words\.tsv:2"):
        Glosses.learn(tmp_path, [])
