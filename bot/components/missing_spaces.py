"""Rasa component: puts forgotten spaces back before anything else reads the message."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.risk_model import phrases_of
from bot.spacing import Spacing

FILE = "words.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class MissingSpaces(GraphComponent):
    """Rewrites the text of each message as bot/spacing.py says; training phrases stay as they were written."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`phrases`: the folder of labelled phrases, whose words are known beside those of the intents."""
        return {"phrases": "data/assessor"}

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, spacing: Spacing | None = None
    ) -> None:
        self._config, self._storage, self._resource, self._spacing = config, storage, resource, spacing

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MissingSpaces:
        """An untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> MissingSpaces:
        """The trained component."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, Spacing.load(folder / FILE))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the words of the labelled phrases and of the intents' phrases."""
        phrases = phrases_of(Path(self._config["phrases"]), training_data)
        with self._storage.write_to(self._resource) as folder:
            Spacing.learn([phrase.text for phrase in phrases]).save(folder / FILE)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing: what people wrote for training has its spaces."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Puts the spaces back, in place."""
        for message in messages:
            if self._spacing is not None and message.get(TEXT):
                message.set(TEXT, self._spacing.restore(message.get(TEXT)))
        return messages
