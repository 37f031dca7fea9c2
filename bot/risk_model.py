"""The learned half of the assessor: how urgent, about whom, and which needs, from labelled phrases."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse
from sklearn.linear_model import LogisticRegression

from bot.text_features import TextFeatures

LEVELS = ("none", "concern", "disclosure", "emergency")
HEADS = URGENCY, ABOUT, NEED = ("urgency", "about", "need")
FEATURES_FILE, HEADS_FILE = "text_features.json", "heads.npz"
LEARNED = ("classes_", "coef_", "intercept_")  # what a trained logistic regression is, beside its settings
STRENGTH = 10.0  # scikit-learn's C, chosen by hand among 3, 10 and 30


@dataclass(frozen=True)
class Phrase:
    """A labelled phrase; `about` and `need` are None where nobody labelled them."""

    text: str
    urgency: str
    about: str | None = None
    need: str | None = None


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
                phrases.append(Phrase(row["text"], row["urgency"], row["about"], (row["needs"] or [None])[0]))
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"{file}:{number}: not a labelled phrase: {error}") from error
    return phrases


class RiskModel:
    """Logistic regressions on the sentence vector together with pieces of words and words."""

    def __init__(self, features: TextFeatures, heads: dict[str, LogisticRegression]) -> None:
        self._features, self._heads = features, heads

    @classmethod
    def fit(cls, phrases: Sequence[Phrase], vectors: np.ndarray) -> RiskModel:
        """Learn from the phrases and their sentence vectors, shape (n, 384)."""
        texts = [phrase.text for phrase in phrases]
        text_features = TextFeatures(longest_characters=4, longest_words=3).fit(texts)
        features = scipy.sparse.hstack([text_features.transform(texts), vectors]).tocsr()
        heads = {}
        for head in HEADS:
            rows = [index for index, phrase in enumerate(phrases) if getattr(phrase, head) is not None]
            heads[head] = _learner(head).fit(features[rows], [getattr(phrases[index], head) for index in rows])
        return cls(text_features, heads)

    def view(self, text: str, vector: np.ndarray) -> View:
        """What the model makes of one message; `vector` has shape (1, 384)."""
        features = scipy.sparse.hstack([self._features.transform([text]), vector]).tocsr()
        urgency, who, need = (self._heads[head] for head in HEADS)
        levels = dict(zip(urgency.classes_, urgency.predict_proba(features)[0].tolist(), strict=True))
        at_least = {
            level: sum(levels[worse] for worse in LEVELS[number:]) for number, level in enumerate(LEVELS) if number
        }
        chances = need.predict_proba(features)[0]
        needs = {str(need.classes_[index]): float(chances[index]) for index in np.argsort(-chances)}
        return View(at_least, str(who.predict(features)[0]), needs)

    def save(self, folder: Path) -> None:
        """Write the model as JSON and plain arrays: no code is read back with them."""
        self._features.save(folder / FEATURES_FILE)
        arrays = {f"{head}.{name}": getattr(model, name) for head, model in self._heads.items() for name in LEARNED}
        np.savez(folder / HEADS_FILE, **arrays)

    @classmethod
    def load(cls, folder: Path) -> RiskModel:
        """Read it back."""
        heads = {}
        with np.load(folder / HEADS_FILE, allow_pickle=False) as arrays:
            for head in HEADS:
                heads[head] = _learner(head)
                for name in LEARNED:
                    setattr(heads[head], name, arrays[f"{head}.{name}"])
        return cls(TextFeatures.load(folder / FEATURES_FILE), heads)


def _learner(head: str) -> LogisticRegression:
    """Urgency, the hardest, as one model of its four levels; the others one against the rest, which trains quicker."""
    solver = "lbfgs" if head == URGENCY else "liblinear"
    return LogisticRegression(solver=solver, C=STRENGTH, max_iter=120, class_weight="balanced", random_state=42)
