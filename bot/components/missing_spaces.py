"""Rasa component: puts forgotten spaces back before anything else reads the message."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.learned import LearnedComponent
from bot.risk_model import Phrase
from bot.spacing import Spacing

FILE = "words.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class MissingSpaces(LearnedComponent):
    """Rewrites the text of each message as bot/spacing.py says; training phrases stay as they were written."""

    _spacing: Spacing | None = None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`phrases`: the folder of labelled phrases, whose words are known beside those of the intents."""
        return {"phrases": "data/assessor"}

    def learn(self, phrases: Sequence[Phrase], folder: Path) -> None:
        """Learn the words of the phrases."""
        Spacing.learn([phrase.text for phrase in phrases]).save(folder / FILE)

    def read(self, folder: Path) -> None:
        """Read the words back."""
        self._spacing = Spacing.load(folder / FILE)

    def handle(self, message: Message) -> None:
        """Put the spaces back."""
        if self._spacing is not None and message.get(TEXT):
            message.set(TEXT, self._spacing.restore(message.get(TEXT)))
