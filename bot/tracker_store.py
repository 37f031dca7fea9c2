"""Conversations in memory, forgotten after a time of silence, and never more than a number of them."""

from __future__ import annotations

from typing import Any

from cachetools import TTLCache
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

MINUTES_KEPT = 30
CONVERSATIONS_KEPT = 10_000
EVENTS_KEPT = 300  # of one conversation; older ones fall off, so that a long chat stays as quick as a short one


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
        self.max_event_history = EVENTS_KEPT

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation, or None when there is none or it has been forgotten."""
        saved = self.store.get(sender_id)
        return None if saved is None else self.deserialise_tracker(sender_id, saved)

    async def forget(self, sender_id: str) -> None:
        """Drop a conversation at once; unknown ones are no error."""
        self.store.pop(sender_id, None)
