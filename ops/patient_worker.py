"""gunicorn's threads, for requests that have come: whoever sends slowly, or not at all, waits without a thread.

A thread of gunicorn's own worker reads the request itself, so as many slow clients as there are threads shut everybody
else out. Here the one loop that watches all connections gathers each request first.
"""

from __future__ import annotations

import fcntl
import socket
import struct
import termios
import time
from concurrent.futures import Future
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn.http import RequestParser  # type: ignore[import-untyped]
from gunicorn.util import close as close_quietly  # type: ignore[import-untyped]
from gunicorn.workers.gthread import TConn, ThreadWorker  # type: ignore[import-untyped]

from ops.arriving import Arriving

MOST_CONNECTIONS = 1000  # one more, and the one that has waited longest is closed
ARRIVE_SECONDS = 15.0  # for the whole of a request, or as much of it as is held
LINGER_SECONDS = 3.0  # for a client to stop sending and take the last answer
CLOSING_SECONDS = 0.5  # for what is on its way when the server stops
LOOK_SECONDS = 0.25  # between two looks for who is late
PIECE = 64 * 1024
SEND_BUFFER = 512 * 1024  # bytes; an answer of the chat fits in, so that no thread waits for who does not read
WAITING, ANSWERING, LEAVING, GONE = "waiting", "answering", "leaving", "gone"
REASONS = {400: "Bad Request", 408: "Request Timeout", 431: "Request Header Fields Too Large", 500: "Server Error"}


