"""Requests that are not what a browser sends: methods, types, addresses, headers, two requests in one."""

from __future__ import annotations

import json
import re
import socket
from urllib.parse import urlsplit

import pytest

from ops.conversation import Conversation
from ops.stack import Stack
from tests.attack.conftest import Attack
from tests.attack.odd_requests import AMBIGUOUS, BODIES, FLOODS, METHODS, PATHS, TYPES

SECRETS = re.compile(
    rb"root:x:|from __future__|BEGIN [A-Z ]*PRIVATE|SQLite format 3|\[core\]|Traceback|PRAGMA|LANTERN_|werkzeug|"
    rb"site-packages"
)


def exchange(url: str, data: bytes, seconds: float = 4.0) -> bytes:
    """What comes back, until the server closes or says nothing more."""
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname, parts.port), timeout=seconds) as sock:
        answer = b""
        try:
            sock.sendall(data)
            sock.settimeout(0.7)
            while len(answer) < 2_000_000 and (more := sock.recv(65_536)):
                answer += more
        except OSError:
            pass  # refused in the middle, or nothing more to say
        return answer


def statuses(answer: bytes) -> list[int]:
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3}) ", answer)]


def judge(attack: Attack, what: str, answer: bytes) -> None:
    """No fault, nothing of ours."""
    found = statuses(answer)
    attack.expect(all(status < 500 or status == 501 for status in found), f"{found} for {what}")
    leak = SECRETS.search(answer)
    attack.expect(leak is None, f"{leak and leak[0]!r} in the answer to {what}")


@pytest.fixture(params=["chat", "admin"])
def url(stack: Stack, request: pytest.FixtureRequest) -> str:
    return stack.chat_url if request.param == "chat" else stack.admin_url


def attack_addresses(attack: Attack, url: str) -> None:
    """Addresses that lead out of a folder, or to what other programs leave open."""
    for path in PATHS:
        for method in ("GET", "POST"):
            request = f"{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            judge(attack, f"{method} {path[:100]}", exchange(url, request.encode("utf-8")))


def attack_methods(attack: Attack, url: str) -> None:
    """Methods that nobody needs."""
    for path in (
        "/",
        "/api/conversations",
        "/api/helplines",
        "/healthz",
        "/sign-in",
        "/static/admin.css",
        "/openapi.json",
    ):
        for method in METHODS:
            request = f"{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            answer = exchange(url, request.encode())
            judge(attack, f"{method} {path}", answer)
            is_refused = method in METHODS[:7] or not any(status < 300 for status in statuses(answer))
            attack.expect(is_refused, f"{method} {path} is answered {statuses(answer)}")
            attack.expect(b"TRACE / HTTP" not in answer, "TRACE gives back what was sent")


def attack_ambiguous_requests(attack: Attack, url: str) -> None:
    """Requests that two servers could read differently: the second one hidden in the first is never answered."""
    for what, request in AMBIGUOUS.items():
        answer = exchange(url, request)
        judge(attack, what, answer)
        attack.expect(b"\r\nX-Bad" not in answer, f"{what}: a header was put in")
        is_split = len(statuses(answer)) > 1 and statuses(answer)[0] < 400
        attack.expect(not is_split, f"{what}: two answers {statuses(answer)}")


def attack_floods(attack: Attack, url: str) -> None:
    """Request lines and headers without measure."""
    for what, request in FLOODS.items():
        answer = exchange(url, request)
        judge(attack, what, answer)
        attack.expect(not answer or b"yyyyy" not in answer, f"{what} comes back")


def attack_bodies(attack: Attack, stack: Stack) -> None:
    """Every wrong type with every wrong body: no fault, and whoever writes gets help."""
    talk = Conversation(stack.chat_url)
    for path in ("/api/conversations", f"/api/conversations/{talk.token}/messages"):
        for type_ in TYPES:
            for body in BODIES:
                line = f"Content-Type: {type_}\r\n" if type_ is not None else ""
                head = (
                    f"POST {path} HTTP/1.1\r\nHost: x\r\n{line}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
                )
                answer = exchange(stack.chat_url, head.encode() + body)
                what = f"{type_!s:.40} {body[:40]!r} at {path[-9:]}"
                judge(attack, what, answer)
                words = answer.partition(b"\r\n\r\n")[2]
                has_help = not words or bool(json.loads(words).get("messages"))
                attack.expect(bool(words) and has_help, f"no help for {what}: {answer[:80]!r}")
