"""Rasa component: how urgent a message is, from the assessor's rules and the classifier's view together."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from safety import Assessment, Assessor

# The intent that carries each level through the rules of the conversation, most serious last.
INTENT_OF_URGENCY = {
    "concern": "express_concern",
    "disclosure": "disclose_harm",
    "emergency": "disclose_emergency",
}
URGENCY_OF_INTENT = {intent: urgency for urgency, intent in INTENT_OF_URGENCY.items()}
LEVELS = ("none", *INTENT_OF_URGENCY)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class RiskAssessment(GraphComponent):
    """Sets `assessment` on each message and, from concern upwards, the intent that leads to help.

    The rules and the classifier complete each other: the higher level of the two counts. The classifier's level counts
    from `threshold` (a probability) on. What the classifier had understood stays in `understood`, so that a concern
    can be taught what was asked in the same breath.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`threshold`: the confidence from which a disclosing intent counts."""
        return {"threshold": 0.5}

    def __init__(self, config: dict[str, Any]) -> None:
        self._threshold = float(config["threshold"])
        self._assessor = Assessor.load()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> RiskAssessment:
        """A ready component; raises when a rule file is broken."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Assesses each message, in place."""
        for message in messages:
            self._assess(message)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing is learned here."""
        return training_data

    def _assess(self, message: Message) -> None:
        previous = _previous(message.get(METADATA) or {})
        assessment = self._assessor.assess(message.get(TEXT) or "", previous)
        understood = _understood(message)
        urgency = max(assessment.urgency, self._classified(understood), key=LEVELS.index)
        found = assessment.as_dict() | {"urgency": urgency}
        if urgency != "none" and not found["needs"]:
            found["needs"] = ["general_talk"]
        message.set("assessment", found, add_to_output=True)
        message.set("understood", understood, add_to_output=True)
        if urgency in INTENT_OF_URGENCY:
            intent = {INTENT_NAME_KEY: INTENT_OF_URGENCY[urgency], "confidence": 1.0}
            message.set(INTENT, intent, add_to_output=True)
            ranking = [intent, *(message.get(INTENT_RANKING_KEY) or [])]
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)

    def _classified(self, intent: dict[str, Any]) -> str:
        """The level the classifier's intent speaks of, or none when it is not sure enough."""
        if intent["confidence"] < self._threshold:
            return "none"
        return URGENCY_OF_INTENT.get(intent[INTENT_NAME_KEY], "none")


def _understood(message: Message) -> dict[str, Any]:
    """The classifier's best intent, also where the fallback has stepped in front of it."""
    for candidate in message.get(INTENT_RANKING_KEY) or []:
        if candidate[INTENT_NAME_KEY] != DEFAULT_NLU_FALLBACK_INTENT_NAME:
            return dict(candidate)
    return {INTENT_NAME_KEY: None, "confidence": 0.0}


def _previous(metadata: dict[str, Any]) -> Assessment | None:
    """The assessment of the message before, as the chat sends it along, so that "yes" stays in what was said."""
    previous = metadata.get("previous")
    if not isinstance(previous, dict) or previous.get("urgency") not in LEVELS:
        return None
    return Assessment(
        urgency=previous["urgency"],
        about=previous.get("about", "unknown"),
        needs=tuple(previous.get("needs", ())),
        evidence=(),
        language=None,
    )
