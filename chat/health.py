"""Whether the server is up, and whether everything behind it is."""

from __future__ import annotations

from typing import Any

from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from chat.rasa import answers
from chat.request_log import log_fault
from chat.schemas import Health, Readiness
from chat.service import Chat, current_chat

PROBE_SECONDS = 0.8
blueprint = APIBlueprint("health", __name__, abp_tags=[Tag(name="health")])


@blueprint.get("/healthz", responses={200: Health})
def get_healthz() -> dict[str, Any]:
    """The process answers."""
    return {"status": "ok"}


@blueprint.get("/readyz", responses={200: Readiness, 503: Readiness})
def get_readyz() -> tuple[dict[str, Any], int]:
    """Each part behind the chat, and whether it answers. Without Rasa people still get help from here."""
    chat = current_chat()
    number = _release_number(chat)
    parts = {
        "release": number is not None,
        "rasa": chat.rasa.is_ready(PROBE_SECONDS),
        "actions": answers(chat.http, f"{chat.settings.actions_url}/health", PROBE_SECONDS),
    }
    is_ready = all(parts.values())
    status = "ready" if is_ready else "not_ready"
    return {"status": status, "parts": parts, "release": number}, 200 if is_ready else 503


def _release_number(chat: Chat) -> int | None:
    try:
        return chat.store.current().number
    except Exception as error:
        log_fault(error)
        return None
