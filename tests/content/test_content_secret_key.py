"""The secret key in the data folder."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from content.secret_key import BrokenKey, keep_secret_key


def test_it_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    key = keep_secret_key(folder)
    assert len(key) > 40
    assert keep_secret_key(folder) == key
    assert [path.name for path in folder.iterdir()] == ["secret-key"]
    assert (folder / "secret-key").stat().st_mode & 0o777 == 0o600


def test_processes_that_start_at_once_share_one(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(keep_secret_key, [tmp_path] * 32))) == 1


def test_a_key_that_can_not_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("short\n")
    with pytest.raises(BrokenKey, match="too short"):
        keep_secret_key(tmp_path)
    with pytest.raises(BrokenKey, match="can not be read or made"):
        keep_secret_key(tmp_path / "secret-key" / "below-a-file")
