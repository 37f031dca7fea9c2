"""The learned half of the assessor: how urgent, about whom, and which needs, from labelled phrases."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bot.linear_model import LinearModel
from bot.text_features import TextFeatures

if TYPE_CHECKING:
    from rasa.shared.nlu.training_data.training_data import TrainingData

LEVELS = ("none", "concern", "disclosure", "emergency")
HEADS = URGENCY, ABOUT, NEED = ("urgency", "about", "need")
FEATURES_FILE, HEADS_FILE = "text_features.json", "heads.npz"
LONGEST_CHARACTERS, LONGEST_WORDS = 4, 3
SEEN = 3  # in how many of a head's phrases a piece must stand to be learned from
PIECES = 2.0  # how much the pieces of words weigh beside the sentence vector
STRENGTH = {URGENCY: 5.0, ABOUT: 5.0, NEED: 10.0}  # as scikit-learn's C
BALANCE = 0.5  # a rare level weighs more than its number, and less than as much as a common one
# The intent that carries each level through the rules of the conversation, most serious last.
INTENT_OF_URGENCY = {
    "concern": "express_concern",
    "disclosure": "disclose_harm",
    "emergency": "disclose_emergency",
}


@dataclass(frozen=True)
class Phrase:
    """A labelled phrase; None where nobody labelled it. `language` is en, cy or mixed."""

    text: str
    urgency: str
    about: str | None = None
    need: str | None = None
    language: str | None = None
    intent: str | None = None


@dataclass(frozen=True)
class View:
    """What the model makes of a message.

    `at_least` holds, for each level from concern up, the probability of it or a higher one; `needs` the probability of
    each need, likeliest first.
    """

    at_least: dict[str, float]
    about: str
    needs: dict[str, float]


def read_phrases(folder: Path) -> list[Phrase]:
    """The labelled phrases of all files of the folder, in order. Raises ValueError that names file and line."""
    phrases = []
    for file in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                row = json.loads(line)
                LEVELS.index(row["urgency"])
                need = (row["needs"] or [None])[0]
                phrases.append(Phrase(row["text"], row["urgency"], row["about"], need, row["language"]))
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"{file}:{number}: not a labelled phrase: {error}") from error
    return phrases


def phrases_of(folder: Path, training_data: TrainingData) -> list[Phrase]:
    """The labelled phrases, then the intents' phrases, whose urgency their intent tells."""
    asked = [(message.get("text"), message.get("intent")) for message in training_data.intent_examples]
    return read_phrases(folder) + [Phrase(text, urgency_of(intent), intent=intent) for text, intent in asked if text]


def urgency_of(intent: str) -> str:
    """The urgency that the phrases of an intent show."""
    levels = {intent: urgency for urgency, intent in INTENT_OF_URGENCY.items()}
    return "concern" if intent == "request_help" else levels.get(intent, "none")


def blend(mine: Mapping[str, float], other: Mapping[str, float] | None, share: float) -> dict[str, float]:
    """Two opinions of the same labels as one: the geometric mean, in which the other counts by `share` (0 to 1).

    Multiplied, not added: where one is sure that something is wrong, the other can not talk it away.
    """
    if not other or not share:
        return dict(mine)
    logs = {
        label: (1 - share) * np.log(chance + 1e-6) + share * np.log(other.get(label, 0.0) + 1e-6)
        for label, chance in mine.items()
    }
    highest = max(logs.values())
    weights = {label: float(np.exp(log - highest)) for label, log in logs.items()}
    return {label: weight / sum(weights.values()) for label, weight in weights.items()}


class RiskModel:
    """Linear models on the sentence vector together with pieces of words and words."""

    def __init__(self, features: TextFeatures, heads: dict[str, LinearModel]) -> None:
        self._features, self._heads = features, heads

    @classmethod
    def fit(cls, phrases: Sequence[Phrase], texts: Sequence[str], vectors: np.ndarray) -> RiskModel:
        """Learn from the phrases, their texts with what Welsh words mean, and their sentence vectors, (n, 384)."""
        text_features = TextFeatures(LONGEST_CHARACTERS, LONGEST_WORDS).fit(texts)
        pieces = text_features.transform(texts) * PIECES
        heads = {}
        for head in HEADS:
            rows = [row for row, phrase in enumerate(phrases) if getattr(phrase, head) is not None]
            labels = [getattr(phrases[row], head) for row in rows]
            heads[head] = LinearModel.fit(
                pieces[rows], vectors[rows], labels, strength=STRENGTH[head], balance=BALANCE, iterations=60, least=SEEN
            )
        return cls(text_features, heads)

    def view(
        self, text: str, vector: np.ndarray, opinion: Mapping[str, Mapping[str, float]] | None = None, share: float = 0
    ) -> View:
        """What to make of one message and what it means in English; `vector` has shape (1, 384).

        `opinion` is the tuned encoder's.
        """
        pieces, told = self._features.transform([text]) * PIECES, opinion or {}
        chances = {}
        for head, model in self._heads.items():
            mine = dict(zip(model.classes.tolist(), model.probabilities(pieces, vector)[0].tolist(), strict=True))
            # Of needs the linear model knows more: the tuned encoder learns 28 of them beside three other tasks.
            chances[head] = mine if head == NEED else blend(mine, told.get(head), share)
        urgency, about, needs = (chances[head] for head in HEADS)
        at_least = {
            level: sum(urgency.get(worse, 0.0) for worse in LEVELS[number:])
            for number, level in enumerate(LEVELS)
            if number
        }
        ranked = sorted(needs, key=lambda need: -needs[need])
        return View(at_least, max(about, key=lambda who: about[who]), {need: needs[need] for need in ranked})

    def save(self, folder: Path) -> None:
        """Write the model as JSON and plain arrays: no code is read back with them."""
        self._features.save(folder / FEATURES_FILE)
        arrays: dict[str, np.ndarray] = {}
        for head, model in self._heads.items():
            arrays |= model.arrays(head)
        np.savez(folder / HEADS_FILE, **arrays)

    @classmethod
    def load(cls, folder: Path) -> RiskModel:
        """Read it back."""
        with np.load(folder / HEADS_FILE, allow_pickle=False) as arrays:
            heads = {head: LinearModel.from_arrays(arrays, head) for head in HEADS}
        return cls(TextFeatures.load(folder / FEATURES_FILE), heads)
