"""What must be so before young people use Lantern: facts from the store. The caller's session; nothing is changed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from content import publishing, reading
from content.building import read_routing
from content.models import ReleaseRecord, SystemWord
from content.models.workflow import APPROVED, PUBLISHED
from content.signing import DRILL, PRIVACY, ROUTING, holds, last_signature, privacy_words
from content.taxonomy import LANGUAGES

WELSH, HELPLINES, REVIEW_DATES, RELEASE = ("welsh", "helplines", "review_dates", "release")


@dataclass(frozen=True)
class Fact:
    """One thing that must be so. `open` is what keeps it from being so; `about` is what is known of it else."""

    id: str
    is_so: bool
    open: Sequence[Any] = ()
    about: dict[str, Any] = field(default_factory=dict)


def facts(session: Session, today: date) -> list[Fact]:
    """All of them, in the order in which they are best done."""
    welsh = reading.welsh_pages_not_checked(session)
    lines = [line for line in reading.helplines_to_check(session, today) if line.status == "active"]
    old = reading.pages_past_review(session, today)
    releases = reading.releases_newest_first(session)
    return [
        Fact(WELSH, not welsh, welsh),
        Fact(HELPLINES, not lines, lines),
        Fact(REVIEW_DATES, not old, old),
        _signed(session, PRIVACY, _privacy_missing(session)),
        _signed(session, ROUTING),
        _released(session, releases[0] if releases else None),
        _signed(session, DRILL),
    ]


def _released(session: Session, record: ReleaseRecord | None) -> Fact:
    """Published, and what others sign for is in it as it is written now."""
    waiting = []
    live = publishing.latest(session)
    if live is not None:
        if any(reading.newest_words(word) != reading.live_words(live, word) for word in privacy_words(session)):
            waiting.append(PRIVACY)
        if read_routing(session) != live.snapshot["routing"]:
            waiting.append(ROUTING)
    return Fact(RELEASE, record is not None and not waiting, waiting, {"release": record})


def _signed(session: Session, matter: str, missing: Sequence[str] = ()) -> Fact:
    signature = last_signature(session, matter)
    still_holds = holds(session, signature)
    return Fact(matter, still_holds and not missing, missing, {"signature": signature, "holds": still_holds})


def _privacy_missing(session: Session) -> list[str]:
    """The languages in which the privacy notice is not approved."""
    settled = {word.language for word in privacy_words(session) if _is_settled(word)}
    return [language for language in LANGUAGES if language not in settled]


def _is_settled(word: SystemWord) -> bool:
    """Approved, or published as it stands."""
    is_published = word.value is not None and word.draft is None
    return is_published or (word.draft is not None and word.stage in (APPROVED, PUBLISHED))
