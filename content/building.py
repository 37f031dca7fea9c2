"""Builds what a publish would send out. The caller's session; nothing in it is changed.

A release is built from the newest revision of each variant that may go live. Saving a text makes a draft;
drafts and approved texts go live with the next publish, a text sent for review waits until it is approved.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from content.archived import archived, archived_next, goes_out, item_of
from content.errors import BrokenContent
from content.helplines import london_time
from content.mentions import find_mentions
from content.models import (
    Activity,
    Archiving,
    Helpline,
    Picture,
    Revision,
    RoutingRow,
    Site,
    SystemWord,
    Topic,
    Variant,
)
from content.models.helplines import LAST_RESORT, UNKNOWN
from content.models.topics import ANY_AGE
from content.models.workflow import APPROVED, CHANGES_REQUESTED, DRAFT, IN_REVIEW, PUBLISHED
from content.release import Snapshot
from content.soundness import find_problems
from content.taxonomy import LANGUAGES

LIVE = (APPROVED, PUBLISHED)


@dataclass(frozen=True)
class Draft:
    """What a publish would send out: the snapshot, and the rows that become published with it."""

    snapshot: Snapshot
    revisions: Sequence[Revision]
    drafted: Sequence[SystemWord | Activity | Helpline]
    archivings: Sequence[Archiving]


def build(session: Session, *, with_drafts: bool = True) -> Draft:
    """What would be published now. Raises BrokenContent with everything that forbids it; changes nothing.

    Without drafts, only what is approved or published already counts. What is archived is left out, and its drafts
    with it.
    """
    today = london_time(None).date()
    archivings = session.scalars(select(Archiving)).all()
    gone = archived_next(archivings)
    to_show = _revisions_to_show(session, (DRAFT, *LIVE) if with_drafts else LIVE, today)
    revisions = [revision for revision in to_show if item_of(revision.variant) not in gone]
    words = session.scalars(select(SystemWord).order_by(SystemWord.language, SystemWord.key)).all()
    in_order = select(Activity).order_by(Activity.kind, Activity.id, Activity.language)
    activities = [activity for activity in session.scalars(in_order) if item_of(activity) not in gone]
    lines = _all_helplines(session)
    helplines = [line for line in lines if item_of(line) not in gone]
    snapshot: Snapshot = {
        "topics": _read_topics(session, {revision.variant.topic_id for revision in revisions}),
        "variants": [_variant_item(revision) for revision in revisions],
        "activities": [item for activity in activities if (item := _live(activity, with_drafts)) is not None],
        "pictures": {
            picture.id: {"svg": picture.svg, "alt": picture.alt}
            for picture in session.scalars(select(Picture).order_by(Picture.id))
            if item_of(picture) not in gone
        },
        "helplines": [_live_line(line, with_drafts) for line in helplines],
        "routing": read_routing(session),
        "system": {
            language: {
                word.key: value
                for word in words
                if word.language == language and (value := _live(word, with_drafts)) is not None
            }
            for language in LANGUAGES
        },
    }
    if sites := read_sites(session):
        snapshot["sites"] = [site.as_library_item() for site in sites]
    # Who asked to archive a line was told of every text that names it; one may have been written since.
    about_to_go = gone - archived(session)
    leaves = (line for line in lines if item_of(line) in about_to_go)
    problems = [*find_problems(snapshot), *(told for line in leaves for told in find_mentions(line, snapshot))]
    if problems:
        raise BrokenContent(problems)
    pending = [revision for revision in revisions if revision.stage != PUBLISHED]
    waiting: list[SystemWord | Activity | Helpline] = [*words, *activities, *helplines]
    drafted = [item for item in waiting if _goes_live(item, with_drafts)]
    return Draft(snapshot, pending, drafted, [one for one in archivings if goes_out(one)])


def read_sites(session: Session) -> Sequence[Site]:
    return session.scalars(select(Site).order_by(Site.key)).all()


def read_helplines(session: Session) -> Sequence[Helpline]:
    """The directory in its order, without what is archived."""
    gone = archived(session)
    return [line for line in _all_helplines(session) if item_of(line) not in gone]


def _all_helplines(session: Session) -> Sequence[Helpline]:
    return session.scalars(select(Helpline).order_by(Helpline.position, Helpline.id)).all()


def _revisions_to_show(session: Session, statuses: Sequence[str], today: date) -> Sequence[Revision]:
    """Of each variant the newest text that stays, and the newer ones that come or go on a day, the newest first."""
    has_begun = or_(Revision.starts_on.is_(None), Revision.starts_on <= today)
    lasting = (
        select(Revision.variant_id, func.max(Revision.number).label("number"))
        .where(Revision.stage.in_(statuses), Revision.ends_on.is_(None), has_begun)
        .group_by(Revision.variant_id)
        .subquery()
    )
    return session.scalars(
        select(Revision)
        .outerjoin(lasting, Revision.variant_id == lasting.c.variant_id)
        .join(Revision.variant)
        .options(contains_eager(Revision.variant))
        .where(
            Revision.stage.in_(statuses),
            Revision.number >= func.coalesce(lasting.c.number, 0),
            or_(Revision.ends_on.is_(None), Revision.ends_on >= today),
        )
        .order_by(Variant.topic_id, Variant.section, Variant.language, Variant.id, Revision.number.desc())
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
    } | revision.text


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


def read_routing(session: Session) -> dict[str, Any]:
    """The routing table as the next publish sends it out, in the library's shape."""
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


def _goes_live(item: SystemWord | Activity | Helpline, with_drafts: bool) -> bool:
    """Whether its draft goes out with a publish: when it is approved, or when drafts go out as they are."""
    held = item.stage in (IN_REVIEW, CHANGES_REQUESTED)
    return item.draft is not None and (item.stage == APPROVED or (with_drafts and not held))


def _live(item: SystemWord | Activity, with_drafts: bool) -> Any:
    """What a publish would send out of it; None for nothing yet."""
    return item.draft if _goes_live(item, with_drafts) else item.value


def _live_line(line: Helpline, with_drafts: bool) -> dict[str, Any]:
    return line.draft if line.draft is not None and _goes_live(line, with_drafts) else line.as_library_item()
