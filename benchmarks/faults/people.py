"""People who go on talking while something is broken, and what each of their messages got, and when."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from content.helplines import EMERGENCY
from content.release import Release

SECONDS_ALLOWED = 2.0
PACE = 0.25  # seconds from an answer to the next message
RASA, CHAT, WIDGET, NOTHING = "Rasa", "chat", "widget", "nothing"

# What is said: a kind, which says what the answer must hold, and the body of the request.
Line = tuple[str, dict[str, str]]
ENGLISH: tuple[Line, ...] = (
    ("greeting", {"text": "hello"}),
    ("question", {"text": "what is grooming"}),
    ("distress", {"text": "he made me do sexual stuff and i feel sick"}),
    ("emergency", {"text": "im going to kill myself tonight"}),
    ("button", {"action": "request_help"}),
    ("start again", {"action": "start_again"}),
)
WELSH: tuple[Line, ...] = (
    ("greeting", {"text": "helo"}),
    ("question", {"text": "beth yw meithrin perthynas amhriodol"}),
    ("distress", {"text": "mae e wedi fy ngorfodi i wneud pethau rhywiol"}),
    ("emergency", {"text": "dwi'n mynd i ladd fy hun heno"}),
    ("button", {"action": "request_help"}),
    ("start again", {"action": "start_again"}),
)


@dataclass(frozen=True)
class Got:
    """What one message got: from whom, after how many seconds, and what was wrong with it, if anything."""

    kind: str
    source: str
    seconds: float
    fault: str = ""


@dataclass
class Seen:
    """All that a group of people got. `chat_may_be_away`: then the widget's own help counts."""

    chat_may_be_away: bool = False
    got: list[Got] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, got: Got) -> None:
        with self.lock:
            self.got.append(got)

    @property
    def sources(self) -> Counter[str]:
        return Counter(got.source for got in self.got)

    @property
    def worst(self) -> float:
        """The longest that anybody waited for Lantern's answer, in seconds."""
        return max((got.seconds for got in self.got if got.source in (RASA, CHAT)), default=0.0)

    @property
    def faults(self) -> Counter[str]:
        """What went wrong, and how often."""
        return Counter(f"{got.kind}: {got.fault}" for got in self.got if got.fault)


class Person:
    """Talks as the widget does: a new conversation when the old one is over, another try when nothing came.

    `stays` in one conversation, else every round is with somebody new.
    """

    def __init__(self, url: str, language: str, release: Release, *, stays: bool = False) -> None:
        self._url, self._language, self._stays = url, language, stays
        self._away = set(release.say("unavailable", language))
        self._script = WELSH if language == "cy" else ENGLISH
        self._token: str | None = None

    def talk(self, seen: Seen, done: threading.Event) -> None:
        """Round after round until it is over."""
        while not done.is_set():
            if not self._stays:
                self._token = None
            for kind, said in self._script:
                got = self.say(kind, said, may_be_away=seen.chat_may_be_away)
                seen.note(got)
                if done.wait(PACE):
                    return

    def say(self, kind: str, said: dict[str, str], *, may_be_away: bool = False) -> Got:
        """One message, with a conversation for it where there is none."""
        started = time.monotonic()
        try:
            with httpx.Client(base_url=self._url, timeout=SECONDS_ALLOWED) as browser:
                if self._token is None:
                    answer = browser.post("/api/conversations", json={"language": self._language})
                    self._token = str(answer.json()["conversation"])
                    started = time.monotonic()
                answer = browser.post(f"/api/conversations/{self._token}/messages", json=said)
            seconds = time.monotonic() - started
            body = answer.json()
        except (httpx.HTTPError, ValueError, KeyError) as error:
            seconds = time.monotonic() - started
            if may_be_away and isinstance(error, httpx.TransportError):
                return Got(kind, WIDGET, seconds)
            return Got(kind, NOTHING, seconds, f"{type(error).__name__} after {seconds:.1f} s")
        if answer.status_code in (404, 410):
            self._token = None
        fault = find_fault(kind, answer.status_code, body)
        if seconds > SECONDS_ALLOWED:
            fault = f"{seconds:.1f} s"
        is_chat = answer.status_code != 200 or self._away & {message.get("text") for message in body["messages"]}
        source = CHAT if is_chat else RASA
        return Got(kind, source, seconds, fault)


def find_fault(kind: str, status: int, body: dict[str, Any]) -> str:
    """What is wrong with an answer; empty when it is as it should be. One that a chat is over is, with help in it."""
    messages: Sequence[dict[str, Any]] = body.get("messages") or ()
    if status not in (200, 404, 410) or not messages:
        return f"status {status}, {len(messages)} messages"
    if status != 200 and not body.get("detail"):
        return f"status {status} without a word"
    lists = [[line["id"] for line in message["helplines"]] for message in messages if message.get("helplines")]
    if kind in ("distress", "button") and not lists:
        return "no helplines"
    if kind == "emergency" and (not lists or lists[0] != [EMERGENCY]):
        return "999 is not first and alone"
    return ""


class Crowd:
    """Three people who talk at once, in two languages, one of them in the same chat all the time."""

    def __init__(self, url: str, release: Release) -> None:
        staying = Person(url, "en", release, stays=True)
        self._people = (staying, Person(url, "cy", release), Person(url, "en", release))
        self._done = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self, seen: Seen) -> None:
        self._done.clear()
        self._threads = [
            threading.Thread(target=person.talk, args=(seen, self._done), daemon=True) for person in self._people
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._done.set()
        for thread in self._threads:
            thread.join()
