"""People who talk at reading pace, for locust: pupils with Lantern, and the same typed messages to a stock Rasa bot.

Run by benchmarks/load.py; by hand: `locust -f benchmarks/talkers.py Pupil --host http://127.0.0.1:8000`.
"""

from __future__ import annotations

import os
import random
import uuid
from typing import Any

from locust import FastHttpUser, between, constant, task

from content.library import read_library
from content.settings import LIBRARY

TYPED = (
    "what is grooming",
    "what are the signs of county lines",
    "is it ok if he checks my phone",
    "beth yw cydsyniad",
    "someone online keeps asking me for pictures",
    "who won the football",
    "can i talk to someone",
    "tell me more about it",
    "my freind is bein pressured to send nudes",
    "what does gaslighting mean",
)
LONGEST_CHAT = 20  # turns; then somebody else sits down
LEAVES = ("delete_chat", "start_again")  # buttons that end a chat: not what is measured here
AWAY = {bubble for words in read_library(LIBRARY)["system"].values() for bubble in words["unavailable"]}
# Reading pace: a message every 8 seconds. PACE=none finds out how much it can take instead.
PACE = constant(0) if os.environ.get("PACE") == "none" else between(4, 12)


class Pupil(FastHttpUser):
    """Starts a chat and goes on with what it offers: as many buttons as typed messages."""

    wait_time = PACE
    buttons: tuple[str, ...] = ()
    turns = 0
    token = ""

    def on_start(self) -> None:
        """Open the chat."""
        with self.client.post("/api/conversations", json={}, name="start", catch_response=True) as answer:
            self.turns = 0
            self._read(answer)

    @task
    def speak(self) -> None:
        """Press one of the buttons that the last answer offered, or type."""
        if self.turns == LONGEST_CHAT or not self.token:
            self.client.delete(f"/api/conversations/{self.token}", name="delete")
            self.on_start()
            return
        self.turns += 1
        if self.buttons and random.random() < 0.5:
            self._say("button", {"action": random.choice(self.buttons)})
        else:
            self._say("typed", {"text": random.choice(TYPED)})

    def _say(self, kind: str, said: dict[str, str]) -> None:
        place = f"/api/conversations/{self.token}/messages"
        with self.client.post(place, json=said, name=kind, catch_response=True) as answer:
            self._read(answer)

    def _read(self, answer: Any) -> None:
        """An answer without messages is a failure, and so is one that says that a part of Lantern is away."""
        if not answer.ok:
            return
        body = answer.json()
        self.token = body.get("conversation", self.token)
        if not body["messages"]:
            answer.failure("no messages")
        if AWAY & {message.get("text") for message in body["messages"]}:
            answer.failure("answered without Rasa")
        offered = [button["action"] for message in body["messages"] for button in message.get("buttons", [])]
        self.buttons = tuple(action for action in offered if not action.startswith(LEAVES))


class StockPupil(FastHttpUser):
    """Types the same messages to the stock bot's own channel."""

    wait_time = PACE

    @task
    def speak(self) -> None:
        """A message to the one action it has."""
        said = {"sender": self.name, "message": random.choice(TYPED)}
        with self.client.post("/webhooks/rest/webhook", json=said, name="typed", catch_response=True) as answer:
            if answer.ok and not answer.json():
                answer.failure("no messages")

    def on_start(self) -> None:
        """A sender of their own."""
        self.name = uuid.uuid4().hex
