"""Multinomial logistic regression over sparse and dense features side by side.

scikit-learn's wants one matrix: with the sentence vectors inside the sparse one, training takes ten times as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse
from scipy.optimize import minimize
from scipy.special import logsumexp, softmax

ARRAYS = ("classes", "sparse", "dense", "bias")


@dataclass(frozen=True)
class LinearModel:
    """What was learned: `classes` (k,), weights of the features `sparse` (s, k) and `dense` (d, k), `bias` (k,)."""

    classes: np.ndarray
    sparse: np.ndarray
    dense: np.ndarray
    bias: np.ndarray

    @classmethod
    def fit(
        cls,
        sparse: scipy.sparse.csr_matrix,
        dense: np.ndarray,
        labels: Sequence[str],
        *,
        strength: float,
        iterations: int = 100,
        balance: float = 1.0,
        least: int = 1,
    ) -> LinearModel:
        """Learn from n rows of both kinds of features, (n, s) and (n, d), and their n labels.

        The objective is scikit-learn's with `strength` as its C. A class counts by its rarity to the power of
        `balance`: 0 leaves it, 1 makes all classes weigh the same. A sparse feature counts for nothing that fewer than
        `least` rows have. The same data gives the same model.
        """
        enough = np.flatnonzero(np.bincount(sparse.indices, minlength=sparse.shape[1]) >= least)
        width, sparse = sparse.shape[1], sparse[:, enough]
        classes, numbers = np.unique(np.asarray(labels), return_inverse=True)
        counts = np.bincount(numbers)
        weights = ((len(numbers) / (len(classes) * counts)) ** balance)[numbers]
        weights = weights * len(numbers) / weights.sum()
        sparse, dense = sparse.astype(np.float32).tocsr(), np.ascontiguousarray(dense, dtype=np.float32)
        transposed = sparse.T.tocsr()
        rows, shape = np.arange(len(numbers)), (sparse.shape[1] + dense.shape[1] + 1, len(classes))
        edge = sparse.shape[1]

        def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
            learned = flat.reshape(shape)
            single = learned.astype(np.float32)
            scores = sparse @ single[:edge] + dense @ single[edge:-1] + single[-1]
            scores = scores.astype(np.float64)
            chances = softmax(scores, axis=1)
            wrong = weights * (logsumexp(scores, axis=1) - scores[rows, numbers])
            chances[rows, numbers] -= 1
            slope = (chances * weights[:, None]).astype(np.float32)
            gradient = np.vstack([transposed @ slope, dense.T @ slope, slope.sum(axis=0)]).astype(np.float64)
            held = learned.copy()
            held[-1] = 0  # the bias is free
            scale = strength * len(numbers)
            total = wrong.sum() / len(numbers) + (held**2).sum() / (2 * scale)
            return float(total), (gradient / len(numbers) + held / scale).ravel()

        found = minimize(loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options={"maxiter": iterations})
        learned = found.x.reshape(shape).astype(np.float32)
        known = np.zeros((width, len(classes)), dtype=np.float32)
        known[enough] = learned[:edge]
        return cls(classes, known, learned[edge:-1], learned[-1])

    def probabilities(self, sparse: scipy.sparse.csr_matrix, dense: np.ndarray) -> np.ndarray:
        """The probability of each class, (n, k), rows adding up to 1."""
        # In one precision: else the weights would be copied into the other for every message.
        told = sparse.astype(np.float32)
        # One row is most of what is asked for: its few weights are quicker picked by hand.
        pieces = told.data[None] @ self.sparse[told.indices] if sparse.shape[0] == 1 else np.asarray(told @ self.sparse)
        scores = pieces + dense.astype(np.float32) @ self.dense + self.bias
        chances: np.ndarray = softmax(scores.astype(np.float64), axis=1)
        return chances

    def arrays(self, prefix: str) -> dict[str, np.ndarray]:
        """What was learned, as plain arrays to save, their names behind `prefix`."""
        return {f"{prefix}.{name}": getattr(self, name) for name in ARRAYS}

    @classmethod
    def from_arrays(cls, arrays: np.lib.npyio.NpzFile, prefix: str) -> LinearModel:
        """Read back what arrays() gave."""
        return cls(**{name: arrays[f"{prefix}.{name}"] for name in ARRAYS})
