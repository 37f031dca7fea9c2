"""Rasa component: the intent classifier, one linear model over pieces of words and the sentence vector."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.centroids import Centroids
from bot.components.learned import StoredComponent
from bot.components.tuned_encoder import INTENT_TASK, OPINION
from bot.linear_model import LinearModel
from bot.risk_model import blend

FILE, PREFIX = "intents.npz", "intent"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(StoredComponent, RasaIntentClassifier):
    """Multinomial logistic regression (bot/linear_model.py); Rasa's own fixes its strength, too low for vectors."""

    _model: LinearModel | None = None
    _centroids: Centroids | None = None
    _weight = 1.0

    @classmethod
    def required_components(cls) -> list[type]:
        """The features come first."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`strength`: how closely the model follows the phrases: C of scikit-learn for each example that a class has.

        `pieces`: with how many examples a class the pieces of words weigh half of the sentence vector, whose length is
        1: of few examples little can be learned from how they are written. `tuned_share`: how
        much the tuned encoder's opinion counts beside the model's own, from 0 to 1. `ranking_length`: how many
        candidates a message carries along.
        """
        return {"strength": 1.0, "pieces": 10.0, "tuned_share": 0.0, "ranking_length": 10}

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the intents' phrases."""
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        labels = [message.get(INTENT) for message in examples]
        each = len(labels) / len(set(labels))
        self._weight = each / (each + float(self._config["pieces"]))
        pieces, vectors = self._features(examples)
        strength = float(self._config["strength"]) * each
        model, centroids = LinearModel.fit(pieces, vectors, labels, strength=strength), Centroids.fit(vectors, labels)
        with self._storage.write_to(self._resource) as folder:
            np.savez(folder / FILE, weight=self._weight, **model.arrays(PREFIX), **centroids.arrays(PREFIX))
        return self._resource

    def read(self, folder: Path) -> None:
        """Read the model back; no code is read with it."""
        with np.load(folder / FILE, allow_pickle=False) as arrays:
            self._model = LinearModel.from_arrays(arrays, PREFIX)
            self._centroids = Centroids.from_arrays(arrays, PREFIX)
            self._weight = float(arrays["weight"])

    def handle(self, message: Message) -> None:
        """Set the likeliest intent of the message and the ranking of those that come next."""
        ranking = self._rank(message) if message.get(TEXT) else []
        message.set(INTENT, ranking[0] if ranking else {"name": None, "confidence": 0.0}, add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking[: int(self._config["ranking_length"])], add_to_output=True)

    def _rank(self, message: Message) -> list[dict[str, Any]]:
        if self._model is None or self._centroids is None:
            return []
        pieces, vectors = self._features([message])
        chances, names = self._model.probabilities(pieces, vectors)[0], self._model.classes.tolist()
        mine = dict(zip(names, chances.tolist(), strict=True))
        found = blend(mine, (message.get(OPINION) or {}).get(INTENT_TASK), float(self._config["tuned_share"]))
        ranked = sorted(found, key=lambda name: -found[name])
        # The order stays: how far the message is from what the likeliest is about lowers all of them alike.
        nearness = self._centroids.nearness(vectors[0], names.index(ranked[0]))
        return [{"name": name, "confidence": found[name] * nearness} for name in ranked]

    def _features(self, messages: Sequence[Message]) -> tuple[scipy.sparse.csr_matrix, np.ndarray]:
        """Pieces of words (n, s) and sentence vectors (n, 384) of the messages."""
        pieces = [message.get_sparse_features(TEXT)[1].features for message in messages]
        vectors = [message.get_dense_features(TEXT)[1].features for message in messages]
        return scipy.sparse.vstack(pieces).tocsr() * self._weight, np.vstack(vectors)
