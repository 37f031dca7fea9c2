"""Rasa component: puts slips right and forgotten spaces back before anything else reads the message."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.learned import LearnedComponent
from bot.components.welsh_glosses import glosses_of
from bot.encoder import encoder_folder, whole_words
from bot.risk_model import Phrase
from bot.spelling import Spelling as Speller


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class Spelling(LearnedComponent):
    """Rewrites the text of each message as bot/spelling.py says; training phrases stay as they were written."""

    _speller: Speller | None = None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`phrases`: the folder of labelled phrases, whose words are known beside those of the intents.

        `entries`: the folder of Welsh words, which are no slips either.
        """
        return {"phrases": "data/assessor", "entries": "data/welsh"}

    def learn(self, phrases: Sequence[Phrase], folder: Path) -> None:
        """Learn the words of the phrases."""
        real = whole_words(encoder_folder()) | glosses_of(Path(self._config["entries"]), phrases).words
        Speller.learn([phrase.text for phrase in phrases], real).save(folder)

    def read(self, folder: Path) -> None:
        """Read the words back."""
        self._speller = Speller.load(folder)

    def handle(self, message: Message) -> None:
        """Put it right."""
        if self._speller is not None and message.get(TEXT):
            message.set(TEXT, self._speller.restore(message.get(TEXT)))
