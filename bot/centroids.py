"""How near a message is to what a class is about: a sure guess far from all its examples is a guess about nothing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

USUAL = 0.15  # the share of a class's own examples that count as far from its centre
OTHERS = 20  # examples: how many a class needs until its own examples say more than those of all classes
STEEP = 5.0  # how quickly the confidence falls with the cosine below the usual one
ARRAYS = ("centres", "usual")


class Centroids:
    """The mean sentence vector of each class, of length 1, and the cosine that its examples usually have with it."""

    def __init__(self, centres: np.ndarray, usual: np.ndarray) -> None:
        """`centres` (k, d), `usual` (k,), both in the order of the classes."""
        self._centres, self._usual = centres, usual

    @classmethod
    def fit(cls, vectors: np.ndarray, labels: Sequence[str]) -> Centroids:
        """From unit vectors (n, d) and their labels; the classes are in the order of np.unique."""
        classes, numbers = np.unique(np.asarray(labels), return_inverse=True)
        counts = np.bincount(numbers)
        sums = np.zeros((len(classes), vectors.shape[1]))
        np.add.at(sums, numbers, vectors)
        # Each example against the centre of the others: against its own it would always look near.
        others = _unit(sums[numbers] - vectors)
        cosines = (vectors * others).sum(axis=1)
        everywhere = np.quantile(cosines, USUAL)
        own = np.asarray([np.quantile(cosines[numbers == number], USUAL) for number in range(len(classes))])
        usual = (counts * own + OTHERS * everywhere) / (counts + OTHERS)
        return cls(_unit(sums).astype(np.float32), usual.astype(np.float32))

    def nearness(self, vector: np.ndarray, number: int) -> float:
        """1 for a vector (d,) as near to class `number` as its examples usually are, less the farther it is."""
        cosine = float(vector @ self._centres[number])
        return min(1.0, float(np.exp(STEEP * (cosine - self._usual[number]))))

    def arrays(self, prefix: str) -> dict[str, np.ndarray]:
        """What was learned, as plain arrays to save, their names behind `prefix`."""
        return {f"{prefix}.centres": self._centres, f"{prefix}.usual": self._usual}

    @classmethod
    def from_arrays(cls, arrays: np.lib.npyio.NpzFile, prefix: str) -> Centroids:
        """Read back what arrays() gave."""
        return cls(*(arrays[f"{prefix}.{name}"] for name in ARRAYS))


def _unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
