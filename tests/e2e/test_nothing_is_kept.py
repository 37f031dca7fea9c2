"""What a person writes is in no file that the system wrote. `make privacy` asks the same at more length."""

from __future__ import annotations

from pathlib import Path

from benchmarks.log_check import count_requests, find_log_faults
from benchmarks.privacy import find_blind_spots, find_core_faults
from benchmarks.saying import OTHER, TYPED, Speaker
from benchmarks.traces import Marks, Search, files_in
from ops.conversation import Conversation
from ops.stack import PORT_NAMES, Stack


def test_words_reach_no_file_whichever_way_they_come(stack: Stack) -> None:
    marks, speaker = Marks(), Speaker(stack.chat_url)
    requests_before = count_requests(stack.data_dir / "log")
    speaker.start()
    for way in (*TYPED, *OTHER):
        way(speaker, marks.next())
    speaker.close()
    assert marks.given >= 40
    assert speaker.statuses.count(200) >= len(TYPED)
    assert [status for status in speaker.statuses if status >= 500] == []
    own = list(files_in(stack.data_dir))
    assert {"chat.log", "lantern.db"} <= {path.name for path in own}
    assert Search(marks.stem).traces_in(own) == []
    assert find_log_faults(stack.data_dir / "log", speaker.tokens) == []
    assert count_requests(stack.data_dir / "log") >= requests_before + len(TYPED)


def test_words_would_be_found_if_they_were_there(tmp_path: Path) -> None:
    stem = Marks().stem
    assert find_blind_spots(Search(stem), tmp_path / "planted", stem) == []
    assert find_blind_spots(Search(Marks().stem), tmp_path / "planted", stem) != []


def test_no_process_may_leave_a_core_file(stack: Stack) -> None:
    pids = [pid for name in PORT_NAMES for pid in stack.pids_of(name)]
    assert [fault for pid in pids for fault in find_core_faults(pid)] == []


def test_no_cookie_is_set(stack: Stack) -> None:
    talk = Conversation(stack.chat_url)
    assert "set-cookie" not in talk.post({"text": "hello"}).headers
