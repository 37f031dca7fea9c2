"""Who is where, so that two people who write on one thing know of it. The caller's session; the caller commits."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.orm import Session

from content.models import Presence

RENEWED_FOR = timedelta(seconds=60)  # a page tells of itself more often than this
OPENED_FOR = timedelta(hours=1)  # a page without a script: whoever opened it may still write


def note(session: Session, place: str, who: str, now: datetime, *, is_renewal: bool = False) -> None:
    """Someone opens a page to write on, or it tells that it is still open. What is old is deleted."""
    session.execute(delete(Presence).where(_is_old(now)))
    presence = session.get(Presence, (place, who))
    if presence is None:
        presence = Presence(place=place, who=who, since=now, is_renewed=False)
        session.add(presence)
    presence.since = presence.since if presence.is_renewed else now
    presence.seen, presence.is_renewed = now, presence.is_renewed or is_renewal
    session.flush()


def others(session: Session, place: str, who: str, now: datetime) -> Sequence[Presence]:
    """Everyone else who is there, whoever came first in front."""
    there = select(Presence).where(Presence.place == place, Presence.who != who, ~_is_old(now))
    return session.scalars(there.order_by(Presence.since, Presence.who)).all()


def _is_old(now: datetime) -> ColumnElement[bool]:
    is_gone = Presence.is_renewed & (Presence.seen < now - RENEWED_FOR)
    return or_(is_gone, Presence.seen < now - OPENED_FOR)
