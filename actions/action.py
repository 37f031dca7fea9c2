"""What all of Lantern's actions share."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.releases import current_release
from actions.support_mode import open_help, says_safe_word
from actions.turn import Turn, read_turn

logger = logging.getLogger(__name__)


class ContentAction(Action, ABC):
    """An action that answers from the current release. Abstract, so that Rasa's discovery passes it over."""

    @abstractmethod
    def name(self) -> str:
        """The name the rules use."""

    @abstractmethod
    def answer(self, turn: Turn) -> None:
        """Fill `turn.messages` and `turn.slots`."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[dict[str, Any]]:
        """Answer one turn. On any error the answer stays empty, and the chat server steps in with help.

        The error's own words are not logged: they could quote what the person wrote.
        """
        try:
            turn = read_turn(tracker, current_release())
            answer_in_their_language(turn, chosen=tracker.get_slot("language"))
            if says_safe_word(turn):
                open_help(turn)
            else:
                self.answer(turn)
        except Exception as error:
            logger.error("%s failed: %s", self.name(), type(error).__name__)
            return []
        if turn.misses:
            turn.slots.setdefault("misses", 0)  # misses count in a row only
        remember_buttons(turn)
        remember_for_next_message(turn, tracker)
        for message in turn.messages:
            dispatcher.utter_message(json_message=message)
        return [SlotSet(slot, value) for slot, value in turn.slots.items()]


def answer_in_their_language(turn: Turn, chosen: str | None) -> None:
    """Someone who writes in Welsh is answered in Welsh, unless they chose English in this chat."""
    if turn.assessment.get("language") == "cy" and turn.profile.language != "cy" and chosen is None:
        turn.change_profile(language="cy")


def remember_buttons(turn: Turn) -> None:
    """For "the first one", until the next answer; not while help is talked about: its buttons tell what was tapped."""
    about_help = turn.needs or turn.slots.get("needs") or turn.in_support
    offered = [] if about_help else turn.buttons
    if offered or turn.offered:
        turn.slots["offered"] = offered


def remember_for_next_message(turn: Turn, tracker: Tracker) -> None:
    """Tell the chat server what a bare "yes" or "last night" would go on from; it lives as long as the chat."""
    metadata = (tracker.latest_message or {}).get("metadata") or {}
    if turn.urgency != "none":
        previous = {name: turn.assessment.get(name) for name in ("urgency", "about", "needs")}
        turn.messages.append({"type": "profile", "previous": previous})
    elif metadata.get("previous"):
        turn.messages.append({"type": "profile", "previous": None})
