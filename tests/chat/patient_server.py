"""A server of two threads in front of an app that says what it was sent: python -m tests.chat.patient_server PORT."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any

from gunicorn.app.base import BaseApplication

from ops import patient_worker

LARGEST = 300_000
patient_worker.ARRIVE_SECONDS = 3.0
patient_worker.LINGER_SECONDS = 1.0
patient_worker.PatientWorker.answer_seconds = 2.0


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The path and the length of the body; /large is more than any buffer holds; /fault ends in one."""
    if environ["PATH_INFO"] == "/fault":
        raise ValueError("words of a person")
    length = int(environ.get("CONTENT_LENGTH") or 0)
    is_read = environ["REQUEST_METHOD"] == "POST" and length <= LARGEST
    body = environ["wsgi.input"].read() if is_read else b""
    answer = f"{environ['PATH_INFO']} {len(body)}".encode()
    if environ["PATH_INFO"] == "/large":
        answer = b"x" * 20_000_000
    start_response("200 OK" if length <= LARGEST else "413 Too large", [("Content-Length", str(len(answer)))])
    return [answer]


class Server(BaseApplication):  # type: ignore[misc]
    def load_config(self) -> None:
        self.cfg.set("bind", f"127.0.0.1:{sys.argv[1]}")
        self.cfg.set("worker_class", "ops.patient_worker.PatientWorker")
        self.cfg.set("threads", 2)
        self.cfg.set("keepalive", 2)
        self.cfg.set("graceful_timeout", 5)

    def load(self) -> Any:
        return app


if __name__ == "__main__":
    sys.argv, port = sys.argv[:1], sys.argv[1]
    sys.argv.append(port)
    Server().run()
