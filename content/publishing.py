"""Publishes releases. Every function works in the caller's session; the caller commits or rolls back."""

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from content.building import build
from content.models import Helpline, ReleaseRecord
from content.models.base import utc_now
from content.models.workflow import PUBLISHED
from content.release import Release, hash_of, to_canonical_json

_held: dict[tuple[int, str], Release] = {}  # the newest, once it was read


def publish(session: Session, who: str, why: str, *, with_drafts: bool = True) -> Release:
    """Publishes what build() gives as the next release and marks what it includes as published."""
    _lock(session)
    draft = build(session, with_drafts=with_drafts)
    for revision in draft.revisions:
        revision.stage = PUBLISHED
    for item in draft.drafted:
        if isinstance(item, Helpline):
            item.take(item.draft or {})
        else:
            item.value = item.draft
        item.draft, item.stage, item.approvals = None, PUBLISHED, []
    for archiving in draft.archivings:
        archiving.is_archived = bool(archiving.draft)
        archiving.draft, archiving.stage, archiving.approvals = None, PUBLISHED, []
    return _add(session, to_canonical_json(draft.snapshot), who, why)


def roll_back(session: Session, number: int, who: str, why: str) -> Release:
    """Publishes the snapshot of release `number` again, as the next release.

    The texts in the editor stay as they are, so the next publish goes forward from them. Raises LookupError
    when there is no such release, and BrokenRelease when its stored snapshot was tampered with.
    """
    _lock(session)
    old = load(session, number)
    return _add(session, old.to_json(), who, why)


def latest(session: Session) -> Release | None:
    """The release with the highest number, or None before the first publish."""
    newest = select(ReleaseRecord.number, ReleaseRecord.sha256).order_by(ReleaseRecord.number.desc()).limit(1)
    found = session.execute(newest).first()
    if found is None:
        return None
    # Reading one takes a third of a second, and every page for staff asks for it; a release never changes.
    held = _held.get((found.number, found.sha256))
    if held is None:
        held = load(session, found.number)
        _held.clear()
        _held[found.number, found.sha256] = held
    return held


def load(session: Session, number: int) -> Release:
    """A published release by its number. Raises LookupError, or BrokenRelease when it was tampered with."""
    record = session.get(ReleaseRecord, number)
    if record is None:
        raise LookupError(f"There is no release {number}.")
    return Release.from_json(record.snapshot, record.sha256, number=number, created_at=record.created_at.isoformat())


def _add(session: Session, snapshot: str, who: str, why: str) -> Release:
    number = (session.scalar(select(func.max(ReleaseRecord.number))) or 0) + 1
    record = ReleaseRecord(
        number=number, sha256=hash_of(snapshot), snapshot=snapshot, who=who, why=why, created_at=utc_now()
    )
    session.add(record)
    session.flush()
    return Release.from_json(snapshot, record.sha256, number=number, created_at=record.created_at.isoformat())


def _lock(session: Session) -> None:
    """Keeps others from writing until the caller commits, so what is read is what is published."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        tables = "releases, revisions, system_words, activities, helplines, pictures, archivings, sites"
        connection.execute(text(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE"))
    elif connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        if driver is not None and not driver.in_transaction:
            connection.execute(text("BEGIN IMMEDIATE"))
