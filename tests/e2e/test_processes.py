"""The four processes: a clear word when they can't start, back when one dies, gone when stopped."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from ops.conversation import Conversation, lines_of
from ops.stack import PORT_NAMES, ROOT, Stack, free_ports


def run_with(data_dir: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    (data_dir / "models").mkdir()
    (data_dir / "models" / "lantern.tar.gz").touch()
    ports = dict(zip(PORT_NAMES, map(str, free_ports(4)), strict=True))
    return subprocess.run(
        [sys.executable, "ops/run.py"],
        cwd=ROOT, env={**os.environ, **ports, "LANTERN_DATA_DIR": str(data_dir), **environment},
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ended = run_with(tmp_path, LANTERN_CHAT_PORT=port)
    assert ended.returncode == 1
    assert f"Port {port} is taken" in ended.stderr
    assert "LANTERN_CHAT_PORT" in ended.stderr


def test_a_port_that_is_no_number_is_named(tmp_path: Path) -> None:
    ended = run_with(tmp_path, LANTERN_RASA_PORT="five")
    assert ended.returncode != 0
    assert "LANTERN_RASA_PORT" in ended.stderr


@pytest.mark.parametrize("port_name", ["LANTERN_ACTIONS_PORT", "LANTERN_CHAT_PORT"])
def test_a_process_that_dies_is_started_again(stack: Stack, port_name: str) -> None:
    before = stack.pids_of(port_name)
    assert before
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not is_ready(stack):
        time.sleep(0.3)
    assert is_ready(stack)
    assert not set(stack.pids_of(port_name)) & set(before)
    assert lines_of(Conversation(stack.chat_url).type("can i talk to someone"))


def is_ready(stack: Stack) -> bool:
    try:
        return httpx.get(f"{stack.chat_url}/readyz", timeout=3).status_code == 200
    except httpx.HTTPError:
        return False


def test_stopping_leaves_no_process_behind(tmp_path: Path) -> None:
    stack = Stack(tmp_path / "var")
    stack.start()
    pids = [pid for name in PORT_NAMES for pid in stack.pids_of(name)]
    assert len(pids) >= 4
    stack.stop()
    assert stack.process is not None
    assert stack.process.returncode == 0
    assert [pid for pid in pids if Path(f"/proc/{pid}").exists()] == []
    assert all(not stack.pids_of(name) for name in PORT_NAMES)
