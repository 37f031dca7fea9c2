"""Rate limits, kept in memory: generous enough for a whole school behind one address."""

from __future__ import annotations

import time

from flask import Flask, Response, request
from flask_limiter import ApplicationLimit, Limiter
from flask_limiter.util import get_remote_address

from chat.service import current_chat
from chat.settings import Settings
from chat.tokens import ExpiredToken, UnknownToken

OF_CONVERSATION = "30 per minute; 5 per second"
OF_ADDRESS = "6000 per minute"
OF_NEW_CONVERSATIONS = "600 per minute"
PROBES = ("health.get_healthz", "health.get_readyz")


def init_app(app: Flask, settings: Settings) -> None:
    """Count requests by conversation and by address; a limited one is answered 429 with Retry-After."""
    limiter = Limiter(
        get_remote_address,
        app=app,
        application_limits=[
            ApplicationLimit(OF_CONVERSATION, key_function=_conversation, scope="message", exempt_when=_is_no_message),
            ApplicationLimit(OF_NEW_CONVERSATIONS, scope="start", exempt_when=_is_no_start),
            ApplicationLimit(OF_ADDRESS, scope="address", exempt_when=_is_free),
        ],
        storage_uri="memory://",
        strategy="fixed-window",
        enabled=settings.is_rate_limited,
    )

    @app.after_request
    def say_when_to_retry(response: Response) -> Response:
        limit = limiter.current_limit
        if response.status_code == 429 and limit is not None:
            response.headers["Retry-After"] = str(max(1, round(limit.reset_at - time.time())))
        return response


def _conversation() -> str:
    """The conversation's id, so that it counts as one however its token is written; else the address."""
    try:
        return current_chat().tokens.read((request.view_args or {}).get("conversation", "")).id
    except (UnknownToken, ExpiredToken):
        return get_remote_address()


def _is_no_message() -> bool:
    return request.endpoint != "conversations.post_message" or request.method == "OPTIONS"


def _is_no_start() -> bool:
    return request.endpoint != "conversations.start_conversation" or request.method == "OPTIONS"


def _is_free() -> bool:
    return request.endpoint in PROBES or request.method == "OPTIONS"
