"""The one client of Rasa's channel. Every question has a hard deadline."""

from __future__ import annotations

from typing import Any

import httpx

from chat.breaker import Breaker
from chat.deadline import deadline
from chat.sessions import Session

CHANNEL = "/webhooks/lantern"


class RasaUnavailable(Exception):
    """Rasa gave no usable answer in time; the message says in a word why, and holds no text of a person."""


class RasaClient:
    """Speaks to Rasa over one client that keeps connections. `seconds` is the time one question may take."""

    def __init__(self, http: httpx.Client, url: str, seconds: float, breaker: Breaker | None = None) -> None:
        self._http = http
        self._url = url.rstrip("/") + CHANNEL
        self.seconds = seconds
        self._breaker = breaker or Breaker()

    def send_text(self, sender: str, text: str, session: Session) -> list[Any]:
        """Rasa's messages in answer to the text, their shape unchecked. Raises RasaUnavailable."""
        return self._send({"sender": sender, "text": text, "metadata": _metadata(session)})

    def send_action(self, sender: str, action: str, session: Session) -> list[Any]:
        """Rasa's messages in answer to a button that was offered. Raises RasaUnavailable."""
        return self._send({"sender": sender, "action": action, "metadata": _metadata(session)})

    def forget(self, sender: str, seconds: float | None = None) -> bool:
        """Have the conversation dropped; whether Rasa said so in time."""
        try:
            with deadline(seconds or self.seconds):
                return self._http.delete(f"{self._url}/conversations/{sender}").is_success
        except httpx.HTTPError:
            return False

    def is_ready(self, seconds: float) -> bool:
        """Whether Rasa's channel answers in time."""
        return answers(self._http, f"{self._url}/", seconds)

    def _send(self, message: dict[str, Any]) -> list[Any]:
        if not self._breaker.may_pass():
            raise RasaUnavailable("resting")
        try:
            with deadline(self.seconds):
                reply = self._http.post(f"{self._url}/messages", json=message, timeout=self.seconds)
        except httpx.TimeoutException:
            self._breaker.note_timeout()
            raise RasaUnavailable("timeout") from None
        except httpx.HTTPError as error:
            self._breaker.note_answer()
            raise RasaUnavailable(type(error).__name__) from None
        self._breaker.note_answer()
        if reply.status_code != httpx.codes.OK:
            raise RasaUnavailable(f"status {reply.status_code}")
        return _messages(reply)


def _metadata(session: Session) -> dict[str, Any]:
    return session.profile.as_dict() | {"previous": session.previous, "site": session.site}


def _messages(reply: httpx.Response) -> list[Any]:
    try:
        body = reply.json()
    except (ValueError, RecursionError):
        raise RasaUnavailable("malformed") from None
    messages = body.get("messages") if isinstance(body, dict) else None
    if not isinstance(messages, list):
        raise RasaUnavailable("malformed")
    return messages


def answers(http: httpx.Client, url: str, seconds: float) -> bool:
    """Whether the address answers with success in time."""
    try:
        with deadline(seconds):
            return http.get(url, timeout=seconds).is_success
    except httpx.HTTPError:
        return False
