"""Sentence vectors of training phrases, kept from one training to the next: only new phrases are encoded."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.encoder import ENCODER_FILE, Encoder, encoder_folder

FOLDER = "known_vectors"


def encode_known(encoder: Encoder, texts: Sequence[str], name: str) -> np.ndarray:
    """One row a text, (n, 384), as Encoder.encode_all gives them, rounded to half precision.

    For training phrases alone: vectors are written to the data folder, each under the hash of its text and of the
    encoder's file. The file `name` keeps those that were used last.
    """
    encoder_hash = hashlib.sha256((encoder_folder() / ENCODER_FILE).read_bytes()).digest()
    keys = [hashlib.sha256(encoder_hash + text.encode()).hexdigest()[:32] for text in texts]
    folder = encoder_folder().parent / FOLDER
    file = folder / f"{name}.npz"
    known = {key: vector for kept in sorted(folder.glob("*.npz")) for key, vector in _read(kept).items()}
    new = [place for place, key in enumerate(keys) if key not in known]
    if new:
        vectors = encoder.encode_all([texts[place] for place in new]).astype(np.float16)
        known |= {keys[place]: vector for place, vector in zip(new, vectors, strict=True)}
    rows = np.stack([known[key] for key in keys])
    if new:
        folder.mkdir(parents=True, exist_ok=True)
        np.savez(file, keys=np.asarray(keys), vectors=rows)
    return rows.astype(np.float32)


def _read(file: Path) -> dict[str, np.ndarray]:
    with np.load(file, allow_pickle=False) as arrays:
        return dict(zip(arrays["keys"].tolist(), arrays["vectors"], strict=True))
