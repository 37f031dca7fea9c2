"""What the tuned encoder makes of a text: the probabilities of every label of every task it was tuned on."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from bot.encoder import open_session
from bot.tuning import HEADS_FILE, STATES, TUNED_FILE

Opinion = dict[str, dict[str, float]]  # task -> label -> probability


class TunedModel:
    """Reads a folder that tune() wrote. Only its upper layers are its own, so it takes a third of a whole encoder."""

    def __init__(self, folder: Path) -> None:
        self._session = open_session(folder / TUNED_FILE)
        self._heads: dict[str, list[str]] = json.loads((folder / HEADS_FILE).read_text(encoding="utf-8"))

    def opinion(self, states: np.ndarray) -> Opinion:
        """From the states of the shared layers, (tokens, 384): probabilities, those of one task adding up to 1."""
        chances = iter(self._session.run(None, {STATES: states[None]})[0][0].tolist())
        # The heads come one after the other, each label in its order.
        return {task: {label: next(chances) for label in labels} for task, labels in self._heads.items()}
