"""The server's log: one line a request, one a fault, and nothing that a person wrote or is known by.

No address, no token, no query, no text. An exception's own words are left out too: they can quote a message.
"""

from __future__ import annotations

import json
import logging
import time
import traceback

from flask import Flask, Response, g, request

log = logging.getLogger("lantern.chat")

# These name addresses or conversations when they speak.
TALKATIVE_LOGGERS = ("httpx", "httpcore", "flask-limiter", "werkzeug")


def init_app(app: Flask) -> None:
    """Have each request logged by its route, never by its path."""
    for name in TALKATIVE_LOGGERS:
        logging.getLogger(name).setLevel(logging.ERROR)

    @app.before_request
    def start_clock() -> None:
        g.started_at = time.perf_counter()

    @app.after_request
    def log_request(response: Response) -> Response:
        started_at = g.get("started_at")
        took = 0.0 if started_at is None else (time.perf_counter() - started_at) * 1000
        line = {
            "method": request.method if request.method in KNOWN_METHODS else "other",
            "route": request.url_rule.rule if request.url_rule else None,
            "status": response.status_code,
            "ms": round(took, 1),
        }
        log.info(json.dumps(line))
        return response


KNOWN_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def log_fault(error: BaseException) -> None:
    """Log where an exception came from and its class, without its words."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    places = [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames]
    log.error(json.dumps({"fault": type(error).__name__, "at": places}))


def log_unanswered(error: Exception) -> None:
    """Log that Rasa gave no answer, and in a word why; these exceptions hold no text of a person."""
    log.warning(json.dumps({"unanswered": type(error).__name__, "why": str(error)}))
