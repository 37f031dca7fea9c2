"""A conversation with the actions alone: no Rasa, no server, the library that ships with the code."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

import actions.action
import actions.small_talk
import actions.teaching
from actions.action import ContentAction
from actions.activities import ShowActivities
from actions.after_telling import AfterTelling
from actions.fallback import Fallback
from actions.getting_through import GotThrough
from actions.grounding import Ground
from actions.guides import WhatHappens
from actions.helping_others import HowToHelp
from actions.message_builder import BuildMessage
from actions.other_ways import OtherWays, TalkLater
from actions.profile import ChangeLanguage, ChangeProfile
from actions.session import Say, StartAgain
from actions.small_talk import ChooseOption, DidItHelp, ExplainWord, Repeat
from actions.support import Help
from actions.topics import FollowUp, ShowTopics, TeachTopic
from content.library import read_library
from content.release import Release
from content.settings import LIBRARY

HELP = ("disclose_emergency", "disclose_harm", "express_concern", "request_help", "more_helplines", "correct_bot")
SAY = ("greet", "goodbye", "thank", "ask_who_are_you", "ask_privacy", "out_of_scope", "joke", "ask_phone_bill")
ACTIONS: dict[str, ContentAction] = {
    **dict.fromkeys(HELP, Help()),
    **dict.fromkeys(SAY, Say()),
    **dict.fromkeys(("ask_signs", "ask_what_to_do", "ask_more", "ask_follow_up"), FollowUp()),
    **dict.fromkeys(("ask_got_through", "got_through"), GotThrough()),
    **dict.fromkeys(("change_language", "speak_english", "speak_welsh"), ChangeLanguage()),
    **dict.fromkeys(("change_age_band", "change_nation", "change_audience", "skip_profile"), ChangeProfile()),
    **dict.fromkeys(("ask_grooming", "ask_sextortion"), TeachTopic()),
    **dict.fromkeys(("affirm", "deny"), DidItHelp()),
    "repeat": Repeat(),
    "explain_word": ExplainWord(),
    "choose_option": ChooseOption(),
    "ask_what_happens": WhatHappens(),
    "ask_after_telling": AfterTelling(),
    "ask_how_to_help": HowToHelp(),
    "build_message": BuildMessage(),
    "cannot_call": OtherWays(),
    "cannot_talk_now": TalkLater(),
    "ground_me": Ground(),
    "nlu_fallback": Fallback(),
    "show_activities": ShowActivities(),
    "show_topics": ShowTopics(),
    "start_again": StartAgain(),
}


@dataclass
class Tracker:
    """What an action sees of Rasa's tracker."""

    latest_message: dict[str, Any]
    slots: dict[str, Any]

    def get_slot(self, name: str) -> Any:
        return self.slots.get(name)


@dataclass
class Talk:
    """A person with some profile: press a button or be understood as an intent, and get the public messages.

    `metadata` is what else the chat server sends along.
    """

    slots: dict[str, Any] = field(default_factory=dict)
    answer: list[dict[str, Any]] = field(default_factory=list)
    everything: list[dict[str, Any]] = field(default_factory=list)
    told_chat: list[dict[str, Any]] = field(default_factory=list)
    metadata: dict[str, Any] = field(default_factory=dict)

    def press(self, action: str) -> list[dict[str, Any]]:
        """Press a button that the last answer offered."""
        assert action in self.actions, f"{action} is not among {self.actions}"
        return self.say(action)

    def say(
        self,
        intent: str,
        text: str | None = None,
        *,
        candidates: tuple[str, ...] = (),
        section: str | None = None,
        **assessment: Any,
    ) -> list[dict[str, Any]]:
        """Be understood as `intent` ("intent:argument" is a press); `assessment` is what the assessor found.

        `section` is the part of a topic that the words were understood to ask for.
        """
        name, _, argument = intent.partition(":")
        latest = {
            "text": text or intent,
            "intent": {"name": name},
            "intent_ranking": [{"name": candidate, "confidence": 0.4} for candidate in candidates],
            "assessment": assessment,
            "section": section,
            "understood": {"name": candidates[0], "confidence": 0.9} if candidates else {},
            "metadata": {
                **self.metadata,
                "argument": argument or None,
                "pressed": text is None and not assessment,
            },
        }
        dispatcher = CollectingDispatcher()
        tracker: Any = Tracker(latest, self.slots)
        events = asyncio.run(ACTIONS[name].run(dispatcher, tracker, {}))
        self.slots |= {event["name"]: event["value"] for event in events}
        sent = [message["custom"] for message in dispatcher.messages]
        self.answer = [message for message in sent if message["type"] != "profile"]
        self.told_chat = [message for message in sent if message["type"] == "profile"]
        assert self.answer, f"{intent} was not answered"
        self.everything += self.answer
        return self.answer

    @property
    def actions(self) -> list[str]:
        """What the buttons of the last answer do, in order."""
        return [button["action"] for message in self.answer for button in message.get("buttons", ())]

    @property
    def words(self) -> str:
        return " ".join(message.get("text", "") for message in self.answer)

    @property
    def lines(self) -> list[str]:
        return [line["id"] for message in self.answer for line in message.get("helplines", ())]

    @property
    def channels(self) -> set[str]:
        lines = [line for message in self.answer for line in message.get("helplines", ())]
        return {route["channel"] for line in lines for route in line["routes"]}


@pytest.fixture(scope="session")
def release() -> Release:
    """The release that ships with the code."""
    return Release.from_snapshot(read_library(LIBRARY))


@pytest.fixture
def talk(release: Release, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Talk]:
    """Begins a conversation; the keywords are slots: what the person told about themselves, or `needs`."""
    monkeypatch.setattr(actions.action, "current_release", lambda: release)
    return lambda **slots: Talk(slots)


@pytest.fixture(autouse=True)
def counted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str]]:
    """What was counted: text, revision, event. Nothing of a test reaches a database."""
    found: list[tuple[str, str, str]] = []
    for module in (actions.teaching, actions.small_talk):
        monkeypatch.setattr(module, "count", lambda *event: found.append(event))
    return found
