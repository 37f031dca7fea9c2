"""The one place where Rasa 3.6.21 itself is changed."""

from __future__ import annotations

import rasa
from jsonschema import Draft7Validator
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction

PATCHED_VERSION = "3.6.21"


class UnknownRasa(RuntimeError):
    """Another Rasa than the one the patch was written for."""


def apply_patches() -> None:
    """Check each action's answer with a validator built once.

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

    RemoteAction._validate_action_result = validate_once_built
