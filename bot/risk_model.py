"""The learned half of the assessor: how urgent, about whom, and which needs, from labelled phrases."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse
import skops.io
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion

LEVELS = ("none", "concern", "disclosure", "emergency")
HEADS = URGENCY, ABOUT, NEED = ("urgency", "about", "need")
TRUSTED = ["scipy.sparse._csr.csr_matrix"]
STRENGTH = 10.0  # scikit-learn's C, from cross-validation on the training phrases


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

    def __init__(self, vectorizers: FeatureUnion, heads: dict[str, LogisticRegression]) -> None:
        self._vectorizers, self._heads = vectorizers, heads

    @classmethod
    def fit(cls, phrases: Sequence[Phrase], vectors: np.ndarray) -> RiskModel:
        """Learn from the phrases and their sentence vectors, shape (n, 384)."""
        texts = [plain(phrase.text) for phrase in phrases]
        vectorizers = FeatureUnion(
            [("characters", _vectorizer("char_wb", 5)), ("words", _vectorizer("word", 3, token_pattern=r"[\w']+"))]
        ).fit(texts)
        features = scipy.sparse.hstack([vectorizers.transform(texts), vectors]).tocsr()
        heads = {}
        for head in HEADS:
            rows = [index for index, phrase in enumerate(phrases) if getattr(phrase, head) is not None]
            heads[head] = _learner(head).fit(features[rows], [getattr(phrases[index], head) for index in rows])
        return cls(vectorizers, heads)

    def view(self, text: str, vector: np.ndarray) -> View:
        """What the model makes of one message; `vector` has shape (1, 384)."""
        features = scipy.sparse.hstack([self._vectorizers.transform([plain(text)]), vector]).tocsr()
        urgency, who, need = (self._heads[head] for head in HEADS)
        levels = dict(zip(urgency.classes_, urgency.predict_proba(features)[0].tolist(), strict=True))
        at_least = {
            level: sum(levels[worse] for worse in LEVELS[number:]) for number, level in enumerate(LEVELS) if number
        }
        chances = need.predict_proba(features)[0]
        needs = {str(need.classes_[index]): float(chances[index]) for index in np.argsort(-chances)}
        return View(at_least, str(who.predict(features)[0]), needs)

    def save(self, folder: Path) -> None:
        """Write the model's one file."""
        skops.io.dump({"vectorizers": self._vectorizers, "heads": self._heads}, folder / "risk.skops")

    @classmethod
    def load(cls, folder: Path) -> RiskModel:
        """Read it back; only types that skops knows, and TRUSTED, are read."""
        saved: dict[str, Any] = skops.io.load(folder / "risk.skops", trusted=TRUSTED)
        return cls(saved["vectorizers"], saved["heads"])


def plain(text: str) -> str:
    """One spelling of case and apostrophes."""
    return text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def _learner(head: str) -> LogisticRegression:
    """Urgency, the hardest, as one model of its four levels; the others one against the rest, which trains quicker."""
    solver = "lbfgs" if head == URGENCY else "liblinear"
    return LogisticRegression(solver=solver, C=STRENGTH, max_iter=200, class_weight="balanced", random_state=42)


def _vectorizer(analyzer: str, longest: int, **options: Any) -> TfidfVectorizer:
    return TfidfVectorizer(analyzer=analyzer, ngram_range=(1, longest), sublinear_tf=True, min_df=2, **options)
