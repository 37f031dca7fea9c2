"""Rasa component: how urgent a message is, from the assessor's rules and a learned model together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.assessment import INTENT_OF_URGENCY, complete, decide, previous_of, understood
from bot.encoder import Encoder, encoder_folder
from bot.risk_model import Phrase, RiskModel, read_phrases
from safety import Assessor


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class RiskAssessment(GraphComponent):
    """Sets `assessment` on each message and, from concern upwards, the intent that leads to help.

    Rules and model complete each other: the rules can only raise what the model says, and the model finds what no rule
    names. What the classifier had understood stays in `understood`, so that a concern can be taught what it asked.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`phrases`: the folder of labelled phrases; the others: the probability from which each level counts."""
        return {"phrases": "data/assessor", "concern": 0.5, "disclosure": 0.5, "emergency": 0.5}

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: RiskModel | None = None
    ) -> None:
        self._config, self._storage, self._resource, self._model = config, storage, resource, model
        self._assessor = Assessor.load()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> RiskAssessment:
        """An untrained component; raises when a rule file is broken."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> RiskAssessment:
        """The trained component."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, RiskModel.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the labelled phrases, and from the intents' phrases, whose urgency their intent tells."""
        phrases = read_phrases(Path(self._config["phrases"]))
        vectors = Encoder(encoder_folder()).encode_all([phrase.text for phrase in phrases])
        asked = [message for message in training_data.intent_examples if message.get(TEXT)]
        phrases += [Phrase(message.get(TEXT), urgency_of(message.get(INTENT))) for message in asked]
        vectors = np.vstack([vectors, *[_vector(message) for message in asked]])
        self._model = RiskModel.fit(phrases, vectors)
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing to add to the phrases."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Assesses each message, in place."""
        for message in messages:
            self._assess(message)
        return messages

    def _assess(self, message: Message) -> None:
        text = message.get(TEXT) or ""
        ruled = self._assessor.assess(text, previous_of(message.get(METADATA)))
        view = self._model.view(text, _vector(message)) if self._model is not None and text else None
        found = complete(ruled, view, decide(view, self._config))
        message.set("assessment", found, add_to_output=True)
        message.set("understood", understood(message.get(INTENT_RANKING_KEY) or []), add_to_output=True)
        if found["urgency"] in INTENT_OF_URGENCY:
            intent = {INTENT_NAME_KEY: INTENT_OF_URGENCY[found["urgency"]], "confidence": 1.0}
            message.set(INTENT, intent, add_to_output=True)
            ranking = [intent, *(message.get(INTENT_RANKING_KEY) or [])]
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)


def urgency_of(intent: str) -> str:
    """The urgency that the phrases of an intent show."""
    levels = {intent: urgency for urgency, intent in INTENT_OF_URGENCY.items()}
    return "concern" if intent == "request_help" else levels.get(intent, "none")


def _vector(message: Message) -> np.ndarray:
    """The sentence vector the encoder put on the message, shape (1, 384)."""
    features = message.get_dense_features(TEXT)[1]
    vector: np.ndarray = features.features if features is not None else np.zeros((1, 384), dtype=np.float32)
    return vector
