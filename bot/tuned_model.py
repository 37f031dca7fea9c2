"""What the tuned encoder makes of a text: the probabilities of every label of every task it was tuned on."""

from __future__ import annotations

import json
from pathlib import Path

from bot.encoder import Encoder
from bot.text_features import plain
from bot.tuning import HEADS_FILE, TUNED_FILE

Opinion = dict[str, dict[str, float]]  # task -> label -> probability


class TunedModel:
    """Reads a folder that tune() wrote; about as quick as the plain encoder."""

    def __init__(self, folder: Path) -> None:
        self._encoder = Encoder(folder, TUNED_FILE)
        self._heads: dict[str, list[str]] = json.loads((folder / HEADS_FILE).read_text(encoding="utf-8"))

    def opinion(self, text: str) -> Opinion:
        """The probabilities, those of one task adding up to 1."""
        chances = iter(self._encoder.encode(plain(text)).tolist())
        # The heads come one after the other, each label in its order.
        return {task: {label: next(chances) for label in labels} for task, labels in self._heads.items()}
