"""Whoever sends slowly, reads slowly or says nothing must not keep anybody else from an answer."""

from __future__ import annotations

import http.client
import runpy
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.settings import Settings
from chat.wsgi import ChatServer
from ops.arriving import LARGEST_HEAD, Arriving
from ops.stack import free_ports
from tests.conftest import ROOT

MANY = 20  # ten times as many as the server has threads
SOON = 2.0  # seconds
HEAD = b"POST / HTTP/1.1\r\nHost: x\r\n"


@dataclass
class Server:
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=8)

    def ask(self, method: str = "GET", path: str = "/", body: bytes | None = None) -> tuple[int, bytes, float]:
        """The status, the body and the seconds it took."""
        started = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=8)
        try:
            connection.request(method, path, body)
            answer = connection.getresponse()
            return answer.status, answer.read(), time.monotonic() - started
        finally:
            connection.close()

    def send(self, *pieces: bytes) -> bytes:
        """All that comes back until the server closes."""
        with self.connect() as sock:
            for piece in pieces:
                sock.sendall(piece)
                time.sleep(0.05)
            answer = b""
            while more := sock.recv(65_536):
                answer += more
            return answer


def start(folder: Path) -> Server:
    (port,), log = free_ports(1), folder / "log"
    with log.open("wb") as file:
        command = [sys.executable, "-m", "tests.chat.patient_server", str(port)]
        running = Server(port, subprocess.Popen(command, cwd=ROOT, stdout=file, stderr=file), log)
    for _ in range(100):
        try:
            running.ask()
            break
        except OSError:
            time.sleep(0.1)
    return running


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = start(tmp_path_factory.mktemp("server"))
    yield running
    running.process.send_signal(signal.SIGTERM)
    running.process.wait(10)


def unread(sock: socket.socket) -> None:
    sock.setblocking(False)
    sock.send(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n" * 50)


ATTACKS: dict[str, Callable[[socket.socket], object]] = {
    "says nothing": lambda sock: None,
    "half a head": lambda sock: sock.sendall(HEAD),
    "half a body": lambda sock: sock.sendall(HEAD + b"Content-Length: 100\r\n\r\n{"),
    "half a chunk": lambda sock: sock.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\nff\r\n0\r\n\r\n"),
    "half a large body": lambda sock: sock.sendall(HEAD + b"Content-Length: 99999999\r\n\r\n" + b"x" * 400_000),
    "waits for leave to send": lambda sock: sock.sendall(HEAD + b"Expect: 100-continue\r\nContent-Length: 9\r\n\r\n"),
    "stays after the end": lambda sock: sock.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
    "an empty line": lambda sock: sock.sendall(b"\r\n\r\n"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_others_are_answered_meanwhile(server: Server, attack: str) -> None:
    with ExitStack() as open_:
        for _ in range(MANY):
            ATTACKS[attack](open_.enter_context(server.connect()))
        for _ in range(3):
            status, _, took = server.ask()
            assert (status, took < SOON) == (200, True), took


def test_who_does_not_read_the_answer_is_let_go(server: Server) -> None:
    with ExitStack() as open_:
        for _ in range(2):
            unread(open_.enter_context(server.connect()))
        assert server.ask()[2] < 2 * SOON  # two threads wait for two such people, for as long as an answer may take
        assert server.ask()[2] < 0.5


def test_a_late_request_is_refused_and_a_silent_connection_closed(server: Server) -> None:
    with server.connect() as silent:
        assert server.send(HEAD).startswith(b"HTTP/1.1 408 ")
        assert silent.recv(1) == b""


def test_a_head_without_end_is_refused(server: Server) -> None:
    assert server.send(HEAD + b"X: " + b"y" * LARGEST_HEAD + b"\r\n").startswith(b"HTTP/1.1 431 ")


@pytest.mark.parametrize("junk", [b"<script>words of a person", b"GET /words of a person", b"\x16\x03\x01\x02words"])
def test_what_is_no_http_is_neither_repeated_nor_logged(server: Server, junk: bytes) -> None:
    answer = server.send(junk + b"\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"words" not in answer
    assert "words" not in server.log.read_text()


def test_a_fault_is_logged_by_its_class_alone(server: Server) -> None:
    assert server.send(b"GET /fault HTTP/1.1\r\nHost: x\r\n\r\n").startswith(b"HTTP/1.1 500 ")
    assert "ValueError" in server.log.read_text()
    assert "words" not in server.log.read_text()
    assert "127.0.0.1, " not in server.log.read_text()


def test_a_body_that_is_too_large_still_gets_its_answer(server: Server) -> None:
    for _ in range(5):
        assert server.ask("POST", "/", b"x" * 5_000_000)[0] == 413


@pytest.mark.parametrize("size", [0, 1, 100_000, 200_000])
def test_a_body_comes_through_whole(server: Server, size: int) -> None:
    assert server.ask("POST", "/path", b"x" * size)[:2] == (200, f"/path {size}".encode())


def test_chunks_in_pieces_and_two_requests_at_once(server: Server) -> None:
    chunked = HEAD + b"Transfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nX-Last: 1\r\n\r\n"
    last = b"GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    whole = HEAD + b"Content-Length: 3\r\n\r\nabc" + chunked + last
    for at in range(1, len(whole), 17):
        answer = server.send(whole[:at], whole[at:])
        bodies = [part.split(b"\r\n\r\n")[1] for part in answer.split(b"HTTP/1.1 200 OK")[1:]]
        assert bodies == [b"/ 3", b"/ 5", b"/last 0"]


def test_chunks_that_are_none_end_the_connection_with_one_answer(server: Server) -> None:
    answer = server.send(b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0x2\r\n{}\r\n0\r\n\r\n")
    assert answer.count(b"HTTP/1.1 ") == 1


def test_it_stops_soon_though_connections_are_open(tmp_path: Path) -> None:
    server = start(tmp_path)
    with server.connect(), server.connect() as half:
        half.sendall(HEAD)
        started = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(10)
        assert time.monotonic() - started < 4


@given(st.data(), st.sampled_from([0, 1, 7, 300]), st.booleans())
def test_a_request_is_whole_at_its_last_byte(data: st.DataObject, size: int, is_chunked: bool) -> None:
    body = b"z" * size
    if is_chunked:
        cut = data.draw(st.integers(0, size))
        parts = [part for part in (body[:cut], body[cut:]) if part]
        framed = b"".join(f"{len(part):x}\r\n".encode() + part + b"\r\n" for part in parts) + b"0\r\n\r\n"
        request = HEAD + b"transfer-encoding: chunked\r\n\r\n" + framed
    else:
        request = HEAD + f"CONTENT-LENGTH:  {size}\r\n\r\n".encode() + body
    arriving, at = Arriving(), 0
    while at < len(request) - 1:
        step = data.draw(st.integers(1, len(request) - 1 - at))
        arriving.add(request[at : at + step])
        at += step
        assert not arriving.is_whole()
    arriving.add(request[-1:])
    assert arriving.is_whole()


def test_chat_and_admin_are_served_this_way(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LANTERN_DATA_DIR", str(tmp_path))
    chat = ChatServer(Settings("only-for-tests-only-for-tests", "sqlite://"))
    assert chat.cfg.worker_class_str == "ops.patient_worker.PatientWorker"
    admin = runpy.run_path(str(ROOT / "admin" / "gunicorn.conf.py"))
    assert admin["worker_class"] == "ops.patient_worker.PatientFormsWorker"
