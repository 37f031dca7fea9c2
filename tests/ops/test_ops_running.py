"""ops/run.py with four very small programs in place of ours: what happens when supervisord itself is killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from ops.stack import PORT_NAMES, ROOT, free_ports

# Says who it is to every question, and its limit of core files.
PROGRAM = """
import http.server, os, resource, sys
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        words = f"{os.getpid()} {resource.getrlimit(resource.RLIMIT_CORE)[0]}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.write(words)
    def log_message(self, *_): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
"""
Running = tuple[subprocess.Popen[str], Path, dict[str, int]]


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """The process, its data folder, and the ports."""
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "lantern.tar.gz").touch()
    (tmp_path / "program.py").write_text(PROGRAM)
    ports = dict(zip(PORT_NAMES, free_ports(4), strict=True))
    configuration = (ROOT / "ops" / "supervisord.conf").read_text()
    for name, port in ports.items():
        program = name.split("_")[1].lower()
        command = f"command={sys.executable} {tmp_path / 'program.py'} {port}"
        configuration = re.sub(rf"(\[program:{program}\]\n)command=[^\n]*", rf"\1{command}", configuration)
    (tmp_path / "supervisord.conf").write_text(configuration)
    said = (tmp_path / "said").open("w")
    process = subprocess.Popen(
        [sys.executable, "ops/run.py", str(tmp_path / "supervisord.conf")],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=said, text=True,
        env={**os.environ, **{name: str(port) for name, port in ports.items()}, "LANTERN_DATA_DIR": str(tmp_path)},
    )  # fmt: skip
    said.close()
    assert process.stdout is not None
    with process.stdout:
        assert any(line.startswith("Ctrl-C") for line in process.stdout)
    yield process, tmp_path, ports
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 0
    assert not any(is_there(port) for port in ports.values())


def is_there(port: int) -> list[str]:
    """Who answers at a port, and the limit; nothing when nobody does."""
    try:
        return httpx.get(f"http://127.0.0.1:{port}/", timeout=1).text.split()
    except httpx.HTTPError:
        return []


def test_all_is_started_again_when_the_supervisor_is_killed(running: Running) -> None:
    _, folder, ports = running
    before = {port: is_there(port)[0] for port in ports.values()}
    os.kill(int((folder / "supervisord.pid").read_text()), signal.SIGKILL)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        now = {port: is_there(port)[:1] for port in ports.values()}
        if all(pids and pids[0] != before[port] for port, pids in now.items()):
            break
        time.sleep(0.1)
    else:
        pytest.fail(f"before {before}, now {now}")


def test_no_process_may_leave_a_core_file(running: Running) -> None:
    _, _, ports = running
    assert {is_there(port)[1] for port in ports.values()} <= {"0", "1"}


def test_the_supervisor_waits_for_nobody_to_read_its_complaints(running: Running) -> None:
    _, folder, _ = running
    supervisor = int((folder / "supervisord.pid").read_text())
    assert os.readlink(f"/proc/{supervisor}/fd/2") == os.devnull
