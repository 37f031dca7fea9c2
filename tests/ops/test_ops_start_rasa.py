"""Rasa is only started on a model that is there and whole."""

from __future__ import annotations

import io
import os
import tarfile
from pathlib import Path

import pytest

from ops.start_rasa import is_whole


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A model of one file that does not pack well."""
    path, content = tmp_path / "lantern.tar.gz", os.urandom(300_000)
    with tarfile.open(path, "w:gz") as archive:
        facts = tarfile.TarInfo("components/weights")
        facts.size = len(content)
        archive.addfile(facts, io.BytesIO(content))
    return path


def test_a_whole_model_will_do(model: Path) -> None:
    assert is_whole(model)


@pytest.mark.parametrize("kept", [0, 5, 100, 200_000, 299_000])
def test_one_that_is_cut_off_will_not(model: Path, kept: int) -> None:
    model.write_bytes(model.read_bytes()[:kept])
    assert not is_whole(model)


def test_one_that_was_changed_will_not(model: Path) -> None:
    content = bytearray(model.read_bytes())
    content[150_000] ^= 0xFF
    model.write_bytes(content)
    assert not is_whole(model)


def test_none_at_all_will_not(tmp_path: Path) -> None:
    assert not is_whole(tmp_path / "lantern.tar.gz")
    assert not is_whole(tmp_path)
