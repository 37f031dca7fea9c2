"""Rasa component: the intent classifier, Rasa's logistic regression with its strength as a setting."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message
from rasa.utils.tensorflow.constants import RANKING_LENGTH

from bot.components.tuned_encoder import INTENT_TASK, OPINION
from bot.risk_model import blend

FILE = "intents.npz"
LEARNED = ("classes_", "coef_", "intercept_")  # what a trained logistic regression is, beside its settings


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(LogisticRegressionClassifier):
    """Rasa fixes C (how closely the model follows the phrases) at 1, too little for features of length 1.

    What is learned is kept as plain arrays: Rasa's own way imports all of scikit-learn to read it back, which takes
    longer than the rest of the model.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`C`: the inverse of the regularisation's strength, as in scikit-learn.

        `tuned_share`: how much the tuned encoder's opinion counts beside the classifier's own, from 0 to 1.
        """
        return {**LogisticRegressionClassifier.get_default_config(), "C": 1.0, "tuned_share": 0.0}

    def __init__(self, config: dict[str, Any], *arguments: Any) -> None:
        super().__init__(config, *arguments)
        self.clf.set_params(C=float(self.config["C"]))

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the likeliest intent of each message and the ranking of those that come next, in place."""
        for message, chances in zip(messages, self.clf.predict_proba(self._create_X(messages)), strict=True):
            mine = dict(zip(self.clf.classes_.tolist(), chances.tolist(), strict=True))
            opinion = (message.get(OPINION) or {}).get(INTENT_TASK)
            found = blend(mine, opinion, float(self.config["tuned_share"]))
            ranking = [
                {"name": name, "confidence": found[name]} for name in sorted(found, key=lambda name: -found[name])
            ]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking[: self.config[RANKING_LENGTH]], add_to_output=True)
        return messages

    def persist(self) -> None:
        """Write what was learned."""
        with self._model_storage.write_to(self._resource) as folder:
            np.savez(folder / FILE, **{name: getattr(self.clf, name) for name in LEARNED})

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentClassifier:
        """The trained component; no code is read back with it."""
        component = cls(config, execution_context.node_name, model_storage, resource)
        with model_storage.read_from(resource) as folder, np.load(folder / FILE, allow_pickle=False) as arrays:
            for name in LEARNED:
                setattr(component.clf, name, arrays[name])
        return component
