"""An HTTP client whose requests have one deadline for everything: connecting, sending, headers and body.

httpx has time limits for each read and write, so a server that sends a byte now and then could hold a person
for minutes. Here every read and write gets only the time that is left.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import httpcore
import httpx

LARGEST_REPLY = 2_000_000  # bytes
KEEP_ALIVE_SECONDS = 3.0  # below the 5 s after which Rasa's server closes an idle connection

_ends_at: ContextVar[float | None] = ContextVar("ends_at", default=None)


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Requests inside have this many seconds together; then they end with httpx.TimeoutException."""
    token = _ends_at.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _ends_at.reset(token)


def make_client(connections: int) -> httpx.Client:
    """A client that keeps connections alive and never follows a redirect or a proxy setting."""
    return httpx.Client(transport=_DeadlineTransport(connections), trust_env=False)


def _time_left(timeout: float | None) -> float | None:
    ends_at = _ends_at.get()
    if ends_at is None:
        return timeout
    left = ends_at - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("deadline")
    return left if timeout is None else min(timeout, left)


class _DeadlineStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _time_left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _time_left(timeout))

    def close(self) -> None:
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _DeadlineBackend(httpcore.NetworkBackend):
    def __init__(self) -> None:
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        left = _time_left(timeout)
        return _DeadlineStream(self._backend.connect_tcp(host, port, left, local_address, socket_options))


class _DeadlineTransport(httpx.BaseTransport):
    def __init__(self, connections: int) -> None:
        self._pool = httpcore.ConnectionPool(
            max_connections=connections,
            keepalive_expiry=KEEP_ALIVE_SECONDS,
            network_backend=_DeadlineBackend(),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        try:
            reply = self._pool.handle_request(
                httpcore.Request(
                    request.method,
                    httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
            try:
                content = _read(reply)
            finally:
                reply.close()
        except httpcore.TimeoutException as error:
            raise httpx.ReadTimeout("deadline", request=request) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
            raise httpx.NetworkError(type(error).__name__, request=request) from error
        return httpx.Response(reply.status, headers=reply.headers, content=content, request=request)

    def close(self) -> None:
        self._pool.close()


def _read(reply: httpcore.Response) -> bytes:
    parts, size = [], 0
    for part in reply.iter_stream():
        size += len(part)
        if size > LARGEST_REPLY:
            raise httpcore.RemoteProtocolError("too large")
        parts.append(part)
    return b"".join(parts)
