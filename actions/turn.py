"""One turn of a conversation, as the actions see it: who is reading, what was said, and a place to answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from content.messages import describe_picture
from content.profile import Profile
from content.release import Release
from content.sites import Site

PROFILE_SLOTS = ("language", "nation", "place", "age_band", "audience", "reading_level")
Message = dict[str, Any]


@dataclass
class Turn:
    """What an action needs to answer, and the answer it builds.

    `messages` are the public message objects; `slots` the slots to set; `intent` the message's intent and `argument`
    what the pressed button carried; `text` what was typed, empty for a press; `in_support` whether help was shown for
    a disclosure and nothing else was chosen since; `ranking` the likeliest intents with their confidence;
    `asked_section` the part of a topic that typed words ask for; `taught` how many typed questions were taught and
    `misses` how many messages in a row were not understood; `offered` the buttons under the last answer;
    `shown` the id and the revision of the last text of a topic; `site` the site whose page the chat is on, if any.
    """

    release: Release
    profile: Profile
    intent: str
    argument: str | None
    assessment: dict[str, Any]
    understood: dict[str, Any]
    candidates: Sequence[str]
    topic: str | None
    section: str | None
    needs: Sequence[str]
    text: str = ""
    in_support: bool = False
    ranking: Sequence[tuple[str, float]] = ()
    asked_section: str | None = None
    taught: int = 0
    misses: int = 0
    offered: Sequence[dict[str, str]] = ()
    shown: Sequence[str] = ()
    site: Site | None = None
    messages: list[Message] = field(default_factory=list)
    slots: dict[str, Any] = field(default_factory=dict)

    @property
    def urgency(self) -> str:
        """The urgency of this message; none for a pressed button."""
        return str(self.assessment.get("urgency", "none"))

    def word(self, key: str, **values: str) -> str:
        """One system message in the reader's language."""
        return self.release.word(key, self.profile.language, **values)

    def button(self, key: str, action: str) -> dict[str, str]:
        """A button: its label from the system messages, and what pressing it does."""
        return {"label": self.word(key), "action": action}

    def say(self, key: str, buttons: Sequence[dict[str, str]] = (), **values: str) -> None:
        """Add the bubbles of a system message, the buttons under the last one."""
        self.send_bubbles(self.release.say(key, self.profile.language, **values), buttons)

    def send_bubbles(
        self, bubbles: Sequence[str], buttons: Sequence[dict[str, str]] = (), picture: str | None = None
    ) -> None:
        """Add text messages, the picture with the first and the buttons under the last one."""
        parts: list[Message] = [{"type": "text", "text": bubble} for bubble in bubbles]
        if picture in self.release.pictures and parts:
            parts[0]["picture"] = describe_picture(self.release, str(picture), self.profile.language)
        if buttons and parts:
            parts[-1]["buttons"] = list(buttons)
        self.messages.extend(parts)

    @property
    def buttons(self) -> list[dict[str, str]]:
        """All buttons of the answer so far, in their order."""
        return [button for message in self.messages for button in message.get("buttons") or ()]

    def ask(self, key: str, buttons: Sequence[dict[str, str]]) -> None:
        """Add a question the person may skip."""
        self.messages.append({"type": "question", "text": self.word(key), "buttons": list(buttons)})

    def change_profile(self, **fields: Any) -> None:
        """Change who is reading: in the tracker, and for the chat server's own fallback."""
        before, self.profile = self.profile.as_dict(), self.profile.changed(**fields)
        after = self.profile.as_dict()
        # A place brings its nation, another nation takes the place away: what follows is told too.
        fields |= {name: after[name] for name in after if after[name] != before[name]}
        self.slots.update(fields)
        self.messages.append({"type": "profile", **fields})


def read_turn(tracker: Any, release: Release) -> Turn:
    """The turn of a rasa-sdk Tracker. Slots beat what the chat sent along at the start."""
    latest = tracker.latest_message or {}
    metadata = latest.get("metadata") or {}
    chosen = {name: tracker.get_slot(name) for name in PROFILE_SLOTS}
    profile = Profile.from_mapping({**metadata, **{name: value for name, value in chosen.items() if value}})
    typed = "" if metadata.get("pressed") else str(latest.get("text") or "")
    ranking = [(str(entry.get("name")), float(entry["confidence"])) for entry in latest.get("intent_ranking") or []]
    return Turn(
        release=release,
        profile=profile,
        intent=str((latest.get("intent") or {}).get("name") or ""),
        argument=metadata.get("argument"),
        assessment=latest.get("assessment") or {},
        understood=latest.get("understood") or {},
        candidates=[name for name, _ in ranking],
        topic=tracker.get_slot("topic"),
        section=tracker.get_slot("section"),
        needs=tuple(tracker.get_slot("needs") or ()),
        text=typed,
        in_support=bool(tracker.get_slot("in_support")),
        ranking=ranking,
        asked_section=latest.get("section") if typed else None,
        taught=int(tracker.get_slot("taught") or 0),
        misses=int(tracker.get_slot("misses") or 0),
        offered=tuple(tracker.get_slot("offered") or ()),
        shown=tuple(tracker.get_slot("shown") or ()),
        site=release.sites.get(metadata.get("site") or ""),
    )
