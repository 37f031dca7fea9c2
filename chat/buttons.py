"""Buttons: each action leaves the server signed for its conversation, so one never offered is refused.

Nothing is remembered for it: the signature is made again and compared.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from typing import Any

LONGEST_ACTION = 200
MAC_BYTES = 18  # 24 characters of base64, without padding

# These are offered on every screen, so also without a signature.
ALWAYS_OFFERED = frozenset(
    {
        "request_help",
        "show_topics",
        "start_again",
        "delete_chat",
        "speak_english",
        "speak_welsh",
        "change_reading_level:easy_read",
        "change_reading_level:standard",
    }
)


class UnknownButton(Exception):
    """The action was never offered in this conversation."""


class ButtonSigner:
    """Signs actions as "<action>.<mac>" and checks them."""

    def __init__(self, secret_key: str) -> None:
        self._key = hashlib.sha256(b"chat.button\0" + secret_key.encode()).digest()

    def sign(self, conversation_id: str, action: str) -> str:
        """The action as the browser gets it."""
        return f"{action}.{self._mac(conversation_id, action)}"

    def check(self, conversation_id: str, signed: str) -> str:
        """The plain action of a signed one. Raises UnknownButton."""
        if signed in ALWAYS_OFFERED:
            return signed
        action, _, mac = signed.rpartition(".")
        if len(signed) <= LONGEST_ACTION and signed.isascii() and action:  # noqa: SIM102 (reads as two steps)
            if hmac.compare_digest(mac, self._mac(conversation_id, action)):
                return action
        raise UnknownButton

    def sign_all(self, conversation_id: str, messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """A copy of the messages with every button signed, however deep it lies."""
        signed: list[dict[str, Any]] = self._sign_within(conversation_id, messages)
        return signed

    def _sign_within(self, conversation_id: str, value: Any) -> Any:
        if isinstance(value, list):
            return [self._sign_within(conversation_id, item) for item in value]
        if not isinstance(value, dict):
            return value
        copy = {key: self._sign_within(conversation_id, item) for key, item in value.items()}
        for button in copy.get("buttons") or ():
            button["action"] = self.sign(conversation_id, button["action"])
        return copy

    def _mac(self, conversation_id: str, action: str) -> str:
        digest = hmac.digest(self._key, f"{conversation_id}\0{action}".encode(), "sha256")
        return urlsafe_b64encode(digest[:MAC_BYTES]).decode("ascii")


def without_buttons(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The messages for where no conversation is open, so that no button could be answered."""
    return [{key: value for key, value in message.items() if key != "buttons"} for message in messages]
