"""A client of the public chat API, for tests and measurements."""

from __future__ import annotations

import weakref
from typing import Any

import httpx


class Conversation:
    """A conversation through the public API, spoken the way a browser speaks it."""

    def __init__(self, chat_url: str, **profile: str) -> None:
        self._http = httpx.Client(base_url=chat_url, timeout=10)
        weakref.finalize(self, self._http.close)
        started = self._http.post("/api/conversations", json=profile)
        started.raise_for_status()
        self.token = started.json()["conversation"]
        self.messages: list[dict[str, Any]] = started.json()["messages"]

    def type(self, text: str) -> list[dict[str, Any]]:
        """Type something; the answer's messages."""
        return self._post({"text": text})

    def press(self, action: str) -> list[dict[str, Any]]:
        """Press the button whose action begins so; fails when the last answer had none."""
        offered = [button["action"] for message in self.messages for button in message.get("buttons", [])]
        matching = [offer for offer in offered if offer.rpartition(".")[0] == action]
        assert matching, f"no button {action} among {offered}"
        return self._post({"action": matching[0]})

    def delete(self) -> int:
        """Delete it; the status."""
        return self._http.delete(f"/api/conversations/{self.token}").status_code

    def post(self, body: dict[str, Any]) -> httpx.Response:
        """The raw answer to a body."""
        return self._http.post(f"/api/conversations/{self.token}/messages", json=body)

    def _post(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        answer = self.post(body)
        assert answer.status_code == 200, answer.text
        self.messages = answer.json()["messages"]
        return self.messages


def words_of(messages: list[dict[str, Any]]) -> str:
    """All the text of some messages, in one line."""
    return " ".join(message.get("text", "") for message in messages)


def lines_of(messages: list[dict[str, Any]]) -> list[str]:
    """The ids of the helplines shown, in order."""
    return [line["id"] for message in messages for line in message.get("helplines", [])]
