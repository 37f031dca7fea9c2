"""Conversations live in memory, for a while, and not more than a number of them."""

from __future__ import annotations

import asyncio

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.tracker_store import ForgetfulTrackerStore


def make_store(**limits: float) -> ForgetfulTrackerStore:
    return ForgetfulTrackerStore(Domain.empty(), **limits)


async def keep(store: ForgetfulTrackerStore, sender: str) -> None:
    await store.save(DialogueStateTracker.from_events(sender, [UserUttered("hello")]))


def test_a_conversation_is_kept_and_forgotten_when_asked() -> None:
    async def run() -> None:
        store = make_store()
        await keep(store, "a")
        await keep(store, "noise")
        assert (await store.retrieve("a")).latest_message.text == "hello"
        await store.forget("a")
        await store.forget("never there")
        assert await store.retrieve("a") is None
        assert await store.retrieve("noise") is not None

    asyncio.run(run())


def test_a_long_chat_keeps_its_slots_and_its_last_words_only() -> None:
    async def run() -> None:
        domain = Domain.from_dict({"slots": {"language": {"type": "any", "mappings": [{"type": "custom"}]}}})
        store = ForgetfulTrackerStore(domain)
        events = [UserUttered("first words"), SlotSet("language", "cy")]
        events += [UserUttered(f"words {number}") for number in range(20)]
        await store.save(DialogueStateTracker.from_events("a", events, slots=domain.slots))
        kept = await store.retrieve("a")
        assert kept.get_slot("language") == "cy"
        assert kept.latest_message.text == "words 19"
        said = [event.text for event in kept.events if isinstance(event, UserUttered)]
        assert said == ["words 18", "words 19"]

    asyncio.run(run())


def test_silence_ends_it() -> None:
    async def run() -> None:
        store = make_store(minutes=0.002)
        await keep(store, "a")
        await asyncio.sleep(0.2)
        assert await store.retrieve("a") is None

    asyncio.run(run())


def test_the_number_of_conversations_is_bounded() -> None:
    async def run() -> None:
        store = make_store(conversations=3)
        for number in range(10):
            await keep(store, str(number))
        assert len(list(await store.keys())) == 3
        assert await store.retrieve("9") is not None
        assert await store.retrieve("0") is None

    asyncio.run(run())
