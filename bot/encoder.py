"""The sentence encoder: text in, one unit vector out (all-MiniLM-L6-v2, ONNX, int8)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from bot.text_features import plain

DIMENSIONS = 384
MAX_TOKENS = 256  # what the weights were trained with; longer text is cut
ENCODER_FILE = "encoder.int8.onnx"
TOKENIZER_FILE = "tokenizer.json"
SHARED_LAYERS = 4  # the lower layers; the tuned encoder (bot/tuning.py) has the same and goes on from what they make


def open_session(model: Path) -> onnxruntime.InferenceSession:
    """The model, ready to run on one thread, so that a turn never waits for another's cores."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


class EncoderMissing(RuntimeError):
    """The exported encoder is not where it should be; `make encoder` makes it."""


def encoder_folder() -> Path:
    """Where the exported encoder lives: `encoder/` in the data folder (LANTERN_DATA_DIR, default var/)."""
    return Path(os.environ.get("LANTERN_DATA_DIR") or "var") / "encoder"


def whole_words(folder: Path) -> frozenset[str]:
    """The words that the encoder reads in one piece: those that are common in English texts."""
    vocabulary = Tokenizer.from_file(str(folder / TOKENIZER_FILE)).get_vocab()
    return frozenset(word for word in vocabulary if word.isalpha() and len(word) > 1)


class Encoder:
    """Turns sentences into vectors."""

    def __init__(self, folder: Path) -> None:
        model, tokenizer = folder / ENCODER_FILE, folder / TOKENIZER_FILE
        if not (model.is_file() and tokenizer.is_file()):
            raise EncoderMissing(f"No encoder in {folder}. Run: make encoder")
        self._session = open_session(model)
        self._vector, self._states = (output.name for output in self._session.get_outputs())
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()

    def encode(self, text: str) -> np.ndarray:
        """The unit vector of one text, shape (384,), float32. Empty text has a vector too."""
        vector: np.ndarray = self._run(text, [self._vector])[0][0]
        return vector

    def read(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """The same vector, and the states of the shared layers, shape (tokens, 384)."""
        vector, states = self._run(text, [self._vector, self._states])
        return vector[0], states[0]

    def _run(self, text: str, outputs: list[str]) -> list[np.ndarray]:
        ids = np.asarray([self._tokenizer.encode(plain(text)).ids], dtype=np.int32)
        found: list[np.ndarray] = self._session.run(outputs, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        return found

    def encode_all(self, texts: Sequence[str]) -> np.ndarray:
        """One row a text, shape (n, 384), on all cores. Not batched: int8 is quickest without padding."""
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            return np.stack(list(pool.map(self.encode, texts)))
