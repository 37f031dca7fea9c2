"""Rasa component: rough English for the Welsh words of a message, for the encoders behind it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.learned import LearnedComponent
from bot.glosses import Glosses, with_english
from bot.risk_model import Phrase

ENGLISH = "in_english"  # where the message carries it
FILE = "glosses.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class WelshGlosses(LearnedComponent):
    """Puts the text as the encoders can read it on each message that has Welsh words; the text itself stays."""

    _glosses: Glosses | None = None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`phrases`: the folder of labelled phrases; `entries`: the folder of Welsh words and what they mean."""
        return {"phrases": "data/assessor", "entries": "data/welsh"}

    def learn(self, phrases: Sequence[Phrase], folder: Path) -> None:
        """Read the entries, and from the phrases which words are English ones."""
        glosses_of(Path(self._config["entries"]), phrases).save(folder / FILE)

    def read(self, folder: Path) -> None:
        """Read both back."""
        self._glosses = Glosses.load(folder / FILE)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The intents' phrases too are read in English."""
        self.process(training_data.training_examples)
        return training_data

    def handle(self, message: Message) -> None:
        """Put the English on the message."""
        if self._glosses is not None and message.get(TEXT):
            message.set(ENGLISH, self._glosses.in_english(message.get(TEXT)))


def glosses_of(entries: Path, phrases: Sequence[Phrase]) -> Glosses:
    """The entries of the folder, with the English words known from the English phrases."""
    return Glosses.learn(entries, [phrase.text for phrase in phrases if phrase.language == "en"])


def readable(message: Message) -> str:
    """The message as the encoders can read it; empty where it has no text."""
    return message.get(ENGLISH) or message.get(TEXT) or ""


def with_meaning(message: Message) -> str:
    """The message as it was typed, and what its Welsh words mean behind it."""
    return with_english(message.get(TEXT), readable(message))
