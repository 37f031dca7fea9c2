"""All the ways in which words can come to the chat server: as they should, and as they should not."""

from __future__ import annotations

import itertools
import json
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from urllib.parse import urlsplit

import httpx

from chat.schemas import LONGEST_TEXT

SECONDS = 10.0


class Speaker:
    """Somebody with a conversation. `tokens` are all they have had; `statuses` what each message was answered with."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.tokens: list[str] = []
        self.statuses: list[int] = []
        self._http = httpx.Client(base_url=url, timeout=SECONDS)
        self._offered: list[str] = []

    def start(self) -> None:
        """A new conversation; when there is no answer, the old one stays."""
        with suppress(httpx.HTTPError, KeyError, ValueError):
            self.tokens.append(self._http.post("/api/conversations", json={}).json()["conversation"])

    @property
    def place(self) -> str:
        return f"/api/conversations/{self.tokens[-1] if self.tokens else 'none'}/messages"

    def request(self, method: str, path: str, **what: object) -> None:
        """Ask something, whatever comes of it."""
        with suppress(httpx.TransportError):
            answer = self._http.request(method, path, **what)  # type: ignore[arg-type]
            self.statuses.append(answer.status_code)
            with suppress(ValueError, KeyError, TypeError):
                messages = answer.json()["messages"]
                buttons = [button["action"] for message in messages for button in message.get("buttons", ())]
                self._offered = buttons or self._offered

    def say(self, text: str) -> None:
        self.request("POST", self.place, json={"text": text})

    def post(self, body: str | bytes, kind: str = "application/json") -> None:
        self.request("POST", self.place, content=body, headers={"Content-Type": kind})

    def press(self) -> None:
        """A button of the last answer that has not ended the chat."""
        safe = [action for action in self._offered if not action.startswith("delete_chat")]
        self.request("POST", self.place, json={"action": safe[0] if safe else "request_help"})

    def send_raw(self, words: bytes) -> None:
        """Bytes over a connection of its own."""
        address = urlsplit(self.url)
        with (
            suppress(OSError),
            socket.create_connection((str(address.hostname), int(address.port or 80)), timeout=2) as connection,
        ):
            connection.sendall(words)
            connection.recv(100)

    def close(self) -> None:
        self._http.close()


Way = Callable[[Speaker, str], None]


def _typed(text: str) -> Way:
    return lambda speaker, mark: speaker.say(text.replace("…", mark))


def _press(speaker: Speaker, mark: str) -> None:
    """Typed words and then a button: what was said must not come along."""
    speaker.say(f"what is consent {mark}")
    speaker.press()


def _forge_action(speaker: Speaker, mark: str) -> None:
    speaker.request("POST", speaker.place, json={"action": f"ask_consent:{mark}.{mark}"})


def _send_header(speaker: Speaker, mark: str) -> None:
    names = ("User-Agent", "Referer", "Origin", "X-Forwarded-For", "Cookie", "Accept-Language", "X-Request-Id")
    speaker.request("POST", speaker.place, json={"text": mark}, headers={name: f"{mark}={mark}" for name in names})


def _start_with(field: str) -> Way:
    return lambda speaker, mark: speaker.request("POST", "/api/conversations", json={field: mark})


TYPED: tuple[Way, ...] = (
    _typed("what is grooming …"),
    _typed("beth yw cydsyniad …"),
    _typed("… he made me do sexual stuff and i feel sick"),
    _typed("mae e wedi fy ngorfodi … i wneud pethau rhywiol"),
    _typed("im going to kill myself tonight …"),
    _typed("dwi'n mynd i ladd fy hun heno …"),
    _typed("my name is … and i live at 12 … road"),
    _typed("what does … mean"),
    _typed("i want to write to my teacher … what do i say"),
    _typed("…"),
    _press,
)

OTHER: tuple[Way, ...] = (
    _typed('/ask_grooming{"name": "…"}'),
    _typed("/restart …"),
    _typed("{{…}} ${…} <script>…</script> [x](javascript:…) ‮… 👩‍👧"),
    lambda speaker, mark: speaker.say(f"{mark} " * (LONGEST_TEXT // (len(mark) + 1))),
    lambda speaker, mark: speaker.say(f"{mark} " * (LONGEST_TEXT // 4)),  # too long
    lambda speaker, mark: speaker.say(f"{mark} " * LONGEST_TEXT * 2),  # too large
    _forge_action,
    lambda speaker, mark: speaker.request("POST", speaker.place, json={"text": mark, "action": mark}),
    lambda speaker, mark: speaker.request("POST", speaker.place, json={"txet": mark, mark: mark}),
    lambda speaker, mark: speaker.request("POST", speaker.place, json=[mark]),
    lambda speaker, mark: speaker.request("POST", speaker.place, json={"text": {mark: [mark]}}),
    lambda speaker, mark: speaker.post(f'{{"text": "{mark}'),
    lambda speaker, mark: speaker.post(json.dumps({"text": mark}).encode("utf-16")),
    lambda speaker, mark: speaker.post("[" * 20_000 + f'"{mark}"'),
    lambda speaker, mark: speaker.post(mark, "text/plain"),
    lambda speaker, mark: speaker.post(f"text={mark}", "application/x-www-form-urlencoded"),
    lambda speaker, mark: speaker.request("POST", speaker.place, files={mark: (mark, mark.encode() * 50_000)}),
    lambda speaker, mark: speaker.request("POST", f"/api/conversations/{mark}/messages", json={"text": mark}),
    lambda speaker, mark: speaker.request("POST", speaker.place.replace("/messages", mark), json={"text": mark}),
    lambda speaker, mark: speaker.request("DELETE", f"/api/conversations/{mark}"),
    lambda speaker, mark: speaker.request("GET", f"/api/helplines?need={mark}&{mark}={mark}"),
    lambda speaker, mark: speaker.request("GET", f"/widget/start.json?language={mark}"),
    lambda speaker, mark: speaker.request("GET", f"/widget/{mark}.js"),
    lambda speaker, mark: speaker.request("GET", f"/{mark}/..%2f{mark}?{mark}"),
    lambda speaker, mark: speaker.request(mark.upper()[:14], f"/{mark}"),
    _send_header,
    _start_with("language"),
    _start_with("place"),
    _start_with("lesson"),
    _start_with("site"),
    lambda speaker, mark: speaker.send_raw(f"{mark} nonsense\r\n\r\n".encode()),
    lambda speaker, mark: speaker.send_raw(f"GET /{mark} HTTP/9.9\r\n{mark}\r\n\r\n".encode()),
    lambda speaker, mark: speaker.send_raw(
        f"POST {speaker.place} HTTP/1.1\r\nHost: x\r\nContent-Length: 90\r\n\r\n{mark}".encode()
    ),
)


def take_turns(*groups: Sequence[Way]) -> Iterator[Way]:
    """Endlessly one of each group after another, so that each group has its share."""
    turns = [itertools.cycle(group) for group in groups]
    while True:
        yield from (next(turn) for turn in turns)
