"""The one place where Rasa 3.6.21 itself is changed."""

from __future__ import annotations

from typing import Any

import rasa
from jsonschema import Draft7Validator
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

PATCHED_VERSION = "3.6.21"


class UnknownRasa(RuntimeError):
    """Another Rasa than the one the patch was written for."""


def apply_patches() -> None:
    """Check each action's answer with a validator built once, and send the actions no past events and no domain.

    The actions read slots and the latest message only; with all events each call would grow with the conversation.
    Rasa re-checks the JSON schema's own schema on each call: about 27 ms, most of a turn. The answer itself is
    checked as strictly as before. Raises UnknownRasa on another version: look there first whether it is still needed.
    """
    if rasa.__version__ != PATCHED_VERSION:
        raise UnknownRasa(f"bot/patches.py is written for Rasa {PATCHED_VERSION}, this is {rasa.__version__}.")
    schema = RemoteAction.action_response_format_spec()
    validator = validator_for(schema, default=Draft7Validator)(schema)

    def validate_once_built(self: RemoteAction, result: dict) -> bool:
        validator.validate(result)
        return True

    def format_without_events(self: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
        return {
            "next_action": self.name(),
            "sender_id": tracker.sender_id,
            "tracker": tracker.current_state(EventVerbosity.NONE) | {"events": []},
            "domain": {},  # no action needs it; without the key the SDK asks for it again
            "version": rasa.__version__,
        }

    RemoteAction._validate_action_result = validate_once_built
    RemoteAction._action_call_format = format_without_events
