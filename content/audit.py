"""Writes the log of changes by itself: whatever a watched session changes is noted in the same transaction."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from content.models import (
    Activity,
    Archiving,
    AuditEntry,
    Helpline,
    Picture,
    Proposal,
    ReleaseRecord,
    Revision,
    RoutingRow,
    Signature,
    Site,
    SystemWord,
    TopicPage,
)
from content.models.audit import CHANGED, GONE, NEW

# What is watched, and what names one of it in the log. The admin adds its own.
NAMES: dict[type, Callable[[Any], str]] = {
    Revision: lambda text: f"{text.variant.name}, revision {text.number}",
    SystemWord: lambda word: f"{word.language} {word.key}",
    Activity: lambda activity: f"{activity.kind} {activity.id}, {activity.language}",
    TopicPage: lambda page: f"{page.topic_id}, {page.language}",
    Picture: lambda picture: picture.id,
    Archiving: lambda archiving: f"{archiving.kind} {archiving.item}",
    Helpline: lambda line: line.id,
    RoutingRow: lambda row: f"{row.need}, row {row.position + 1}",
    Proposal: lambda proposal: f"{proposal.kind} proposed by {proposal.author}",
    Signature: lambda signature: signature.matter,
    Site: lambda site: site.key,
    ReleaseRecord: lambda release: f"release {release.number}",
}
# Not for the log: secrets, what is too long and kept elsewhere for good, and proposed phrases: those can be taken away.
LEFT_OUT = frozenset(
    (
        "password", "totp_secret", "totp_step", "recovery_codes", "link_hash", "fs_uniquifier", "snapshot", "svg",
        "phrase",
    )
)  # fmt: skip
UNNOTED = frozenset(("saved_from", "created_at"))  # of no use in the log, where each entry has its time
HIDDEN = "(not shown)"


def watch(session: Session, who: Callable[[], str]) -> None:
    """Note what this session changes from now on, as done by who() at that moment."""

    @event.listens_for(session, "before_flush")
    def note(session: Session, _context: Any, _objects: Any) -> None:
        for what, things in ((NEW, session.new), (CHANGED, session.dirty), (GONE, session.deleted)):
            for thing in list(things):
                if type(thing) in NAMES:
                    before, after = _differences(thing, what)
                    if before or after:
                        name = NAMES[type(thing)](thing)
                        kind = str(type(thing).__tablename__)
                        entry = AuditEntry(who=who(), what=what, kind=kind, name=name, before=before, after=after)
                        session.add(entry)


def _differences(thing: Any, what: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields that differ, before and after."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    state = inspect(thing)
    for column in state.mapper.column_attrs:
        history = state.attrs[column.key].history
        if column.key in UNNOTED or (what == CHANGED and not history.has_changes()):
            continue
        old = history.deleted[0] if history.deleted else None
        new = getattr(thing, column.key)
        if what == GONE:
            old, new = new, None
        if old == new:
            continue
        hidden = column.key in LEFT_OUT
        if old is not None:
            before[column.key] = HIDDEN if hidden else _plain(old)
        if new is not None:
            after[column.key] = HIDDEN if hidden else _plain(new)
    return before, after


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
