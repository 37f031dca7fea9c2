"""A clock that is set back, or forward, while somebody is in a chat."""

import time

import pytest

from chat.tokens import ConversationTokens, ExpiredToken

HOUR = 3600


@pytest.fixture
def clock(monkeypatch):
    """Moves the clock of the wall by a number of seconds."""

    def move(seconds: float) -> None:
        now = time.time()
        monkeypatch.setattr("itsdangerous.timed.time.time", lambda: now + seconds)

    return move


def test_a_chat_goes_on_when_the_clock_was_set_back(clock) -> None:
    tokens = ConversationTokens("a-secret-of-the-tests", 60)
    clock(HOUR)
    token, conversation = tokens.make("cy")
    clock(0)
    assert tokens.read(token) == conversation


def test_a_chat_is_over_when_the_clock_was_set_forward_beyond_its_time(clock) -> None:
    tokens = ConversationTokens("a-secret-of-the-tests", 60)
    token, _ = tokens.make("cy")
    clock(HOUR)
    with pytest.raises(ExpiredToken):
        tokens.read(token)