class Client(TConn):  # type: ignore[misc]
    """One connection. For the parser it is what a socket would be: it gives what has come, and then what may follow."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.arriving = Arriving()
        self.is_whole = False
        self.state = WAITING
        self.until = 0.0  # when it is late, by time.monotonic()
        self.data_ready = True  # what gunicorn asks before it gives a thread

    def init(self) -> None:
        self.initialized = True
        self.sock.setblocking(True)
        if self.parser is None:
            self.parser = RequestParser(self.cfg, self, self.client)

    def recv(self, size: int) -> bytes:
        """For the parser. Empty at the end of a whole request, and for one whose rest does not come in time."""
        held = self.arriving.bytes
        if held:
            piece = bytes(held[:size])
            del held[:size]
            return piece
        left = self.until - time.monotonic()
        if self.is_whole or left <= 0:
            return b""
        self.sock.settimeout(left)
        try:
            return bytes(self.sock.recv(size))
        except OSError:
            return b""
        finally:
            self.sock.settimeout(None)

    @property
    def takes_answers(self) -> bool:
        """Whether the last answer has left for good: nothing of it waits for a client that does not read."""
        unsent = fcntl.ioctl(self.sock.fileno(), termios.TIOCOUTQ, b"\0" * 4)
        return bool(struct.unpack("i", unsent)[0] == 0)


class PatientWorker(ThreadWorker):  # type: ignore[misc]
    """For the chat: all it takes is held before a thread reads it."""

    held = 128 * 1024  # bytes of a request; what is longer is given to a thread, to read on or refuse
    answer_seconds = 20.0  # for a thread, from the request to the end of the answer

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.worker_connections = 2 * MOST_CONNECTIONS  # never reached: see accept()
        self.max_keepalived = MOST_CONNECTIONS
        self.clients: dict[Client, None] = {}  # in the order in which they began to wait
        self.looked_at = 0.0

    def accept(self, listener: socket.socket) -> None:
        try:
            sock, address = listener.accept()
        except OSError:  # gone again, or no descriptor is left
            self._make_room()
            return
        if self.nr_conns >= MOST_CONNECTIONS:
            self._make_room()
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        self.nr_conns += 1
        self._wait(Client(self.cfg, sock, address, listener.getsockname()), WAITING, ARRIVE_SECONDS)

    def _wait(self, client: Client, state: str, seconds: float) -> None:
        client.state, client.until = state, time.monotonic() + seconds
        client.sock.setblocking(False)
        self.clients[client] = None
        self.poller.register(client.sock, EVENT_READ, partial(self._read, client))

    def _read(self, client: Client, sock: socket.socket) -> None:
        if client.state not in (WAITING, LEAVING):  # closed by what came just before
            return
        try:
            data = sock.recv(PIECE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._close(client)
        elif client.state == WAITING:
            if not client.arriving.bytes:
                client.until = time.monotonic() + ARRIVE_SECONDS
            client.arriving.add(data)
            self._answer_if_ready(client)

    def _answer_if_ready(self, client: Client) -> None:
        arriving = client.arriving
        client.is_whole = arriving.is_whole()
        if arriving.has_too_long_head:
            self._refuse(client, 431)
        elif not client.is_whole and len(arriving.bytes) <= self.held:
            return
        elif client.takes_answers:
            self._leave_loop(client)
            client.state, client.until = ANSWERING, float("inf")  # until a thread takes it up
            self.clients[client] = None
            self.enqueue_req(client)
        elif len(arriving.bytes) > self.held:
            self._close(client)

    def handle(self, conn: Client) -> Any:
        """In the thread."""
        conn.until = time.monotonic() + self.answer_seconds
        return super().handle(conn)

    def _keepalive_after(self, conn: Client, keepalive: bool) -> bool:
        """In the thread: who still sends is not waited for."""
        if not keepalive or not conn.is_whole:
            return False
        try:
            return bool(conn.parser.finish_body())
        except Exception:  # chunks that are none
            return False

    def finish_request(self, conn: Client, fs: Future[bool]) -> None:
        """In the loop, after a thread: the next request, or the end."""
        self.clients.pop(conn, None)
        if fs.cancelled() or fs.exception() is not None or not fs.result():
            self._linger(conn)
            return
        conn.arriving = Arriving(conn.parser.unreader.take_buffered() + bytes(conn.arriving.bytes))
        self._wait(conn, WAITING, ARRIVE_SECONDS if conn.arriving.bytes else self.cfg.keepalive)
        if conn.arriving.bytes:
            self._answer_if_ready(conn)

    def murder_pending(self) -> None:
        """Called after all that happens: ends what is late."""
        now = time.monotonic()
        if now - self.looked_at < LOOK_SECONDS:
            return
        self.looked_at = now
        for client in list(self.clients):
            if not self.alive and client.state == WAITING:
                client.until = min(client.until, now + CLOSING_SECONDS)
            if client.until > now:
                if client.state == WAITING and client.arriving.bytes:
                    self._answer_if_ready(client)  # the answer before may have been taken by now
            elif client.state == ANSWERING:
                self._shut_down(client)  # which ends what the thread waits for
            elif client.state == WAITING and client.arriving.bytes:
                self._refuse(client, 408)
            else:
                self._close(client)

    def murder_keepalived(self, force: bool = False) -> None:
        if force:
            for client in list(self.clients):
                self._close(client)

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        """What the parser refuses. Neither the answer nor the log repeats what was sent."""
        is_fault = not type(exc).__module__.startswith("gunicorn.http")
        if is_fault:
            self.log.error("A request ended in %s", type(exc).__name__)
        _send(client, 500 if is_fault else 400)

    def _make_room(self) -> None:
        waiting = next((client for client in self.clients if client.state != ANSWERING), None)
        if waiting is not None:
            self._close(waiting)

    def _refuse(self, client: Client, status: int) -> None:
        self._leave_loop(client)
        _send(client.sock, status)
        self._linger(client)

    def _linger(self, client: Client) -> None:
        """Says that no more will come, and lets the client take the answer before the end."""
        try:
            client.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self._close(client)
        else:
            self._wait(client, LEAVING, LINGER_SECONDS)

    def _shut_down(self, client: Client) -> None:
        try:
            client.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            self.log.debug("A late connection had ended.")

    def _leave_loop(self, client: Client) -> None:
        self.clients.pop(client, None)
        try:
            self.poller.unregister(client.sock)
        except (KeyError, ValueError):
            return  # it was with a thread

    def _close(self, client: Client) -> None:
        if client.state == GONE:
            return
        self._leave_loop(client)
        client.state = GONE
        self.nr_conns -= 1
        close_quietly(client.sock)


class PatientFormsWorker(PatientWorker):
    """For the admin: longer forms, and files that take their time."""

    held = 320 * 1024
    answer_seconds = 120.0


def _send(sock: socket.socket, status: int) -> None:
    """An answer without words, as much of it as goes at once."""
    lines = (
        f"HTTP/1.1 {status} {REASONS[status]}",
        "Content-Length: 0",
        "Cache-Control: no-store",
        "X-Content-Type-Options: nosniff",
        "Connection: close",
    )
    try:
        sock.send("\r\n".join((*lines, "", "")).encode("ascii"), socket.MSG_DONTWAIT)
    except OSError:
        return
