"""The search for what people wrote, and the look at the logs: both must be able to find something."""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
from base64 import b64encode
from pathlib import Path

import pytest

from benchmarks.log_check import find_log_faults
from benchmarks.traces import Marks, Search, files_in
from chat.tokens import ConversationTokens

LINE = {"at": "2026-01-01T00:00:00Z", "level": "info", "from": "lantern.chat"}
REQUEST = LINE | {"method": "POST", "route": "/api/conversations", "status": 201, "ms": 4.2}


@pytest.mark.parametrize(
    "write",
    [
        lambda mark: f"he said {mark}!".encode(),
        lambda mark: f"HE SAID {mark.upper()}".encode(),
        lambda mark: json.dumps({"text": f"ŵ {mark}"}).encode(),
        lambda mark: f"he said {mark}".encode("utf-16"),
        lambda mark: f"he said {mark}".encode("utf-16-be"),
        lambda mark: b64encode(f"{mark} he said".encode()),
        lambda mark: b64encode(f"a{mark} he said".encode()),
        lambda mark: b64encode(f"ab{mark} he said".encode()),
        lambda mark: f"he said {mark}".encode().hex().encode(),
        lambda mark: "".join(f"%{byte:02X}" for byte in mark.encode()).encode(),
        lambda mark: b"before" + gzip.compress(f"he said {mark}".encode() * 50),
        lambda mark: os.urandom(16 * 1024 * 1024 - 8) + mark.encode(),  # over the edge of a piece
    ],
)
def test_a_mark_is_found_however_it_was_written(write, tmp_path: Path) -> None:
    marks = Marks()
    (tmp_path / "file").write_bytes(write(marks.next()))
    assert [trace.path.name for trace in Search(marks.stem).traces_in(files_in(tmp_path))] == ["file"]
    assert Search(Marks().stem).traces_in(files_in(tmp_path)) == []


def test_a_mark_is_found_in_a_database_and_in_the_name_of_a_file(tmp_path: Path) -> None:
    marks = Marks()
    connection = sqlite3.connect(tmp_path / "lantern.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE said (words)")
    connection.execute("INSERT INTO said VALUES (?)", [f"he said {marks.next()}"])
    (tmp_path / marks.next()).touch()
    found = {trace.path.name for trace in Search(marks.stem).traces_in(files_in(tmp_path))}
    connection.close()
    assert found == {"lantern.db-wal", f"{marks.stem}0002"}


def test_only_what_was_changed_since_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "now").touch()
    since = (tmp_path / "now").stat().st_ctime
    assert [path.name for path in files_in(tmp_path, since)] == ["now"]
    assert list(files_in(tmp_path, since + 60)) == []


def logged(folder: Path, name: str, *lines: object) -> Path:
    words = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    (folder / name).write_text("\n".join(words) + "\n", encoding="utf-8")
    return folder


def test_logs_as_they_should_be(tmp_path: Path) -> None:
    logged(tmp_path, "chat.log", REQUEST, LINE | {"says": "Serving release 7."})
    logged(tmp_path, "supervisord.log", "2026-01-01 00:00:00,000 INFO spawned: 'chat' with pid 7")
    assert find_log_faults(tmp_path, [ConversationTokens("a-secret-of-the-tests", 60).make("en")[0]]) == []


def test_logs_that_tell_too_much_or_too_little(tmp_path: Path) -> None:
    token, conversation = ConversationTokens("a-secret-of-the-tests", 60).make("en")
    for wrong in (
        REQUEST | {"address": "192.0.2.7"},
        LINE | {"says": f"/api/conversations/{token}/messages"},
        LINE | {"says": f"forgot {conversation.id}"},
        {name: value for name, value in REQUEST.items() if name != "ms"},
        {"says": "when?"},
        "Serving release 7.",
    ):
        assert find_log_faults(logged(tmp_path, "chat.log", wrong), [token]) != [], wrong
