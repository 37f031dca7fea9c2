"""Rasa component: how urgent a message is, from the assessor's rules and a learned model together."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.assessment import Thresholds, complete, counted, decide, is_let_through, previous_of, understood
from bot.components.learned import LearnedComponent
from bot.components.sentence_encoder import vector_of
from bot.components.tuned_encoder import OPINION
from bot.components.welsh_glosses import glosses_of, with_meaning
from bot.encoder import Encoder, encoder_folder
from bot.glosses import with_english
from bot.known_vectors import encode_known
from bot.noise import with_slips
from bot.risk_model import INTENT_OF_URGENCY, Phrase, RiskModel
from safety import Assessor

SEED = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class RiskAssessment(LearnedComponent):
    """Sets `assessment` on each message and, from concern upwards, the intent that leads to help.

    Rules and model complete each other: the rules can only raise what the model says, and the model finds what no rule
    names. What the classifier had understood stays in `understood`, so that a concern can be taught what it asked.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`phrases`: the folder of labelled phrases; the thresholds of bot/assessment.py.

        `entries`: the folder of Welsh words and what they mean. `slips`: the share of phrases whose urgency is learned
        once more, as a hurried thumb types them. `tuned_share`: how much the tuned encoder's opinion counts beside the
        model's own, from 0 to 1.
        """
        folders = {"phrases": "data/assessor", "entries": "data/welsh"}
        return {**folders, "slips": 0.0, "tuned_share": 0.5, **asdict(Thresholds())}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self._model: RiskModel | None = None
        self._assessor = Assessor.load()  # raises when a rule file is broken
        self._thresholds = Thresholds(**{field.name: float(config[field.name]) for field in fields(Thresholds)})

    def learn(self, phrases: Sequence[Phrase], folder: Path) -> None:
        """Learn from the phrases, some of them once more with slips."""
        glosses, chance = glosses_of(Path(self._config["entries"]), phrases), random.Random(SEED)
        slipped = [
            replace(phrase, text=with_slips(phrase.text, chance), about=None, need=None)
            for phrase in phrases
            if chance.random() < float(self._config["slips"])
        ]
        learned = [*phrases, *slipped]
        english = [glosses.in_english(phrase.text) for phrase in learned]
        texts = [with_english(phrase.text, read) for phrase, read in zip(learned, english, strict=True)]
        RiskModel.fit(learned, texts, encode_known(Encoder(encoder_folder()), english, "phrases")).save(folder)

    def read(self, folder: Path) -> None:
        """Read the model back."""
        self._model = RiskModel.load(folder)

    def handle(self, message: Message) -> None:
        """Assess the message; also without text, as after a pressed button."""
        text = message.get(TEXT) or ""
        ruled = self._assessor.assess(text, previous_of(message.get(METADATA)))
        view = None
        if self._model is not None and text:
            share = float(self._config["tuned_share"])
            view = self._model.view(with_meaning(message), vector_of(message), message.get(OPINION), share)
        ruled, learned = counted(ruled, view, self._thresholds), decide(view, self._thresholds)
        found, meant = complete(ruled, view, learned), understood(message.get(INTENT_RANKING_KEY) or [])
        message.set("assessment", found, add_to_output=True)
        message.set("understood", meant, add_to_output=True)
        if found["urgency"] in INTENT_OF_URGENCY and not is_let_through(found, learned, meant):
            intent = {INTENT_NAME_KEY: INTENT_OF_URGENCY[found["urgency"]], "confidence": 1.0}
            message.set(INTENT, intent, add_to_output=True)
            ranking = [intent, *(message.get(INTENT_RANKING_KEY) or [])]
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
