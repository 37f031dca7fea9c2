"""What chat says itself, from the release it holds: the welcome, help with a problem, and the answer
when Rasa, the actions or the database are slow or down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chat.request_log import log_fault
from content.messages import button, question, text
from content.profile import Profile
from content.release import Release
from content.store import ReleaseStore
from content.support import help_messages, unavailable
from content.taxonomy import LANGUAGES
from safety import Assessment

Messages = list[dict[str, Any]]

LANGUAGE_OF_ACTION = {"speak_english": "en", "speak_welsh": "cy"}
URGENCY_OF_ACTION = {
    "disclose_emergency": "emergency",
    "disclose_harm": "disclosure",
    "express_concern": "concern",
}


class Fallback:
    """Answers from the release. Never raises: when building one fails, one built at the start serves."""

    def __init__(self, store: ReleaseStore) -> None:
        self._store = store
        release = store.current()
        self._kept = {
            (language, urgency): unavailable(release, Profile(language=language), urgency)
            for language in LANGUAGES
            for urgency in ("none", "emergency")
        }

    def welcome(self, profile: Profile) -> Messages:
        """The first messages of a conversation."""
        return self._build(_welcome, profile, None)

    def help(self, profile: Profile, assessment: Assessment | None) -> Messages:
        """Help beside a problem: by the urgency of what was written, when that is known."""
        return self._build(_help, profile, assessment)

    def answer(self, profile: Profile, assessment: Assessment | None) -> Messages:
        """The answer when Rasa gives none: says so, and brings help by urgency and needs."""
        return self._build(_unavailable, profile, assessment)

    def ask_delete(self, profile: Profile) -> Messages:
        """The question before a chat is deleted."""
        return self._build(_ask_delete, profile, None)

    def deleted(self, profile: Profile) -> Messages:
        """The words after a chat was deleted."""
        return self._build(_deleted, profile, None)

    def _build(
        self,
        build: Callable[[Release, Profile, Assessment | None], Messages],
        profile: Profile,
        assessment: Assessment | None,
    ) -> Messages:
        try:
            return build(self._store.current(), profile, assessment)
        except Exception as error:  # whatever is wrong in the release, the person gets help
            log_fault(error)
            urgency = "emergency" if assessment and assessment.urgency == "emergency" else "none"
            return self._kept[profile.language, urgency]


def _welcome(release: Release, profile: Profile, _: Assessment | None) -> Messages:
    language = profile.language
    other = "speak_english" if language == "cy" else "speak_welsh"
    choices = {"topics": "show_topics", "help": "request_help", "privacy": "ask_privacy", other: other}
    buttons = [button(release.word(f"button.{key}", language), action) for key, action in choices.items()]
    *bubbles, last = release.say("welcome", language)
    return [*(text(bubble) for bubble in bubbles), text(last, buttons)]


def _help(release: Release, profile: Profile, assessment: Assessment | None) -> Messages:
    found = assessment or Assessment()
    return help_messages(release, found.urgency, found.needs, profile, about=found.about)


def _unavailable(release: Release, profile: Profile, assessment: Assessment | None) -> Messages:
    found = assessment or Assessment()
    return unavailable(release, profile, found.urgency, found.needs, about=found.about)


def _ask_delete(release: Release, profile: Profile, _: Assessment | None) -> Messages:
    language = profile.language
    buttons = [
        button(release.word("button.delete_now", language), "delete_chat:now"),
        button(release.word("button.keep_chat", language), "show_topics"),
        button(release.word("button.help", language), "request_help"),
    ]
    return [question(release.word("delete_confirm", language), buttons)]


def _deleted(release: Release, profile: Profile, _: Assessment | None) -> Messages:
    return [text(words) for words in release.say("deleted", profile.language)]
