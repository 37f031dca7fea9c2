"""Far from all examples of a class, a guess of it is worth less."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.centroids import Centroids

CHANCE = np.random.default_rng(3)


def around(centre: list[float], spread: float, count: int = 50) -> np.ndarray:
    """Unit vectors around a centre."""
    rows = np.asarray(centre) + CHANCE.normal(0, spread, (count, len(centre)))
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture
def centroids() -> Centroids:
    """Class 0 is narrow, class 1 is wide."""
    vectors = np.vstack([around([1, 0, 0], 0.05), around([0, 1, 0], 0.5)])
    return Centroids.fit(vectors, ["narrow"] * 50 + ["wide"] * 50)


def test_its_own_kind_is_near_and_another_is_far(centroids: Centroids) -> None:
    assert centroids.nearness(np.asarray([1.0, 0, 0]), 0) == 1
    assert centroids.nearness(np.asarray([0, 0, 1.0]), 0) < 0.1


def test_a_wide_class_forgives_more(centroids: Centroids) -> None:
    aslant = 0.5**0.5
    narrow = centroids.nearness(np.asarray([aslant, 0, aslant]), 0)
    assert narrow < centroids.nearness(np.asarray([0, aslant, aslant]), 1)


def test_a_class_of_one_example_has_a_centre(tmp_path: Path) -> None:
    vectors = np.vstack([around([1, 0, 0], 0.05), [[0, 0, 1]]])
    centroids = Centroids.fit(vectors, ["many"] * 50 + ["single"])
    assert 0 < centroids.nearness(np.asarray([0, 0, 1.0]), 1) <= 1


def test_saved_and_loaded_it_is_the_same(centroids: Centroids, tmp_path: Path) -> None:
    np.savez(tmp_path / "c.npz", **centroids.arrays("x"))
    with np.load(tmp_path / "c.npz") as arrays:
        again = Centroids.from_arrays(arrays, "x")
    vector = np.asarray([0.6, 0, 0.8])
    assert again.nearness(vector, 0) == centroids.nearness(vector, 0)
