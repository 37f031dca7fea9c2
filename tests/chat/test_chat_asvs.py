"""What the OWASP standard asks of the chat that no other test shows; docs/security.md names these tests."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from itsdangerous import URLSafeTimedSerializer

from chat.buttons import ButtonSigner
from chat.tokens import ConversationTokens, UnknownToken

KEY = "only-for-tests-only-for-tests"
A_YEAR = 365 * 24 * 3600


@pytest.mark.parametrize(
    ("address", "is_said"), [("https://chat.example.org", True), ("http://127.0.0.1:8000", False), ("", False)]
)
def test_where_the_chat_is_reached_by_https_it_stays_with_https(
    make_app: Callable[..., Any], address: str, is_said: bool
) -> None:
    client = make_app(public_origin=address).test_client()
    for path in ("/", "/chat", "/widget/widget.js", "/api/helplines", "/healthz", "/nowhere"):
        said = client.get(path).headers.get("Strict-Transport-Security", "")
        assert said == (f"max-age={A_YEAR}" if is_said else ""), path


def test_a_token_is_signed_with_sha_256_and_with_nothing_else() -> None:
    tokens = ConversationTokens(KEY, 60)
    token, conversation = tokens.make("en")
    assert len(base64.urlsafe_b64decode(token.rpartition(".")[2] + "=")) == hashlib.sha256().digest_size
    for weaker in (hashlib.sha1, hashlib.md5):
        serializer = URLSafeTimedSerializer(KEY, salt="chat.conversation", signer_kwargs={"digest_method": weaker})
        with pytest.raises(UnknownToken):
            tokens.read(str(serializer.dumps([conversation.id, "en"])))


def test_the_signature_of_a_button_has_128_bits() -> None:
    mac = ButtonSigner(KEY).sign("one", "ask_consent").rpartition(".")[2]
    assert len(base64.urlsafe_b64decode(mac)) * 8 >= 128


@pytest.mark.parametrize(
    ("path", "type_"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/chat", "text/html; charset=utf-8"),
        ("/widget/widget.js", "text/javascript; charset=utf-8"),
        ("/widget/style.css", "text/css; charset=utf-8"),
        ("/widget/start.json", "application/json"),
        ("/api/helplines", "application/json"),
        ("/openapi.json", "application/json"),
        ("/healthz", "application/json"),
        ("/nowhere", "application/problem+json"),
        ("/api/helplines?need=nothing", "application/problem+json"),
    ],
)
def test_an_answer_says_what_it_is_and_is_that(make_app: Callable[..., Any], path: str, type_: str) -> None:
    answer = make_app().test_client().get(path)
    assert answer.headers["Content-Type"] == type_
    words = answer.data.decode("utf-8")
    if "json" in type_:
        assert isinstance(json.loads(words), dict)
    else:
        assert words.lstrip().lower().startswith("<!doctype html") is ("html" in type_)
