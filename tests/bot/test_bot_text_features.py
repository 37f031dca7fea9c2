"""Pieces of words and words as features."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.text_features import TextFeatures

TEXTS = ["he hits me", "she hits him", "dad hits me and me", "what is it", "WHAT’S it to me", "he, she, it"] * 3


@pytest.fixture(scope="module")
def features() -> TextFeatures:
    return TextFeatures(longest_characters=3, longest_words=2).fit(TEXTS)


@pytest.mark.parametrize("text", ["he hits me", "hits hits hits", "What’s he", "zzz", "", "😀 hits"])
def test_one_text_has_the_same_features_alone_as_among_others(features: TextFeatures, text: str) -> None:
    alone, among = features.transform([text]), features.transform([text, "other"])[0]
    assert alone.shape == among.shape
    np.testing.assert_allclose(alone.toarray(), among.toarray(), atol=1e-9)


def test_saved_and_loaded_they_are_the_same(features: TextFeatures, tmp_path: Path) -> None:
    features.save(tmp_path / "features.json")
    again = TextFeatures.load(tmp_path / "features.json")
    np.testing.assert_allclose(again.transform(["he hits"]).toarray(), features.transform(["he hits"]).toarray())
