"""Reading Rasa's answer: what may be shown, what is for chat itself, what is no answer at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from chat.schemas import Message
from content.helplines import EMERGENCY

SHOWN_TYPES = frozenset({"text", "card", "helplines", "question", "story", "notice"})
_messages = TypeAdapter(list[Message])


class BrokenAnswer(Exception):
    """Rasa's answer has nothing to show, or a message of the wrong shape."""


@dataclass(frozen=True)
class Answered:
    """Messages to show, what changed in the profile, and whether the person ended the conversation."""

    messages: list[dict[str, Any]]
    profile_changes: dict[str, Any]
    has_ended: bool


def read_answer(raw: list[Any]) -> Answered:
    """Split and check Rasa's messages. Unknown types are left out.

    A broken message breaks the whole answer, because half of one could be the half without the help.
    Raises BrokenAnswer.
    """
    shown: list[dict[str, Any]] = []
    changes: dict[str, Any] = {}
    for message in raw:
        if not isinstance(message, dict):
            raise BrokenAnswer
        if message.get("type") == "profile":
            changes |= {key: value for key, value in message.items() if key != "type"}
        elif message.get("type") in SHOWN_TYPES:
            shown.append(message)
    if not shown:
        raise BrokenAnswer
    try:
        checked = _messages.validate_python(shown)
    except ValidationError:
        raise BrokenAnswer from None  # its words quote the message
    messages = [message.model_dump(exclude_unset=True) for message in checked]
    return Answered(messages, changes, changes.get("ended") is True)


def puts_999_first(messages: list[dict[str, Any]]) -> bool:
    """Whether the answer begins with ringing 999, and 999 stands alone in its first list."""
    first_words = messages[0].get("text")
    lists = [message["helplines"] for message in messages if message["type"] == "helplines"]
    is_alone = bool(lists) and [line["id"] for line in lists[0]] == [EMERGENCY]
    return is_alone and (not first_words or "999" in first_words)
