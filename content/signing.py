"""Signatures under what must be right before young people use it. The caller's session; the caller commits."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.building import read_routing
from content.errors import BrokenContent
from content.models import Signature, SystemWord
from content.models.base import utc_now
from content.models.topics import NOTE_LENGTH
from content.release import hash_of, to_canonical_json
from content.taxonomy import LANGUAGES

ROUTING, DRILL, PRIVACY = MATTERS = ("routing", "drill", "privacy")
DRILL_TIME = timedelta(days=90)  # a drill counts that long
PRIVACY_KEY = "privacy"


def matter_now(session: Session, matter: str) -> Any:
    """What a signature under it stands for now, as data. Nothing for a drill: it happened, and does not change."""
    if matter == ROUTING:
        return read_routing(session)
    if matter == PRIVACY:
        return {word.language: word.draft if word.draft is not None else word.value for word in privacy_words(session)}
    if matter == DRILL:
        return None
    raise LookupError(f"Nothing called {matter!r} is signed.")


def hash_now(session: Session, matter: str) -> str:
    """The hash of what a signature under it stands for now."""
    return hash_of(to_canonical_json({matter: matter_now(session, matter)}))


def sign(session: Session, matter: str, who: str, *, seen: str, note: str = "") -> Signature:
    """Signs what the signer has `seen` (its hash). Raises BrokenContent when it has changed since, or lacks a note."""
    if seen != hash_now(session, matter):
        raise BrokenContent(["it has changed since you opened this page; look at it again, then sign"])
    if len(note) > NOTE_LENGTH:
        raise BrokenContent([f"the note must have at most {NOTE_LENGTH} characters"])
    if matter == DRILL and not note.strip():
        raise BrokenContent(["say what was tried, and what happened"])
    signature = Signature(matter=matter, who=who, sha256=seen, note=note.strip())
    session.add(signature)
    session.flush()
    return signature


def last_signature(session: Session, matter: str) -> Signature | None:
    """The newest signature under it, whether it still holds or not."""
    return session.scalars(
        select(Signature).where(Signature.matter == matter).order_by(Signature.id.desc()).limit(1)
    ).first()


def holds(session: Session, signature: Signature | None, now: datetime | None = None) -> bool:
    """Whether it is there, what was signed is unchanged, and a drill is not too long ago."""
    if signature is None or signature.sha256 != hash_now(session, signature.matter):
        return False
    return signature.matter != DRILL or (now or utc_now()) - signature.at <= DRILL_TIME


def privacy_words(session: Session) -> list[SystemWord]:
    """The privacy notice in each language that has one."""
    words = session.scalars(select(SystemWord).where(SystemWord.key == PRIVACY_KEY))
    return sorted(words, key=lambda word: LANGUAGES.index(word.language))
