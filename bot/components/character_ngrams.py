"""Rasa component: character n-grams and words, weighted by how telling they are (TF-IDF), as sparse features."""

from __future__ import annotations

from typing import Any

import scipy.sparse
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.welsh_glosses import with_meaning
from bot.text_features import TextFeatures

FILE = "text_features.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class CharacterNgrams(SparseFeaturizer, GraphComponent):
    """The features of bot/text_features.py on each message; Rasa's own count vectors have no weighting."""

    @classmethod
    def required_components(cls) -> list[type]:
        """The tokens come first, as for every featurizer of Rasa."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The longest n-grams: of characters inside words, and of whole words."""
        return {**SparseFeaturizer.get_default_config(), "max_characters": 4, "max_words": 2}

    def __init__(self, config: dict[str, Any], name: str, storage: ModelStorage, resource: Resource) -> None:
        super().__init__(name, config)
        self._storage, self._resource = storage, resource
        self._features = TextFeatures(config["max_characters"], config["max_words"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CharacterNgrams:
        """An untrained component."""
        return cls(config, execution_context.node_name, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the n-grams of the training phrases and their weights."""
        self._features.fit([with_meaning(example) for example in training_data.intent_examples])
        with self._storage.write_to(self._resource) as folder:
            self._features.save(folder / FILE)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> CharacterNgrams:
        """The trained component."""
        component = cls(config, execution_context.node_name, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._features = TextFeatures.load(folder / FILE)
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the features to each message, in place."""
        texts = [message for message in messages if message.get(TEXT)]
        if texts:
            for message, features in zip(texts, self._transform(texts), strict=True):
                self.add_features_to_message(None, features, TEXT, message)
        return messages

    def _transform(self, messages: list[Message]) -> list[scipy.sparse.csr_matrix]:
        """The features of each message, one row each."""
        rows = self._features.transform([with_meaning(message) for message in messages])
        return [rows[number] for number in range(rows.shape[0])]

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The same for the training phrases."""
        self.process(training_data.training_examples)
        return training_data

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing that could be wrong."""
