"""What Rasa 3.6.21 does in a turn, changed. How it starts is changed in ops/start_rasa.py; nothing else of it is."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import rasa
from jsonschema import Draft7Validator, ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.shared.utils.common import all_subclasses

PATCHED_VERSION = "3.6.21"


class UnknownRasa(RuntimeError):
    """Another Rasa than the one the patch was written for."""


def apply_patches() -> None:
    """Make a turn lighter: what Rasa does anew on each call is done once, and the actions get only what they read.

    - The check of an action's answer: Rasa builds its validator each time (about 27 ms, most of a turn) and tries each
      event as all 23 kinds; here the event says which kind it is. It is as strict as before.
    - The class of an event: Rasa goes through all classes there are for each event of a conversation.
    - No past events and no domain to the actions: they read slots and the latest message only, and with all events each
      call would grow with the conversation.

    Raises UnknownRasa on another version: look there first whether it is still needed.
    """
    if rasa.__version__ != PATCHED_VERSION:
        raise UnknownRasa(f"bot/patches.py is written for Rasa {PATCHED_VERSION}, this is {rasa.__version__}.")
    check = answer_check(RemoteAction.action_response_format_spec())
    look_up: Callable[..., type[Event] | None] = Event.resolve_by_type
    known = {kind.type_name: kind for kind in reversed(all_subclasses(Event))}

    def check_answer(self: RemoteAction, result: dict) -> bool:
        check(result)
        return True

    def format_without_events(self: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
        return {
            "next_action": self.name(),
            "sender_id": tracker.sender_id,
            "tracker": tracker.current_state(EventVerbosity.NONE) | {"events": []},
            "domain": {},  # no action needs it; without the key the SDK asks for it again
            "version": rasa.__version__,
        }

    def class_of_event(type_name: str, default: type[Event] | None = None) -> type[Event] | None:
        return known.get(type_name) or look_up(type_name, default)

    RemoteAction._validate_action_result = check_answer
    RemoteAction._action_call_format = format_without_events
    Event.resolve_by_type = staticmethod(class_of_event)


def answer_check(schema: dict[str, Any]) -> Callable[[Any], None]:
    """What raises ValidationError for an answer that does not fit Rasa's schema."""
    schema = deepcopy(schema)
    kinds = schema["properties"]["events"]["items"].pop("oneOf")
    whole = Draft7Validator(schema)
    of_kind = {kind["properties"]["event"]["const"]: Draft7Validator(kind) for kind in kinds}

    def check(answer: Any) -> None:
        whole.validate(answer)
        for event in answer.get("events", []):
            if event["event"] not in of_kind:
                raise ValidationError(f"There is no event {event['event']!r}.")
            of_kind[event["event"]].validate(event)

    return check
