"""What a person types is in no file that the system wrote."""

from __future__ import annotations

from ops.conversation import Conversation
from ops.stack import Stack

MARK = "zebrafinch-7731"


def test_typed_words_reach_no_file(stack: Stack) -> None:
    talk = Conversation(stack.chat_url)
    for text in (f"what is grooming {MARK}", f"he made me do stuff {MARK}", f"/restart {MARK}", MARK * 400):
        assert talk.post({"text": text}).status_code < 500
    own = [path for path in stack.data_dir.rglob("*") if path.is_file() and not path.is_symlink()]
    assert own
    holding = [str(path) for path in own if MARK.encode() in path.read_bytes()]
    assert holding == []


def test_no_cookie_is_set(stack: Stack) -> None:
    talk = Conversation(stack.chat_url)
    assert "set-cookie" not in talk.post({"text": "hello"}).headers
