"""Rasa component: which part of a topic a question asks for: the signs, the law, how it starts …"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.assessment import understood
from bot.components.learned import LearnedComponent
from bot.components.sentence_encoder import vector_of
from bot.components.welsh_glosses import glosses_of, with_meaning
from bot.encoder import Encoder, encoder_folder
from bot.glosses import with_english
from bot.known_vectors import encode_known
from bot.linear_model import LinearModel
from bot.risk_model import Phrase
from bot.text_features import TextFeatures

SECTION = "section"  # where the message carries it
FEATURES_FILE, MODEL_FILE = "text_features.json", "sections.npz"
LONGEST_CHARACTERS, LONGEST_WORDS = 4, 2
STRENGTH, PIECES = 10.0, 1.0
QUESTION = "ask_"  # how the intents of questions begin


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SectionClassifier(LearnedComponent):
    """Sets `section` on each message that asks something; None where the words do not say which."""

    _features: TextFeatures | None = None
    _model: LinearModel | None = None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`questions`: the folder of questions with their section; `sure`: the probability from which it is told.

        `phrases` and `entries` are for reading Welsh, as in WelshGlosses.
        """
        return {"phrases": "data/assessor", "entries": "data/welsh", "questions": "data/sections", "sure": 0.4}

    def learn(self, phrases: Sequence[Phrase], folder: Path) -> None:
        """Learn from the questions."""
        rows = [
            json.loads(line)
            for file in sorted(Path(self._config["questions"]).glob("*.jsonl"))
            for line in file.read_text(encoding="utf-8").splitlines()
        ]
        glosses = glosses_of(Path(self._config["entries"]), phrases)
        english = [glosses.in_english(row["text"]) for row in rows]
        texts = [with_english(row["text"], read) for row, read in zip(rows, english, strict=True)]
        features = TextFeatures(LONGEST_CHARACTERS, LONGEST_WORDS).fit(texts)
        vectors = encode_known(Encoder(encoder_folder()), english, "sections")
        labels = [row["section"] for row in rows]
        model = LinearModel.fit(features.transform(texts) * PIECES, vectors, labels, strength=STRENGTH)
        features.save(folder / FEATURES_FILE)
        np.savez(folder / MODEL_FILE, **model.arrays(SECTION))

    def read(self, folder: Path) -> None:
        """Read the model back; no code is read with it."""
        self._features = TextFeatures.load(folder / FEATURES_FILE)
        with np.load(folder / MODEL_FILE, allow_pickle=False) as arrays:
            self._model = LinearModel.from_arrays(arrays, SECTION)

    def handle(self, message: Message) -> None:
        """Say which section is asked for."""
        asked = str(understood(message.get(INTENT_RANKING_KEY) or [])["name"]).startswith(QUESTION)
        section = None
        if asked and message.get(TEXT) and self._model is not None and self._features is not None:
            pieces = self._features.transform([with_meaning(message)]) * PIECES
            chances = self._model.probabilities(pieces, vector_of(message))[0]
            best = int(np.argmax(chances))
            section = str(self._model.classes[best]) if chances[best] >= float(self._config["sure"]) else None
        message.set(SECTION, section, add_to_output=True)
