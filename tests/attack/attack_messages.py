"""Messages that want to break the chat. Whatever comes, there is an answer, and nothing that was sent is in it."""

from __future__ import annotations

import itertools
import json
import logging
import secrets
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
import yaml
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from chat.app import create_app
from chat.schemas import LONGEST_TEXT, clean_text
from chat.settings import Settings
from content.library import read_library
from content.release import Release
from content.settings import LIBRARY
from ops.conversation import Conversation
from ops.stack import Stack
from safety import Assessor
from tests.attack.conftest import Attack
from tests.attack.messages import MARK, PRODUCT, TEMPLATES, messages
from tests.chat.conftest import SECRET, FakeRasa, FixedStore
from tests.conftest import ROOT

ALONE, TOGETHER = 20_000, 600  # messages: to the chat alone, and through the whole stack
SLOWEST = 2.0  # seconds
AT_ONCE = 40  # messages of one conversation, then another begins
NEVER = ("<script", "<img", "<svg", "<iframe", "onerror", "javascript:", PRODUCT, "srcdoc", "Traceback", "\ufffd")
LONG = 16  # characters; what is shorter may be in an answer by chance
Post = Callable[[str], tuple[int, str, float]]


def intent_names() -> list[str]:
    files = sorted((ROOT / "bot" / "domain").glob("*.yml"))
    return [name for file in files for name in yaml.safe_load(file.read_text()).get("intents") or []]


INTENTS = intent_names()


def judge(attack: Attack, sent: str, mark: str, post: Post) -> None:
    """Sends one message and looks at the answer."""
    status, body, took = post(sent)
    for _ in range(2):  # a busy machine may be slow once, an attack is slow each time
        if took > SLOWEST:
            status, body, took = post(sent)
    cleaned = clean_text(json.loads(as_json(sent))["text"])  # as it arrives: two half characters are one
    expected = (422, 413) if not cleaned or len(cleaned) > LONGEST_TEXT else (200,)
    answer = json.loads(body).get("messages")
    comes_back = len(cleaned) >= LONG and json.dumps(cleaned, ensure_ascii=False)[1:-1] in body
    signs = [sign for sign in NEVER if sign.casefold() in body.casefold()]
    wrong = [
        f"status {status}" if status not in expected else "",
        f"{took:.1f} s" if took > SLOWEST else "",
        "no answer" if not answer or not all(map(has_words, answer)) else "",
        "it comes back" if mark in body or comes_back else "",
        f"{signs} in the answer" if signs else "",
    ]
    attack.expect(not any(wrong), f"{', '.join(filter(None, wrong))}: {sent[:200]!r}")


def as_json(text: str) -> bytes:
    """As a browser sends it, with half characters as escapes."""
    return json.dumps({"text": text}).encode("ascii")


def has_words(message: dict[str, Any]) -> bool:
    return bool(str(message.get("text") or message.get("title") or "").strip() or message.get("helplines"))


def fuzz(attack: Attack, count: int, post: Post) -> None:
    @how(max_examples=count, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(messages(INTENTS), st.booleans())
    def send(text: str, is_marked: bool) -> None:
        mark = f"qz{secrets.token_hex(6)}"
        judge(attack, text.replace(MARK, mark) + (f" {mark}" if is_marked else ""), mark, post)

    send()


@pytest.fixture(scope="module")
def release() -> Release:
    return Release.from_snapshot(read_library(LIBRARY))


@pytest.fixture
def alone(rasa: FakeRasa, release: Release) -> Iterator[Post]:
    """The chat with its rules and the starter content, in front of a Rasa that answers one time and fails another."""
    app = create_app(
        Settings(SECRET, "sqlite://", rasa_url=rasa.url, actions_url=rasa.url, is_rate_limited=False),
        store=FixedStore(release),  # type: ignore[arg-type]
        assessor=Assessor.load(),
    )
    client, modes = app.test_client(), itertools.cycle(("answer", "error", "answer", "rubbish"))
    path, left = "", 0

    def post(text: str) -> tuple[int, str, float]:
        nonlocal path, left
        if not left:
            token = client.post("/api/conversations", json={}).json["conversation"]
            path, left = f"/api/conversations/{token}/messages", AT_ONCE
        rasa.mode, left = next(modes), left - 1
        rasa.received.clear()
        started = time.monotonic()
        answer = client.post(path, data=as_json(text), content_type="application/json")
        assert all("action" not in message for message in rasa.received), f"became a button: {text!r}"
        return answer.status_code, answer.text, time.monotonic() - started

    yield post
    app.extensions["lantern.chat"].http.close()


def attack_messages_alone(attack: Attack, alone: Post) -> None:
    """Fuzzed messages to the chat alone, with a fake Rasa."""
    logging.disable()
    fuzz(attack, ALONE, alone)


def attack_messages_together(attack: Attack, stack: Stack) -> None:
    """Fuzzed messages through the whole stack."""
    with httpx.Client(base_url=stack.chat_url, timeout=20) as http:
        path, left = "", 0

        def post(text: str) -> tuple[int, str, float]:
            nonlocal path, left
            if not left:
                token = http.post("/api/conversations", json={}).json()["conversation"]
                path, left = f"/api/conversations/{token}/messages", AT_ONCE
            left -= 1
            started = time.monotonic()
            answer = http.post(path, content=as_json(text), headers={"Content-Type": "application/json"})
            return answer.status_code, answer.text, time.monotonic() - started

        fuzz(attack, TOGETHER, post)


def shape(talk: Conversation, text: str) -> list[tuple[Any, ...]]:
    return [(message["type"], message.get("text"), len(message.get("helplines", ()))) for message in talk.type(text)]


def attack_slash_payloads(attack: Attack, stack: Stack) -> None:
    """A payload with a slash is answered as the same words without it, for each intent."""
    for name in INTENTS:
        plain, slashed = Conversation(stack.chat_url, language="en"), Conversation(stack.chat_url, language="en")
        payload = f'{name}{{"argument": "now"}}'
        attack.expect(shape(plain, payload) == shape(slashed, f"/{payload}"), f"/{payload} means more than {payload}")
    talk = Conversation(stack.chat_url, language="en")
    for payload in ("/delete_chat:now", '/delete_chat{"argument":"now"}', "/restart", "/session_start", "/back"):
        talk.type(payload)
        attack.expect(talk.post({"text": "hello"}).status_code == 200, f"{payload} ended the conversation")


def attack_templates_in_other_fields(attack: Attack, stack: Stack) -> None:
    """Templates and markup where the API takes no text: fields, addresses, headers."""
    with httpx.Client(base_url=stack.chat_url, timeout=20) as http:
        for text in (*TEMPLATES, "<script>alert(1)</script>", "x" * 60_000, "\u202e", "🫠"):
            answers = [
                http.post("/api/conversations", json={name: text})
                for name in ("language", "nation", "place", "age_band", "audience", "reading_level", "lesson", "site")
            ]
            answers += [http.get("/api/helplines", params={"need": text[:3000]}), http.get(f"/{text[:1000]}")]
            answers += [http.get("/api/helplines", headers={"Accept-Language": text.encode()[:3000]})]
            answers += [http.delete("/api/conversations/" + text.replace("/", "")[:1000])]
            for answer in answers:
                is_told = answer.status_code < 500 and PRODUCT not in answer.text
                attack.expect(is_told, f"{answer.status_code} for {text[:60]!r} at {answer.url!s:.120}")
                is_shown = len(text) > 5 and (text in answer.text or "<script>alert" in answer.text)
                attack.expect(not is_shown, f"{text[:60]!r} comes back from {answer.url!s:.120}")
