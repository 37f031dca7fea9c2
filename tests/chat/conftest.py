"""A fake Rasa on loopback, a small release, and the chat server between them."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient

from chat.app import create_app
from chat.settings import Settings
from content.release import Release
from content.settings import LIBRARY
from safety import Assessment, Evidence

SECRET = "only-for-tests-only-for-tests"


@dataclass
class FakeRasa:
    """Rasa's channel as a test wants it: set `mode` and `messages`; what came in is in `received`."""

    url: str = ""
    mode: str = "answer"  # answer | hang | drip | drip_headers | error | rubbish | close | endless
    messages: Any = None
    body: bytes | None = None
    received: list[dict[str, Any]] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    connections: set[Any] = field(default_factory=set)
    stopping: threading.Event = field(default_factory=threading.Event)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    rasa: FakeRasa

    def setup(self) -> None:
        super().setup()
        self.rasa.connections.add(self.client_address)

    def do_GET(self) -> None:
        self._reply(200, b'{"status": "ok"}')

    def do_DELETE(self) -> None:
        if self.rasa.mode == "hang":
            self.rasa.stopping.wait(10)
        self.rasa.forgotten.append(self.path.rsplit("/", 1)[-1])
        self._reply(204, b"")

    def do_POST(self) -> None:
        rasa = self.rasa
        rasa.received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        match rasa.mode:
            case "hang":
                rasa.stopping.wait(10)
                self.close_connection = True
            case "drip" | "drip_headers":
                length = b"Content-Length: 900\r\n\r\n" if rasa.mode == "drip" else b""
                self._drip(b"HTTP/1.1 200 OK\r\n" + length)
            case "error":
                self._reply(500, b'{"error": "internal"}')
            case "rubbish":
                self._reply(200, b"<html>{")
            case "close":
                self.close_connection = True
            case "endless":
                self._reply(200, b"[" * 5_000_000)
            case _:
                answer = {"messages": rasa.messages or [{"type": "text", "text": "Hello from Rasa"}]}
                self._reply(200, json.dumps(answer).encode() if rasa.body is None else rasa.body)

    def _drip(self, start: bytes) -> None:
        self.close_connection = True
        self.wfile.write(start)
        for _ in range(60):
            if self.rasa.stopping.wait(0.1):
                return
            try:
                self.wfile.write(b"X")
            except OSError:
                return

    def _reply(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        pass


class _QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """chat hangs up on a slow answer; that is what these tests want."""


@pytest.fixture
def rasa() -> Iterator[FakeRasa]:
    """A fake Rasa that answers "Hello from Rasa" until told otherwise; it answers as the actions too."""
    fake = FakeRasa()
    server = _QuietServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"rasa": fake}))
    fake.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield fake
    fake.stopping.set()
    server.shutdown()
    server.server_close()
    thread.join()


def make_line(id_: str, label: str, *, ages: list[int | None] | None = None, **changes: Any) -> dict[str, Any]:
    """A helpline in the library's shape, open day and night."""
    words = {name: {"en": name, "cy": f"{name} yn Gymraeg"} for name in ("what_for", "cost", "trace", "privacy")}
    line = {
        "id": id_,
        "kind": "service",
        "status": "active",
        "name": {"en": id_, "cy": id_},
        "routes": [{"channel": "phone", "label": label, "href": f"tel:{label.replace(' ', '')}"}],
        "hours": "24/7",
        "hours_words": {"en": "Always", "cy": "Bob amser"},
        "ages": ages,
        "nations": ["england", "wales", "scotland", "northern_ireland"],
        "languages": ["en", "cy"],
        "needs": ["general_talk"],
        "checked_on": None,
    }
    return line | words | changes


