"""Rasa component: the sentence embedding as a dense feature."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.welsh_glosses import readable
from bot.encoder import DIMENSIONS, Encoder, encoder_folder
from bot.known_vectors import encode_known

SHARED_STATES = "shared_states"  # where the message carries what the tuned encoder goes on from


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(DenseFeaturizer, GraphComponent):
    """Adds one sentence vector (384 numbers, length 1) to every message that has text."""

    @classmethod
    def required_components(cls) -> list[type]:
        """The tokens come first, as for every featurizer of Rasa."""
        return [Tokenizer]

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        self._encoder = Encoder(encoder_folder())

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        """A ready component; raises EncoderMissing when the encoder was never exported."""
        return cls(config, execution_context.node_name)

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the vector to each message, in place."""
        for message in messages:
            if message.get(TEXT):
                vector, states = self._encoder.read(readable(message))
                self.add_features_to_message(None, vector[None, :], TEXT, message)
                message.set(SHARED_STATES, states)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The same for the training phrases, on all cores."""
        messages = [message for message in training_data.training_examples if message.get(TEXT)]
        vectors = encode_known(self._encoder, [readable(message) for message in messages], "intents")
        for message, vector in zip(messages, vectors, strict=True):
            self.add_features_to_message(None, vector[None, :], TEXT, message)
        return training_data

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing to set."""


def vector_of(message: Message) -> np.ndarray:
    """The sentence vector that was put on the message, shape (1, 384)."""
    features = message.get_dense_features(TEXT)[1]
    vector: np.ndarray = features.features if features is not None else np.zeros((1, DIMENSIONS), dtype=np.float32)
    return vector
