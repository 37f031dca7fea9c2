"""What chat remembers of open conversations, in memory, for as long as their tokens are good."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import Any

from cachetools import TTLCache

from content.profile import Profile
from safety import Assessment

MOST_SESSIONS = 50_000
MOST_ENDED = 200_000


@dataclass(frozen=True)
class Session:
    """The profile to speak to, and the last assessments, used only while answering.

    `assessment` is the rules' own, for when Rasa cannot answer; it is kept without its evidence: no word a person
    wrote stays here. `previous` is what Rasa made of the message before ({urgency, about, needs}), sent along with the
    next one, so that a bare "yes" goes on from it. `site` is the key of the site whose page it is.
    """

    profile: Profile
    assessment: Assessment | None = None
    previous: dict[str, Any] | None = None
    lesson: str | None = None
    site: str | None = None


class Sessions:
    """Bounded memory of sessions and of ended conversations. Safe for threads."""

    def __init__(self, seconds: float) -> None:
        self._lock = threading.Lock()
        self._open: TTLCache[str, Session] = TTLCache(MOST_SESSIONS, ttl=seconds)
        self._ended: TTLCache[str, bool] = TTLCache(MOST_ENDED, ttl=seconds + 60)

    def find(self, conversation_id: str) -> Session | None:
        """The session, or None when it is unknown, forgotten or ended."""
        with self._lock:
            return self._open.get(conversation_id)

    def keep(self, conversation_id: str, session: Session) -> None:
        """Remember the session, unless the conversation has ended meanwhile."""
        if session.assessment is not None and session.assessment.evidence:
            session = replace(session, assessment=replace(session.assessment, evidence=()))
        with self._lock:
            if conversation_id not in self._ended:
                self._open[conversation_id] = session

    def end(self, conversation_id: str) -> None:
        """Forget the session and remember that it has ended."""
        with self._lock:
            self._open.pop(conversation_id, None)
            self._ended[conversation_id] = True

    def has_ended(self, conversation_id: str) -> bool:
        """Whether the conversation was deleted."""
        with self._lock:
            return conversation_id in self._ended
