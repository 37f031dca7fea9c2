"""Something between two processes that passes everything on, until it is told to be worse than a broken network."""

from __future__ import annotations

import contextlib
import itertools
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

PIECE = 65_536
HUGE = 40_000_000  # bytes
DRIPS, DRIP_SECONDS = 20, 0.4
STALL_SECONDS = 120  # how long a connection that is stuck stays stuck

Misbehaviour = Callable[[socket.socket, bytes], bool]  # given a client and its request; whether it stays connected


class Proxy:
    """Listens on `port` and passes connections on to `target`; `misbehave(how)` for a while does something else."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = int(self._listener.getsockname()[1])
        self.target = 0
        self._how: Misbehaviour | None = None
        threading.Thread(target=self._accept, daemon=True).start()

    @contextmanager
    def misbehave(self, how: Misbehaviour) -> Iterator[None]:
        """Do this with every request. A connection that it left stuck stays stuck afterwards too."""
        self._how = how
        try:
            yield
        finally:
            self._how = None

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        """One connection, to its end."""
        server: socket.socket | None = None
        with contextlib.suppress(OSError), client:
            while data := client.recv(PIECE):
                if self._how is not None:
                    if not self._how(client, data):
                        break
                    time.sleep(STALL_SECONDS)
                    break
                if server is None:
                    server = socket.create_connection(("127.0.0.1", self.target), timeout=10)
                    server.settimeout(None)
                    threading.Thread(target=self._bring_back, args=(server, client), daemon=True).start()
                server.sendall(data)
        if server is not None:
            hang_up(server)

    def _bring_back(self, server: socket.socket, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := server.recv(PIECE):
                if self._how is None:
                    client.sendall(data)
        hang_up(client)
        server.close()


def hang_up(connection: socket.socket) -> None:
    """End both directions, so that whoever reads from it hears of it."""
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def stay_silent(_client: socket.socket, _request: bytes) -> bool:
    """Take the request, and never say a word: a connection of which only one half is left."""
    return True


def answer_with(bodies: Sequence[Callable[[bytes], bytes]]) -> Misbehaviour:
    """Answer one after another of these, made from the request, and hang up."""
    turns = itertools.cycle(bodies)
    lock = threading.Lock()

    def answer(client: socket.socket, request: bytes) -> bool:
        with lock:
            make = next(turns)
        client.sendall(make(request))
        hang_up(client)
        return False

    return answer


def drip(client: socket.socket, _request: bytes) -> bool:
    """An answer that comes a byte now and then."""
    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{")
    for _ in range(DRIPS):
        time.sleep(DRIP_SECONDS)
        client.sendall(b" ")
    return False


def http(body: bytes, status: str = "200 OK", kind: str = "application/json", length: int | None = None) -> bytes:
    """An HTTP answer with this body; `length` for one that lies about it."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body) if length is None else length}\r\n"
    return head.encode() + b"Connection: close\r\n\r\n" + body


def body_of(request: bytes) -> bytes:
    """What was sent after the headers, as far as it has come."""
    return request.partition(b"\r\n\r\n")[2]


def _json(value: object) -> Callable[[bytes], bytes]:
    body = json.dumps(value).encode()
    return lambda _: http(body)


# What no client should be hurt by, whoever it speaks to. Some give back what they were sent, as error pages do.
MALFORMED: tuple[Callable[[bytes], bytes], ...] = (
    lambda _: b"\x16\x03\x01\x02\x00 this is not HTTP\r\n\r\n",
    lambda _: b"",
    lambda request: http(b"<html><h1>Bad gateway</h1>" + body_of(request), "502 Bad Gateway", "text/html"),
    lambda request: http(b"<html>" + body_of(request) + b"</html>", kind="text/html"),
    lambda request: http(body_of(request), "500 Internal Server Error"),
    lambda request: http(body_of(request), "400 Bad Request"),
    lambda _: http(b'{"messages": [{"type": "te', length=900),
    lambda _: http(b""),
    lambda _: http(b"[" * 200_000),
    lambda _: http(b'"' + b"x" * HUGE + b'"'),
    lambda _: http(b"\xff\xfe\x00"),
    _json(None),
    _json([]),
    _json({"messages": "none", "events": 7, "responses": "x"}),
    _json({"messages": [{"type": "text"}, 7], "events": [{"event": "nothing-known"}], "responses": [{"text": 7}]}),
    _json({"messages": [], "events": [], "responses": []}),
)
