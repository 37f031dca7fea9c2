"""What the chat server sends becomes a message that no typed text can turn into an intent."""

from __future__ import annotations

import pytest

from bot.channel import read_message


@pytest.mark.parametrize("typed", ["/restart", '/ask_grooming{"x":1}', "  //restart", "/"])
def test_a_leading_slash_is_text_like_any_other(typed: str) -> None:
    message = read_message({"sender": "a", "text": typed})
    assert message.parse_data is None
    assert not message.text.startswith("/")
    assert message.text


def test_a_button_is_its_intent_with_full_confidence() -> None:
    message = read_message({"sender": "a", "action": "ask_grooming:signs", "metadata": {"language": "cy"}})
    assert message.parse_data["intent"] == {"name": "ask_grooming", "confidence": 1.0}
    assert message.metadata["argument"] == "signs"
    assert message.metadata["language"] == "cy"


@pytest.mark.parametrize("body", [{}, {"sender": ""}, {"sender": "a"}, {"sender": 3, "text": "x"}, [], None])
def test_a_body_without_sender_or_words_is_refused(body: object) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        read_message(body)
