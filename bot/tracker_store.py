"""Conversations in memory, forgotten after a time of silence, and never more than a number of them."""

from __future__ import annotations

from typing import Any

from cachetools import TTLCache
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

MINUTES_KEPT = 30
CONVERSATIONS_KEPT = 10_000
TURNS_KEPT = 2  # of one conversation: rules need no more, a long chat stays as quick as a short one, and less is held


class ForgetfulTrackerStore(InMemoryTrackerStore):
    """Rasa's memory store with a time limit (from the last message) and a size limit.

    When full, the conversation that has been silent longest goes first. Nothing is written anywhere.
    """

    def __init__(
        self,
        domain: Domain,
        event_broker: EventBroker | None = None,
        minutes: float = MINUTES_KEPT,
        conversations: int = CONVERSATIONS_KEPT,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self.store: TTLCache[str, str] = TTLCache(maxsize=int(conversations), ttl=float(minutes) * 60)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the slots and the last turns; what was said before is gone."""
        self.store[tracker.sender_id] = self.serialise_tracker(shorten(tracker))

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation, or None when there is none or it has been forgotten."""
        saved = self.store.get(sender_id)
        return None if saved is None else self.deserialise_tracker(sender_id, saved)

    async def forget(self, sender_id: str) -> None:
        """Drop a conversation at once; unknown ones are no error."""
        self.store.pop(sender_id, None)


def shorten(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """The same conversation with its slots, but only the last TURNS_KEPT things the person said and what followed."""
    events = list(tracker.events)
    said = [number for number, event in enumerate(events) if isinstance(event, UserUttered)]
    if len(said) <= TURNS_KEPT:
        return tracker
    start = said[-TURNS_KEPT]
    slots = {event.key: event.value for event in events[:start] if isinstance(event, SlotSet)}
    before = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted()]
    before += [SlotSet(name, value) for name, value in slots.items()]
    before += [ActionExecuted(ACTION_LISTEN_NAME)]
    return DialogueStateTracker.from_events(
        tracker.sender_id, [*before, *events[start:]], slots=list(tracker.slots.values())
    )
