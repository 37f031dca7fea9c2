"""The encoder is the one that was reviewed, and its vectors carry meaning."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.encoder import Encoder, EncoderMissing, encoder_folder
from bot.export_encoder import WrongWeights, check_weights, weights_folder


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(encoder_folder())


def test_like_meanings_are_near_and_vectors_have_length_one(encoder: Encoder) -> None:
    asked, alike, other = encoder.encode_all(["what is grooming", "how do groomers work", "who won the match"])
    assert asked.shape == (384,)
    assert np.linalg.norm(asked) == pytest.approx(1, abs=1e-3)
    assert asked @ alike > 0.5 > asked @ other


@pytest.mark.parametrize("text", ["", " ", "😀", "x" * 10_000])
def test_any_text_has_a_vector(encoder: Encoder, text: str) -> None:
    assert np.isfinite(encoder.encode(text)).all()


def test_a_missing_encoder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EncoderMissing, match="make encoder"):
        Encoder(tmp_path)


def test_the_locked_weights_are_the_pinned_ones() -> None:
    check_weights(weights_folder())


def test_other_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANTERN_ENCODER_DIR", str(tmp_path))
    with pytest.raises(WrongWeights, match="missing"):
        check_weights(weights_folder())
    (tmp_path / "model.safetensors").write_bytes(b"other")
    with pytest.raises(WrongWeights, match="sha256"):
        check_weights(weights_folder())
