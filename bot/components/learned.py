"""What our components that learn have in common, and those that learn from the labelled phrases."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.risk_model import Phrase, phrases_of

Self = TypeVar("Self", bound="StoredComponent")


class StoredComponent(GraphComponent):
    """Keeps what it learned in a folder. A subclass says how to read it back, and what to do with a message."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config, self._storage, self._resource = config, storage, resource

    @classmethod
    def create(
        cls: type[Self],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        """An untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls: type[Self],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Self:
        """The trained component; no code is read back with it."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component.read(folder)
        return component

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing to change in the phrases: on what it learned from, it would always be right."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Handles each message, in place."""
        for message in messages:
            self.handle(message)
        return messages

    @abstractmethod
    def read(self, folder: Path) -> None:
        """Read back what was learned."""

    @abstractmethod
    def handle(self, message: Message) -> None:
        """Do the component's work on one message, which may have no text."""


class LearnedComponent(StoredComponent):
    """Learns from the phrases in the folder that its setting `phrases` names and from those of the intents."""

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the labelled phrases and those of the intents."""
        with self._storage.write_to(self._resource) as folder:
            self.learn(phrases_of(Path(self._config["phrases"]), training_data), folder)
        return self._resource

    @abstractmethod
    def learn(self, phrases: Sequence[Phrase], folder: Path) -> None:
        """Learn, and write what was learned into the folder."""
