"""The learned half of the assessor, on a handful of phrases."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.risk_model import Phrase, RiskModel, blend, read_phrases

PHRASES = [
    Phrase("he hits me when he is drunk", "disclosure", "self", "hurt_at_home"),
    Phrase("my dad hits me a lot", "disclosure", "self", "hurt_at_home"),
    Phrase("dad hits my sister", "disclosure", "other", "hurt_at_home"),
    Phrase("they want my pics", "concern", "self", "nude_image"),
    Phrase("he wants pics of me", "concern", "self", "nude_image"),
    Phrase("he is coming with a knife now", "emergency", "self", "immediate_danger"),
    Phrase("he has a knife now", "emergency", "self", "immediate_danger"),
    *(Phrase(text, "none") for text in ("what is consent", "what is grooming", "hello there", "is it raining")),
] * 2
VECTORS = np.random.default_rng(1).normal(size=(len(PHRASES), 384)).astype(np.float32) / 100


@pytest.fixture(scope="module")
def model() -> RiskModel:
    return RiskModel.fit(PHRASES, [phrase.text for phrase in PHRASES], VECTORS)


def test_it_finds_its_way_among_levels_needs_and_whom(model: RiskModel) -> None:
    seen = model.view("my sister gets hit by dad, he hits her", VECTORS[:1])
    assert next(iter(seen.needs)) == "hurt_at_home"
    assert seen.at_least["concern"] >= seen.at_least["disclosure"] >= seen.at_least["emergency"]
    calm = model.view("what is consent", VECTORS[:1])
    assert calm.at_least["concern"] < seen.at_least["concern"]


def test_saved_and_loaded_it_is_the_same(model: RiskModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    text = "he hits me now"
    assert RiskModel.load(tmp_path).view(text, VECTORS[:1]) == model.view(text, VECTORS[:1])


def test_training_twice_gives_the_same(model: RiskModel) -> None:
    again = RiskModel.fit(PHRASES, [phrase.text for phrase in PHRASES], VECTORS)
    assert again.view("he hits me", VECTORS[:1]) == model.view("he hits me", VECTORS[:1])


def test_another_opinion_counts_by_its_share() -> None:
    mine, other = {"none": 0.9, "concern": 0.1}, {"none": 0.1, "concern": 0.9}
    assert blend(mine, other, 0) == mine
    assert blend(mine, None, 0.5) == mine
    halfway = blend(mine, other, 0.5)
    assert halfway["none"] == pytest.approx(0.5)
    assert sum(blend(mine, other, 0.3).values()) == pytest.approx(1)


@pytest.mark.parametrize(
    "line", ["{", '{"text": "x"}', '{"text": "x", "urgency": "high", "about": "self", "needs": []}']
)
def test_a_broken_phrase_is_named_by_file_and_line(tmp_path: Path, line: str) -> None:
    (tmp_path / "phrases.jsonl").write_text(line + "\n")
    with pytest.raises(ValueError, match=r"phrases\.jsonl:1"):
        read_phrases(tmp_path)
