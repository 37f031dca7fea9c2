"""Rasa component: what an encoder tuned on the project's phrases makes of each message."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from bot.components.learned import LearnedComponent
from bot.components.sentence_encoder import SHARED_STATES
from bot.components.welsh_glosses import glosses_of
from bot.risk_model import ABOUT, NEED, URGENCY, Phrase
from bot.tuned_model import TunedModel
from bot.tuning import Settings, Task, tuned_folder

OPINION = "opinion"  # where the message carries it
INTENT_TASK = "intent"
WEIGHTS = {URGENCY: 1.0, NEED: 0.5, INTENT_TASK: 0.5, ABOUT: 0.2}
FOLDER = "tuned"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class TunedEncoder(LearnedComponent):
    """Puts an `opinion` on each message: probabilities of urgency, about, need and intent, for those who come later.

    They weigh it against what they learned themselves. With `epochs: 0` nothing is tuned and no opinion given.
    """

    _model: TunedModel | None = None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`phrases`: the folder of labelled phrases; `entries`: of Welsh words and what they mean.

        `epochs`: how often to go through all phrases, 0 for not at all.
        """
        return {"phrases": "data/assessor", "entries": "data/welsh", "epochs": 0}

    def learn(self, phrases: Sequence[Phrase], folder: Path) -> None:
        """Tune on the phrases, unless that was done before on the same ones."""
        if not self._config["epochs"]:
            return
        glosses = glosses_of(Path(self._config["entries"]), phrases)
        tasks = {task: Task([getattr(phrase, task) for phrase in phrases], WEIGHTS[task]) for task in WEIGHTS}
        settings = Settings(epochs=float(self._config["epochs"]))
        texts = [glosses.in_english(phrase.text) for phrase in phrases]
        shutil.copytree(tuned_folder(texts, tasks, settings), folder / FOLDER)

    def read(self, folder: Path) -> None:
        """Read the tuned encoder back, if there is one."""
        self._model = TunedModel(folder / FOLDER) if (folder / FOLDER).is_dir() else None

    def handle(self, message: Message) -> None:
        """Put the opinion on the message."""
        states = message.get(SHARED_STATES)
        if self._model is not None and states is not None:
            message.set(OPINION, self._model.opinion(states))
