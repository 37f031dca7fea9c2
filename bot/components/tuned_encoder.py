"""Rasa component: what an encoder tuned on the project's phrases makes of each message."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.risk_model import ABOUT, NEED, URGENCY, phrases_of
from bot.tuned_model import TunedModel
from bot.tuning import Settings, Task, tuned_folder

OPINION = "opinion"  # where the message carries it
INTENT_TASK = "intent"
WEIGHTS = {URGENCY: 1.0, NEED: 0.5, INTENT_TASK: 0.5, ABOUT: 0.2}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class TunedEncoder(GraphComponent):
    """Puts an `opinion` on each message: probabilities of urgency, about, need and intent, for those who come later.

    They weigh it against what they learned themselves. With `epochs: 0` nothing is tuned and no opinion given.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`phrases`: the folder of labelled phrases; `epochs`: how often to go through them all, 0 for not at all."""
        return {"phrases": "data/assessor", "epochs": 0}

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: TunedModel | None = None
    ) -> None:
        self._config, self._storage, self._resource, self._model = config, storage, resource, model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TunedEncoder:
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
    ) -> TunedEncoder:
        """The trained component; no code is read back with it."""
        with model_storage.read_from(resource) as folder:
            tuned = folder / "tuned"
            return cls(config, model_storage, resource, TunedModel(tuned) if tuned.is_dir() else None)

    def train(self, training_data: TrainingData) -> Resource:
        """Tune on the labelled phrases and the intents' phrases, unless that was done before on the same ones."""
        with self._storage.write_to(self._resource) as folder:
            if self._config["epochs"]:
                every = phrases_of(Path(self._config["phrases"]), training_data)
                # The encoder has not learned to read Welsh: its opinion of it is worth little, and costs time.
                phrases = [phrase for phrase in every if phrase.language not in ("cy", "mixed")]
                intents = {message.get(TEXT): message.get(INTENT) for message in training_data.intent_examples}
                labels = {name: [getattr(phrase, name) for phrase in phrases] for name in (URGENCY, NEED, ABOUT)}
                labels[INTENT_TASK] = [intents.get(phrase.text) for phrase in phrases]
                tasks = {name: Task(labels[name], WEIGHTS[name]) for name in WEIGHTS}
                settings = Settings(epochs=int(self._config["epochs"]))
                tuned = tuned_folder([phrase.text for phrase in phrases], tasks, settings)
                shutil.copytree(tuned, folder / "tuned")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing: on the phrases it was tuned on, it is always right."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Puts the opinion on each message, in place."""
        for message in messages:
            if self._model is not None and message.get(TEXT):
                message.set(OPINION, self._model.opinion(message.get(TEXT)))
        return messages
