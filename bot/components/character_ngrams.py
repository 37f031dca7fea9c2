"""Rasa component: character n-grams and words, weighted by how telling they are (TF-IDF), as sparse features."""

from __future__ import annotations

from typing import Any

import scipy.sparse
import skops.io
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion

FILE = "vectorizers.skops"
TRUSTED = ["scipy.sparse._csr.csr_matrix"]  # the weights' own type; skops reads nothing else it does not know


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class CharacterNgrams(SparseFeaturizer, GraphComponent):
    """Typos, slang and Welsh show in pieces of words; Rasa's own count vectors have no weighting.

    Each half has length 1, like the sentence vector, so that neither drowns the other.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """The tokens come first, as for every featurizer of Rasa."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The longest n-grams: of characters inside words, and of whole words."""
        return {**SparseFeaturizer.get_default_config(), "max_characters": 5, "max_words": 2}

    def __init__(self, config: dict[str, Any], name: str, storage: ModelStorage, resource: Resource) -> None:
        super().__init__(name, config)
        self._storage, self._resource = storage, resource
        self._vectorizers = FeatureUnion(
            [
                ("characters", _vectorizer("char_wb", config["max_characters"], min_df=2)),
                ("words", _vectorizer("word", config["max_words"], token_pattern=r"[\w']+")),
            ]
        )

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
        self._vectorizers.fit([plain(example.get(TEXT)) for example in training_data.intent_examples])
        with self._storage.write_to(self._resource) as folder:
            skops.io.dump(self._vectorizers, folder / FILE)
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
        """The trained component. Only types that skops knows are read from the file."""
        component = cls(config, execution_context.node_name, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._vectorizers = skops.io.load(folder / FILE, trusted=TRUSTED)
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the features to each message, in place."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                features = scipy.sparse.csr_matrix(self._vectorizers.transform([plain(text)]))
                self.add_features_to_message(None, features, TEXT, message)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The same for the training phrases."""
        self.process(training_data.training_examples)
        return training_data

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing that could be wrong."""


def plain(text: str) -> str:
    """One spelling of case and apostrophes."""
    return text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def _vectorizer(analyzer: str, longest: int, **options: Any) -> TfidfVectorizer:
    return TfidfVectorizer(analyzer=analyzer, ngram_range=(1, longest), sublinear_tf=True, **options)
