"""Many connections that say little, slowly or far too much, while someone else has a question."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest

from ops.patient_worker import MOST_CONNECTIONS
from ops.stack import Stack
from tests.attack.conftest import Attack

SLOW, MANY = 60, MOST_CONNECTIONS + 200  # connections; the chat has 48 threads, the admin 4
ASKED, SOON = 8, 2.0  # how often someone else asks, and how soon they must be answered, in seconds
DRIP = 0.5  # seconds between two bytes
POST = b"POST /api/conversations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
FORM = b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
# What is sent at once, and what is sent byte by byte from then on.
ATTACKS = {
    "nothing": (b"", b""),
    "a head byte by byte": (POST, b"X"),
    "a body byte by byte": (POST + b"Content-Length: 9000\r\n\r\n{", b" "),
    "a form byte by byte": (FORM + b"Content-Length: 9000\r\n\r\n", b"a"),
    "chunks byte by byte": (POST + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n{\r\n"),
    "a large body, the rest byte by byte": (POST + b"Content-Length: 99999999\r\n\r\n" + b"x" * 400_000, b"x"),
    "a large form, the rest byte by byte": (FORM + b"Content-Length: 99999999\r\n\r\n" + b"x" * 400_000, b"x"),
    "a file nobody asked for": (
        b"POST /sheets/import HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\n" + b"x" * 400_000, b"x",
    ),
    "a file in a form nobody asked for": (
        b"POST /sheets/import HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        b'Content-Length: 5000000\r\n\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'
        + b"x" * 400_000,
        b"x",
    ),
    "the answer is not read": (b"GET /widget/style.css HTTP/1.1\r\nHost: x\r\n\r\n" * 300, b""),
    "stays after the end": (b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b""),
    "begins to speak TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"\x00"),
}  # fmt: skip


@contextmanager
def crowd(url: str, number: int, begin: bytes, then: bytes) -> Iterator[None]:
    """So many connections, each of which begins and goes on so, until the end. One that is closed comes again."""
    parts, over = urlsplit(url), threading.Event()
    sockets: list[socket.socket] = []

    def connect() -> socket.socket:
        sock = socket.socket()
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sock.settimeout(3)
        sock.connect((parts.hostname, parts.port))
        sock.setblocking(False)
        with contextlib.suppress(OSError):  # it takes no more at once
            sock.send(begin)
        return sock

    def drip() -> None:
        while not over.wait(DRIP):
            for at, sock in enumerate(sockets):
                try:
                    sock.send(then or b"")
                    if sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                        raise OSError
                except BlockingIOError:
                    continue
                except OSError:
                    sock.close()
                    sockets[at] = connect()

    for _ in range(number):
        sockets.append(connect())
    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        for sock in sockets:
            sock.close()


def ask(url: str, method: str, path: str, body: Any = None) -> tuple[int, bytes]:
    """A connection of its own, as a new browser has."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=8)
    try:
        sent = None if body is None else json.dumps(body)
        connection.request(method, path, sent, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def speak(url: str) -> int:
    """A conversation begun and a message answered."""
    token = json.loads(ask(url, "POST", "/api/conversations", {})[1])["conversation"]
    return ask(url, "POST", f"/api/conversations/{token}/messages", {"text": "what is grooming"})[0]


def sign_in_page(url: str) -> int:
    return ask(url, "GET", "/sign-in")[0]


def timed(visit: Callable[[str], int], url: str) -> tuple[int | str, float]:
    started = time.monotonic()
    try:
        status: int | str = visit(url)
    except (OSError, http.client.HTTPException) as error:
        status = type(error).__name__
    return status, time.monotonic() - started


@contextmanager
def others_are_answered(
    attack: Attack, what: str, visit: Callable[[str], int], url: str
) -> Iterator[Callable[[], None]]:
    """Gives what asks again and again. A busy machine may take longer, by what it takes without an attack."""
    usual = max(timed(visit, url)[1] for _ in range(3))

    def ask_meanwhile() -> None:
        for _ in range(ASKED):
            status, took = timed(visit, url)
            attack.expect(status == 200 and took < SOON + usual, f"{what}, {url}: {status} after {took:.1f} s")
            time.sleep(0.3)

    yield ask_meanwhile


@pytest.mark.parametrize("what", ATTACKS)
def attack_slow_connections(attack: Attack, stack: Stack, what: str) -> None:
    """60 slow connections to the chat and to the admin"""
    for url, visit in ((stack.chat_url, speak), (stack.admin_url, sign_in_page)):
        with others_are_answered(attack, what, visit, url) as ask_meanwhile, crowd(url, SLOW, *ATTACKS[what]):
            ask_meanwhile()


@pytest.mark.parametrize("what", ["nothing", "a head byte by byte"])
def attack_many_connections(attack: Attack, stack: Stack, what: str) -> None:
    """More connections than the chat keeps"""
    url = stack.chat_url
    with others_are_answered(attack, what, speak, url) as ask_meanwhile, crowd(url, MANY, *ATTACKS[what]):
        ask_meanwhile()


def attack_large_bodies(attack: Attack, stack: Stack) -> None:
    """Bodies of 5 MB, one after the other: each gets its answer, and so does everybody else."""
    done, refused = threading.Event(), []

    def flood() -> None:
        while not done.is_set():
            refused.append(
                timed(lambda url: ask(url, "POST", "/api/conversations", "x" * 5_000_000)[0], stack.chat_url)[0]
            )

    with others_are_answered(attack, "large bodies", speak, stack.chat_url) as ask_meanwhile:
        threads = [threading.Thread(target=flood, daemon=True) for _ in range(2)]
        for thread in threads:
            thread.start()
        ask_meanwhile()
        done.set()
        for thread in threads:
            thread.join()
    for status in refused:
        attack.expect(status == 413, f"a large body ended in {status}")
