"""The one input channel: text or a checked button in, messages out. Only the chat server speaks to it, on loopback.

A button never travels as a text payload: it becomes parse data here, so that nothing a person types can name an intent.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.patches import apply_patches

logger = logging.getLogger(__name__)
apply_patches()


class LanternInput(InputChannel):
    """POST /messages, DELETE /conversations/<id>, GET / under /webhooks/lantern."""

    @classmethod
    def name(cls) -> str:
        """The folder of the address: /webhooks/lantern."""
        return "lantern"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The three routes."""
        routes = Blueprint("lantern_channel", "lantern_channel")

        @routes.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @routes.route("/messages", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            try:
                message = read_message(request.json)
            except (KeyError, TypeError, ValueError):
                return response.json({"error": "sender and either text or action are needed"}, status=400)
            try:
                await on_new_message(message)
            except Exception as error:
                # Neither the exception's words nor its traceback: they can quote what the person wrote.
                logger.error("A message could not be answered: %s", type(error).__name__)
                return response.json({"error": "internal"}, status=500)
            collected = message.output_channel.messages
            return response.json({"messages": [part["custom"] for part in collected if "custom" in part]})

        @routes.route("/conversations/<sender>", methods=["DELETE"])
        async def forget(request: Request, sender: str) -> HTTPResponse:
            agent = request.app.ctx.agent
            await agent.tracker_store.forget(sender)
            return response.empty(status=204)

        return routes


def read_message(body: Any) -> UserMessage:
    """The message of a request body {"sender", "text" or "action", "metadata"?}. Raises KeyError or ValueError."""
    sender = body["sender"]
    if not isinstance(sender, str) or not sender:
        raise ValueError("sender")
    metadata = body.get("metadata") or {}
    output = CollectingOutputChannel()
    if "action" in body:
        return _button(str(body["action"]), sender, metadata, output)
    # A leading slash would be read as an intent payload by Rasa; typed text is always text.
    text = str(body["text"]).strip().lstrip("/").strip() or "?"
    return UserMessage(text, output, sender, input_channel=LanternInput.name(), metadata=metadata)


def _button(action: str, sender: str, metadata: dict[str, Any], output: CollectingOutputChannel) -> UserMessage:
    """A pressed button: its intent with full confidence, its argument in the metadata."""
    intent, _, argument = action.partition(":")
    parsed = {
        "text": action,
        "intent": {"name": intent, "confidence": 1.0},
        "intent_ranking": [{"name": intent, "confidence": 1.0}],
        "entities": [],
    }
    return UserMessage(
        action,
        output,
        sender,
        parse_data=parsed,
        input_channel=LanternInput.name(),
        metadata={**metadata, "argument": argument or None, "pressed": True},
    )
