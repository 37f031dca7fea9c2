"""Other people's pages: what they may ask of the chat, and that they get nothing of the admin. And all headers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from admin.app import create_app
from admin.database import ENGINE
from admin.settings import Settings
from content.release import Release
from tests.admin.browsing import Browser as StaffBrowser
from tests.admin.test_admin_permissions import pages
from tests.attack.conftest import Attack
from tests.chat.conftest import Browser, FakeRasa, FixedStore

MakeApp = Callable[..., Any]
OTHERS = (
    "https://example.org",
    "null",
    "http://localhost.example.org",
    "https://school.example.evil.example",
    "file://",
)
SCHOOL = "https://school.example"
SITE = {
    "key": "school", "name": "School", "origins": [SCHOOL], "place": None, "nation": None, "language": "cy",
    "audience": "young_person", "topics": [], "colours": {}, "exit_url": "", "keeps_conversation": False,
    "is_open": True,
}  # fmt: skip
FORBIDDEN = ("Server: gunicorn", "X-Powered-By", "Set-Cookie")
NEEDED_BY_CHAT = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "-src 'none'",
}
NEEDED_BY_ADMIN = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
    "Strict-Transport-Security": "max-age=31536000",
}


@pytest.fixture
def chat(make_app: MakeApp, store: FixedStore) -> Any:
    """The chat, with a school whose pages may hold it."""
    snapshot = {**store.release.snapshot, "sites": [SITE]}
    store.release = Release.from_snapshot(snapshot, number=8)
    return make_app()


def chat_answers(chat: Any, rasa: FakeRasa, headers: dict[str, str]) -> Iterator[tuple[str, TestResponse]]:
    """Answers of all kinds, each with what it is."""
    client = chat.test_client()
    token = Browser(chat.test_client()).token
    talk, large = f"/api/conversations/{token}/messages", b"x" * 70_000
    calls: list[tuple[str, str, dict[str, Any]]] = [
        ("GET", "/", {}),
        ("GET", "/chat", {}),
        ("GET", "/widget/widget.js", {}),
        ("GET", "/widget/style.css", {}),
        ("GET", "/widget/start.json", {}),
        ("GET", "/widget/nowhere.js", {}),
        ("GET", "/nowhere", {}),
        ("GET", "/healthz", {}),
        ("GET", "/readyz", {}),
        ("GET", "/openapi.json", {}),
        ("GET", "/api/helplines", {}),
        ("GET", "/api/helplines?need=nothing", {}),
        ("GET", "/widget/pictures/none.svg", {}),
        ("GET", "/api/nowhere", {}),
        ("PUT", "/api/conversations", {}),
        ("POST", "/api/conversations", {"json": {}}),
        ("POST", "/api/conversations", {"data": large, "content_type": "application/json"}),
        ("POST", "/api/conversations", {"data": "x", "content_type": "text/plain"}),
        ("POST", talk, {"json": {"text": "hello"}}),
        ("POST", talk, {"json": {"text": ""}}),
        ("OPTIONS", talk, {}),
        ("POST", "/api/conversations/x/messages", {"json": {"text": "hello"}}),
        ("DELETE", "/api/conversations/x", {}),
        ("HEAD", "/", {}),
        ("POST", "/", {}),
        ("GET", "/favicon.ico", {}),
        ("DELETE", f"/api/conversations/{token}", {}),
    ]
    for method, path, given in calls:
        answer = client.open(path, method=method, headers=headers, **given)
        yield f"{method} {path[:40]} {answer.status_code}", answer
        answer.close()
    chat.view_functions["openapi"] = lambda: 1 / 0
    answer = client.get("/openapi.json", headers=headers)
    yield f"GET /openapi.json {answer.status_code}", answer


@pytest.mark.parametrize("origin", ["", SCHOOL, *OTHERS])
def attack_headers_of_chat(attack: Attack, chat: Any, rasa: FakeRasa, origin: str) -> None:
    """Answers of the chat of all kinds: headers, no cookie, no leave to send one"""
    seen = set()
    headers = {"Origin": origin, "Cookie": "staff=x; session=y"} if origin else {}
    for what, answer in chat_answers(chat, rasa, headers):
        seen.add(answer.status_code)
        for name, value in NEEDED_BY_CHAT.items():
            attack.expect(value in answer.headers.get(name, "(none)"), f"{what}: {name}: {answer.headers.get(name)}")
        for line in FORBIDDEN:
            name, _, value = line.partition(": ")
            attack.expect(
                value not in answer.headers.get(name, "") if value else name not in answer.headers, f"{what}: {line}"
            )
        leave = answer.headers.get("Access-Control-Allow-Credentials")
        allowed = answer.headers.get("Access-Control-Allow-Origin")
        attack.expect(leave is None and allowed in (None, "*"), f"{what}: credentials {leave}, origin {allowed}")
        policy = answer.headers.get("Content-Security-Policy", "")
        attack.expect("unsafe" not in policy, f"{what}: {policy}")
    attack.expect({200, 404, 405, 413, 415, 422, 500} <= seen, f"only {sorted(seen)} were looked at")


def attack_origins_of_chat(attack: Attack, chat: Any) -> None:
    """Who may start a conversation: ours, the site's own pages, and what is no browser."""
    client = chat.test_client()

    def start(origin: str | None, site: str | None) -> int:
        headers = {} if origin is None else {"Origin": origin}
        body = {} if site is None else {"site": site}
        return client.post("/api/conversations", json=body, headers=headers).status_code

    for site in (None, "school", "unknown"):
        for origin in (
            *OTHERS,
            SCHOOL.upper(),
            f"{SCHOOL}/",
            f"{SCHOOL}.",
            f"{SCHOOL}:8443",
            "http://school.example",
            "*",
            "",
        ):
            attack.expect(start(origin, site) == 403, f"{origin!r} starts one for {site}")
        attack.expect(start(None, site) == 201, "what is no browser is refused")
        attack.expect(start("http://localhost", site) == 201, "our own page is refused")
    attack.expect(start(SCHOOL, "school") == 201, "the site's own page is refused")
    attack.expect(start(SCHOOL, None) == 403, "the page of a site starts one without saying which")


