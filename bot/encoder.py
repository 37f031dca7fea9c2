"""The sentence encoder: text in, one unit vector out (all-MiniLM-L6-v2, ONNX, int8)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

DIMENSIONS = 384
MAX_TOKENS = 256  # what the weights were trained with; longer text is cut
ENCODER_FILE = "encoder.int8.onnx"
TOKENIZER_FILE = "tokenizer.json"


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
    """Turns sentences into vectors. One thread, so that a turn never waits for another's cores."""

    def __init__(self, folder: Path, file: str = ENCODER_FILE) -> None:
        model, tokenizer = folder / file, folder / TOKENIZER_FILE
        if not (model.is_file() and tokenizer.is_file()):
            raise EncoderMissing(f"No encoder in {folder}. Run: make encoder")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()

    def encode(self, text: str) -> np.ndarray:
        """The unit vector of one text, shape (384,), float32. Empty text has a vector too."""
        tokens = self._tokenizer.encode(text)
        ids = np.asarray([tokens.ids], dtype=np.int32)
        vector: np.ndarray = self._session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0]
        return vector

    def encode_all(self, texts: Sequence[str]) -> np.ndarray:
        """One row a text, shape (n, 384), on all cores. Not batched: int8 is quickest without padding."""
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            return np.stack(list(pool.map(self.encode, texts)))
