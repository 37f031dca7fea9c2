import time
from collections.abc import Callable

import pytest

from chat.tokens import ConversationTokens, ExpiredToken, UnknownToken


@pytest.fixture
def tokens() -> ConversationTokens:
    return ConversationTokens("a-secret-of-the-tests", 60)


def test_a_token_brings_back_its_conversation(tokens: ConversationTokens) -> None:
    token, conversation = tokens.make("cy")
    assert tokens.read(token) == conversation
    assert conversation.language == "cy"


def test_two_conversations_never_share_an_id(tokens: ConversationTokens) -> None:
    assert len({tokens.make("en")[1].id for _ in range(200)}) == 200


@pytest.mark.parametrize(
    "spoil",
    [
        lambda token: "",
        lambda token: "made-up",
        lambda token: token[:-9] + ("A" if token[-9] != "A" else "B") + token[-8:],
        lambda token: "X" + token[1:],
        lambda token: token * 20,
        lambda token: token + "é\0",
        lambda token: ConversationTokens("another-secret-entirely", 60).make("en")[0],
    ],
)
def test_a_made_up_token_is_unknown(tokens: ConversationTokens, spoil: Callable[[str], str]) -> None:
    with pytest.raises(UnknownToken):
        tokens.read(spoil(tokens.make("en")[0]))


def test_an_old_token_is_expired_and_still_tells_its_language(
    tokens: ConversationTokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, _ = tokens.make("cy")
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + 62)
    with pytest.raises(ExpiredToken) as expired:
        tokens.read(token)
    assert expired.value.language == "cy"