@pytest.fixture
def staff(settings: Settings) -> Iterator[Flask]:
    """The admin as it is behind https."""
    app = create_app(replace(settings, is_secure=True))
    yield app
    app.extensions[ENGINE].dispose()


def attack_headers_of_admin(attack: Attack, staff: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers of the admin of all kinds: headers, nothing for other sites, no frame."""
    client, base = StaffBrowser(staff).client, "https://admin.example.org"
    calls = [(method, path) for path, method, _ in pages(staff)]
    calls += [
        ("GET", "/sign-in"),
        ("GET", "/nowhere"),
        ("PUT", "/sign-in"),
        ("GET", "/static/admin.css"),
        ("GET", "/healthz"),
    ]
    calls += [
        ("POST", "/sign-in"),
        ("GET", "/static/nowhere.css"),
        ("GET", "/choose-password/x"),
        ("OPTIONS", "/sign-in"),
    ]
    seen = set()
    for method, path in calls:
        for origin in ("", "https://example.org"):
            headers = {"Origin": origin} if origin else {}
            answer = client.open(path, method=method, base_url=base, headers=headers)
            seen |= check_admin(attack, f"{method} {path}", answer)
    answer = client.post(
        "/sign-in", base_url=base, data=b"x" * 300_000, content_type="application/x-www-form-urlencoded"
    )
    seen |= check_admin(attack, "POST /sign-in, too large", answer)
    monkeypatch.setitem(staff.view_functions, "health.get_healthz", lambda: 1 / 0)
    seen |= check_admin(attack, "GET /healthz", client.get("/healthz", base_url=base))
    attack.expect({200, 302, 400, 404, 410, 413, 500} <= seen, f"only {sorted(seen)} were looked at")


def check_admin(attack: Attack, what: str, answer: TestResponse) -> set[int]:
    for name, value in NEEDED_BY_ADMIN.items():
        attack.expect(value in answer.headers.get(name, ""), f"{what}: {name}: {answer.headers.get(name)}")
    policy = answer.headers.get("Content-Security-Policy", "")
    attack.expect("unsafe" not in policy and "frame-ancestors 'none'" in policy, f"{what}: {policy}")
    open_to = [name for name in dict(answer.headers) if name.startswith("Access-Control-")]
    attack.expect(not open_to, f"{what}: {open_to}")
    for cookie in answer.headers.getlist("Set-Cookie"):
        marks = ("Secure", "HttpOnly", "SameSite=Lax", "Path=/", "__Host-")
        attack.expect(
            all(mark in cookie for mark in marks) and "Domain" not in cookie, f"{what}: {cookie[:20]}… {cookie[-60:]}"
        )
    is_file = answer.request.path.startswith(("/static/", "/preview/widget/"))
    is_kept = is_file or "no-store" in answer.headers.get("Cache-Control", "")
    attack.expect(is_kept, f"{what}: Cache-Control: {answer.headers.get('Cache-Control')}")
    answer.close()
    return {answer.status_code}
