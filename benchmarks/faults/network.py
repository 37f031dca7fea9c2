"""What comes back over the network is nothing, rubbish, or comes a byte at a time."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from benchmarks.faults.fault import Fault
from benchmarks.faults.proxy import MALFORMED, Misbehaviour, answer_with, drip, stay_silent
from benchmarks.faults.system import System

Begin = Callable[[System], AbstractContextManager[None]]


def from_rasa(how: Misbehaviour) -> Begin:
    """Between chat and Rasa."""
    return lambda system: system.to_rasa.misbehave(how)


def from_actions(how: Misbehaviour) -> Begin:
    """Between Rasa (and the chat's check) and the actions."""
    return lambda system: system.to_actions.misbehave(how)


FAULTS = (
    Fault("half-open-rasa", "connections to Rasa are taken and never answered", from_rasa(stay_silent)),
    Fault("half-open-actions", "connections to the actions are taken and never answered", from_actions(stay_silent)),
    Fault("drip-rasa", "Rasa's answers come a byte now and then", from_rasa(drip)),
    Fault("drip-actions", "the actions' answers come a byte now and then", from_actions(drip)),
    Fault(
        "malformed-rasa",
        f"{len(MALFORMED)} kinds of malformed answers from Rasa: no HTTP, HTML, wrong JSON, cut off, 40 MB, errors "
        "that give back what was sent",
        from_rasa(answer_with(MALFORMED)),
        20,
    ),
    Fault("malformed-actions", "the same from the actions", from_actions(answer_with(MALFORMED)), 20),
)
