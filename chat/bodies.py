"""The body of a request: a JSON object of bounded size, or a problem."""

from __future__ import annotations

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from chat.problems import ProblemFound

LARGEST_BODY = 64 * 1024  # bytes


def check_body(*, may_be_empty: bool = False) -> None:
    """Refuse a body that is no JSON object. Raises ProblemFound."""
    try:
        size = len(request.get_data(cache=True))
    except RequestEntityTooLarge:
        size = LARGEST_BODY
    except Exception:  # chunks that are none, or not all of it came: each server has its own class for that
        raise ProblemFound("bad_request") from None
    if size >= LARGEST_BODY:  # a streamed body is cut at the limit without an error
        raise ProblemFound("too_large")
    if not size and may_be_empty:
        return
    if not request.is_json:
        raise ProblemFound("not_json")
    try:
        body = request.get_json(silent=True)
    except RecursionError:
        body = None
    if not isinstance(body, dict):
        raise ProblemFound("broken_json")
