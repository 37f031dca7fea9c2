"""Publishes releases. Every function works in the caller's session; the caller commits or rolls back.

A release is built from the newest revision of each variant that may go live. Saving a text makes a draft;
drafts and approved texts go live with the next publish, a text sent for review waits until it is approved.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session, contains_eager, selectinload

from content import checks
from content.activities import check_activity
from content.banned import find_banned
from content.errors import BrokenContent
from content.models import Activity, Helpline, ReleaseRecord, Revision, RoutingRow, SystemWord, Topic, Variant
from content.models.base import utc_now
from content.models.helplines import LAST_RESORT, UNKNOWN
from content.models.topics import ANY_AGE, APPROVED, DRAFT, PUBLISHED
from content.release import Release, Snapshot, hash_of, to_canonical_json
from content.support import WORDS
from content.taxonomy import DEFAULT_LANGUAGE, LANGUAGES

LIVE = (APPROVED, PUBLISHED)


@dataclass(frozen=True)
class Draft:
    """What a publish would send out: the snapshot, and the rows that become published with it."""

    snapshot: Snapshot
    revisions: Sequence[Revision]
    drafted: Sequence[SystemWord | Activity]


def build(session: Session, *, with_drafts: bool = True) -> Draft:
    """What would be published now. Raises BrokenContent with everything that forbids it; changes nothing.

    Without drafts, only approved and published texts count, and only published system messages.
    """
    revisions = _newest_revisions(session, (DRAFT, *LIVE) if with_drafts else LIVE)
    words = session.scalars(select(SystemWord).order_by(SystemWord.language, SystemWord.key)).all()
    activities = session.scalars(select(Activity).order_by(Activity.kind, Activity.id, Activity.language)).all()
    snapshot: Snapshot = {
        "topics": _read_topics(session, {revision.variant.topic_id for revision in revisions}),
        "variants": [_variant_item(revision) for revision in revisions],
        "activities": [item for activity in activities if (item := _live(activity, with_drafts)) is not None],
        "helplines": [line.as_library_item() for line in read_helplines(session)],
        "routing": _read_routing(session),
        "system": {
            language: {
                word.key: value
                for word in words
                if word.language == language and (value := _live(word, with_drafts)) is not None
            }
            for language in LANGUAGES
        },
    }
    problems = list(find_problems(snapshot))
    if problems:
        raise BrokenContent(problems)
    pending = [revision for revision in revisions if revision.status != PUBLISHED]
    waiting: list[SystemWord | Activity] = [*words, *activities]
    drafted = [item for item in waiting if item.draft is not None] if with_drafts else []
    return Draft(snapshot, pending, drafted)


def publish(session: Session, who: str, why: str, *, with_drafts: bool = True) -> Release:
    """Publishes what build() gives as the next release and marks what it includes as published."""
    _lock(session)
    draft = build(session, with_drafts=with_drafts)
    for revision in draft.revisions:
        revision.status = PUBLISHED
    for item in draft.drafted:
        item.value, item.draft = item.draft, None
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
    number = session.scalar(select(func.max(ReleaseRecord.number)))
    return load(session, number) if number else None


def load(session: Session, number: int) -> Release:
    """A published release by its number. Raises LookupError, or BrokenRelease when it was tampered with."""
    record = session.get(ReleaseRecord, number)
    if record is None:
        raise LookupError(f"There is no release {number}.")
    return Release.from_json(record.snapshot, record.sha256, number=number, created_at=record.created_at.isoformat())


def find_problems(snapshot: Snapshot) -> Iterator[str]:
    """Everything that forbids publishing a snapshot, each naming the item."""
    for item in snapshot["variants"]:
        where = "/".join(str(item.get(key)) for key in ("topic", "section", "language"))
        yield from (f"{where}: {problem}" for problem in checks.check_variant(item))
    for topic, pages in snapshot["topics"].items():
        if DEFAULT_LANGUAGE not in pages:
            yield f"{topic}: has no title in {DEFAULT_LANGUAGE!r}"
    helplines = {item["id"]: item for item in snapshot["helplines"]}
    for id_, item in helplines.items():
        yield from (f"{id_}: {problem}" for problem in checks.check_helpline(item))
    yield from (f"routing: {problem}" for problem in checks.check_routing(snapshot["routing"], helplines))
    for item in snapshot.get("activities", []):
        where = f"{item.get('kind')} {item.get('id')}, {item.get('language')}"
        yield from (f"{where}: {problem}" for problem in check_activity(item))
    for language, words in snapshot["system"].items():
        for key, value in words.items():
            yield from (f"{language} {key}: {problem}" for problem in checks.check_system_words(value))
    for key in WORDS:
        if key not in snapshot["system"].get(DEFAULT_LANGUAGE, {}):
            yield f"{DEFAULT_LANGUAGE} {key}: the words are missing"
    yield from find_banned(snapshot)


def read_helplines(session: Session) -> Sequence[Helpline]:
    return session.scalars(select(Helpline).order_by(Helpline.position, Helpline.id)).all()


def _newest_revisions(session: Session, statuses: Sequence[str]) -> Sequence[Revision]:
    newest = (
        select(Revision.variant_id, func.max(Revision.number).label("number"))
        .where(Revision.status.in_(statuses))
        .group_by(Revision.variant_id)
        .subquery()
    )
    return session.scalars(
        select(Revision)
        .join(newest, (Revision.variant_id == newest.c.variant_id) & (Revision.number == newest.c.number))
        .join(Revision.variant)
        .options(contains_eager(Revision.variant))
        .order_by(Variant.topic_id, Variant.section, Variant.language, Variant.id)
    ).all()


def _variant_item(revision: Revision) -> dict[str, Any]:
    variant = revision.variant
    return {
        "topic": variant.topic_id,
        "section": variant.section,
        "language": variant.language,
        "audience": variant.audience,
        "age_band": None if variant.age_band == ANY_AGE else variant.age_band,
        "reading_level": variant.reading_level,
        "bubbles": revision.body,
    }


def _read_topics(session: Session, ids: set[str]) -> dict[str, Any]:
    """The pages of the topics that have a text to show."""
    topics = session.scalars(select(Topic).options(selectinload(Topic.pages)).order_by(Topic.id))
    return {
        topic.id: {
            page.language: {
                "title": page.title,
                "review_by": page.review_by.isoformat(),
                "sources": page.sources,
                "checked_by_welsh_speaker": page.checked_by_welsh_speaker,
            }
            for page in topic.pages
        }
        for topic in topics
        if topic.id in ids
    }


def _read_routing(session: Session) -> dict[str, Any]:
    table: dict[str, Any] = {UNKNOWN: [], LAST_RESORT: [], "needs": {}}
    for row in session.scalars(select(RoutingRow).order_by(RoutingRow.need, RoutingRow.position)):
        if row.need in (UNKNOWN, LAST_RESORT):
            table[row.need] += row.offer
        else:
            item: dict[str, Any] = {"nations": row.nations, "ages": row.ages, "offer": row.offer}
            if row.online_first:
                item["online_first"] = row.online_first
            table["needs"].setdefault(row.need, []).append(item)
    return table


def _live(item: SystemWord | Activity, with_drafts: bool) -> Any:
    """What a publish would send out of it; None for nothing yet."""
    return item.draft if with_drafts and item.draft is not None else item.value


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
        connection.execute(text("LOCK TABLE releases, revisions, system_words, activities IN SHARE ROW EXCLUSIVE MODE"))
    elif connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        if driver is not None and not driver.in_transaction:
            connection.execute(text("BEGIN IMMEDIATE"))