def make_release() -> Release:
    """Four helplines, one row of routing, and the words that the library has."""
    everyone = ["under_13", "13_15", "16_17", "18_plus"]
    system: dict[str, dict[str, Any]] = {}
    for language in ("en", "cy"):
        system[language] = {"widget.title": f"Lantern {language}"}
        for part in ("bot", "help", "chat"):
            path = LIBRARY / "system" / language / f"{part}.yml"
            system[language] |= yaml.safe_load(path.read_text(encoding="utf-8"))
    shout_route = {"channel": "text", "label": "85258", "href": "sms:85258", "say": "SHOUT"}
    row = {"nations": "all", "ages": everyone, "offer": ["childline", "shout", "samaritans"]}
    snapshot = {
        "topics": {},
        "variants": [],
        "helplines": [
            make_line("emergency-999", "999"),
            make_line("childline", "0800 1111", ages=[0, 18]),
            make_line("shout", "85258", routes=[shout_route]),
            make_line("samaritans", "116 123"),
        ],
        "routing": {
            "unknown": ["childline", "shout"],
            "last_resort": ["childline", "samaritans", "emergency-999"],
            "needs": {need: [row] for need in ("general_talk", "suicidal_now", "immediate_danger", "missing")},
        },
        "system": system,
    }
    return Release.from_snapshot(snapshot, number=7)


class FixedStore:
    """A store that holds one release, until a test takes it away."""

    def __init__(self, release: Release) -> None:
        self.release: Any = release

    def current(self) -> Release:
        if isinstance(self.release, Exception):
            raise self.release
        return self.release


class SayingAssessor:
    """Rules that a test can read: a message means what it says, and "please" goes on from the one before."""

    def assess(self, text: str, previous: Assessment | None = None) -> Assessment:
        for word, urgency in (("danger", "emergency"), ("harm", "disclosure"), ("worry", "concern")):
            if word in text:
                return Assessment(urgency, "self", ("missing",), (Evidence(word, text),), "en")
        if previous is not None and text == "please":
            return previous
        return Assessment()


@pytest.fixture
def assessor() -> SayingAssessor:
    return SayingAssessor()


@pytest.fixture
def store() -> FixedStore:
    return FixedStore(make_release())


@pytest.fixture
def make_app(rasa: FakeRasa, store: FixedStore, assessor: SayingAssessor) -> Iterator[Callable[..., Any]]:
    """Makes a chat server in front of the fake Rasa; keyword arguments are Settings."""
    apps = []

    def make(**changes: Any) -> Any:
        values = {
            "secret_key": SECRET,
            "database_url": "sqlite://",
            "rasa_url": rasa.url,
            "actions_url": rasa.url,
            "is_rate_limited": False,
        }
        apps.append(create_app(Settings(**values | changes), store=store, assessor=assessor))
        return apps[-1]

    yield make
    for app in apps:
        app.extensions["lantern.chat"].http.close()


class Browser:
    """Someone in a conversation."""

    def __init__(self, client: FlaskClient, **profile: Any) -> None:
        self.client = client
        started = client.post("/api/conversations", json=profile)
        assert started.status_code == 201, started.text
        self.token = started.json["conversation"]
        self.welcome = started.json["messages"]
        self.took = 0.0

    def post(self, **body: Any) -> Any:
        """Send {text} or {action}; the whole response. `took` is how long it took, in seconds."""
        began = time.monotonic()
        response = self.client.post(f"/api/conversations/{self.token}/messages", json=body)
        self.took = time.monotonic() - began
        return response

    def say(self, text: str) -> list[dict[str, Any]]:
        """The messages in answer to the text."""
        return answer_of(self.post(text=text))

    def press(self, action: str) -> list[dict[str, Any]]:
        """The messages in answer to the button."""
        return answer_of(self.post(action=action))

    def delete(self) -> Any:
        return self.client.delete(f"/api/conversations/{self.token}")


def answer_of(response: Any) -> list[dict[str, Any]]:
    assert response.status_code == 200, response.text
    assert response.json["messages"]
    return response.json["messages"]


@pytest.fixture
def browse(make_app: Callable[..., Any]) -> Callable[..., Browser]:
    """Opens a conversation; keyword arguments are the profile, `settings` those of the server."""

    def open_browser(settings: dict[str, Any] | None = None, **profile: Any) -> Browser:
        return Browser(make_app(**(settings or {})).test_client(), **profile)

    return open_browser


@pytest.fixture
def client(make_app: Callable[..., Any]) -> FlaskClient:
    return make_app().test_client()
