"""Rasa component: the intent classifier, Rasa's logistic regression with its strength as a setting."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(LogisticRegressionClassifier):
    """Rasa fixes C (how closely the model follows the phrases) at 1, too little for features of length 1."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`C`: the inverse of the regularisation's strength, as in scikit-learn."""
        return {**LogisticRegressionClassifier.get_default_config(), "C": 1.0}

    def __init__(self, config: dict[str, Any], *arguments: Any) -> None:
        super().__init__(config, *arguments)
        self.clf.set_params(C=float(self.config["C"]))
