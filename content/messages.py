"""Builders of the messages that the bot sends and the widget shows. The words come from the release."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from content.release import Release
from content.routing import Offer
from content.taxonomy import DEFAULT_LANGUAGE

Message = dict[str, Any]
Button = dict[str, str]


def button(label: str, action: str) -> Button:
    return {"label": label, "action": action}


def text(words: str, buttons: Sequence[Button] = ()) -> Message:
    return _with_buttons({"type": "text", "text": words}, buttons)


def question(words: str, buttons: Sequence[Button]) -> Message:
    """A question that the person may always skip."""
    return _with_buttons({"type": "question", "text": words}, buttons)


def notice(words: str) -> Message:
    return {"type": "notice", "text": words}


def helpline_list(
    offers: Sequence[Offer], language: str, buttons: Sequence[Button] = (), text: str | None = None
) -> Message:
    """The helplines in the order to show them; `text` is said above them."""
    message: Message = {
        "type": "helplines",
        "helplines": [describe_helpline(offered, language) for offered in offers],
    }
    if text:
        message["text"] = text
    return _with_buttons(message, buttons)


def describe_picture(release: Release, id_: str, language: str) -> dict[str, str]:
    """A picture for the public: where it is, from the address of the chat server on, and what it shows in words."""
    picture = release.pictures[id_]
    version = sha256(picture["svg"].encode()).hexdigest()[:8]  # another drawing has another address
    alt = picture["alt"].get(language) or picture["alt"][DEFAULT_LANGUAGE]
    return {"src": f"widget/pictures/{id_}.svg?v={version}", "alt": alt}


def describe_helpline(offered: Offer, language: str) -> dict[str, Any]:
    """A helpline for the public, each text in `language` or else in English.

    `open_now` is None when the hours are not known. A route to text carries `say`, the word to send, where
    the line wants one.
    """
    line = offered.helpline
    return {
        "id": line.id,
        "name": line.words("name", language),
        "what_for": line.words("what_for", language),
        "routes": [
            {"channel": route.channel, "label": route.label, "href": route.href}
            | ({"say": route.say} if route.say else {})
            for route in line.routes
        ],
        "hours": line.words("hours_words", language),
        "open_now": offered.open_now,
        "cost": line.words("cost", language),
        "trace": line.words("trace", language),
        "privacy": line.words("privacy", language),
        "awaiting_check": offered.awaiting_check,
    }


def _with_buttons(message: Message, buttons: Sequence[Button]) -> Message:
    if buttons:
        message["buttons"] = list(buttons)
    return message
