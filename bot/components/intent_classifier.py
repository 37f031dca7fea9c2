"""Rasa component: the intent classifier, Rasa's logistic regression with its strength as a setting."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier

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
        """`C`: the inverse of the regularisation's strength, as in scikit-learn."""
        return {**LogisticRegressionClassifier.get_default_config(), "C": 1.0}

    def __init__(self, config: dict[str, Any], *arguments: Any) -> None:
        super().__init__(config, *arguments)
        self.clf.set_params(C=float(self.config["C"]))

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
