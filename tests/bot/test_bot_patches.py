"""The patch of Rasa is still needed, still checks, and stops where it does not know the version."""

from __future__ import annotations

import inspect

import pytest
import rasa
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses

from bot.patches import UnknownRasa, apply_patches


def test_rasa_itself_still_builds_a_validator_on_each_call() -> None:
    source = inspect.getsource(inspect.getmodule(RemoteAction))
    assert "validate(result, self.action_response_format_spec())" in source, "the patch may no longer be needed"


def test_a_patched_check_is_as_strict() -> None:
    apply_patches()
    action = RemoteAction("action_say", None)
    assert action._validate_action_result({"events": [], "responses": []})
    assert action._validate_action_result({"events": [{"event": "slot", "name": "a", "value": 1}], "responses": []})
    for wrong in (
        {"events": "no list", "responses": []},
        {"events": [], "responses": ["words"]},
        {"events": [{"name": "a", "value": 1}]},
        {"events": [{"event": "slot", "name": "a"}]},
        {"events": [{"event": "slot", "name": 1, "value": 1}]},
        {"events": [{"event": "nothing known"}]},
        {"events": [{"event": "bot", "timestamp": "now"}]},
        ["no object"],
    ):
        with pytest.raises(ValidationError):
            action._validate_action_result(wrong)


def test_rasa_itself_still_goes_through_all_classes_for_each_event() -> None:
    source = inspect.getsource(inspect.getmodule(Event))
    assert "for cls in rasa.shared.utils.common.all_subclasses(Event)" in source, "the patch may no longer be needed"


def test_each_event_is_read_back_as_what_it_was() -> None:
    apply_patches()
    for kind in all_subclasses(Event):
        assert Event.resolve_by_type(kind.type_name).type_name == kind.type_name
    assert Event.resolve_by_type("nothing known", UserUttered) is UserUttered
    with pytest.raises(ValueError, match="nothing known"):
        Event.resolve_by_type("nothing known")


def test_another_rasa_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rasa, "__version__", "3.7.0")
    with pytest.raises(UnknownRasa):
        apply_patches()


def test_the_actions_get_slots_and_the_latest_message_but_no_past_events() -> None:
    apply_patches()
    events = [UserUttered("first"), UserUttered("second", parse_data={"metadata": {"language": "cy"}})]
    tracker = DialogueStateTracker.from_events("a", events)
    sent = RemoteAction("action_say", None)._action_call_format(tracker, Domain.empty())
    assert sent["next_action"] == "action_say"
    assert sent["tracker"]["latest_message"]["metadata"] == {"language": "cy"}
    assert sent["tracker"]["events"] == []
    assert sent["domain"] == {}  # the SDK refuses a call without the key
    assert "first" not in str(sent)
