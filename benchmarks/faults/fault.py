"""What a fault is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from benchmarks.faults.system import System


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong. `what` is for the table in docs/reliability.md.

    It lasts `seconds` and is taken away; with 0 it is done once, and Lantern mends it itself.
    """

    name: str
    what: str
    begin: Callable[[System], AbstractContextManager[None]]
    seconds: float = 12.0
    chat_may_be_away: bool = False  # the chat server itself is hit: what the widget shows by itself counts then
    needs_clock: bool = False  # a system with a clock that can be set
