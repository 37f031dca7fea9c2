"""What staff look up: each query reads as a sentence. The caller's session; nothing is changed."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Subquery, func, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from content.archived import archived, item_of, leaving, text_item
from content.building import read_helplines
from content.helplines import AWAITING, DROPPED, OVERDUE, check_state, london_time
from content.models import (
    Activity,
    Archiving,
    Helpline,
    Picture,
    ReleaseRecord,
    Revision,
    SystemWord,
    TextCount,
    Topic,
    TopicPage,
    Variant,
)
from content.models.archivings import PICTURE
from content.models.counts import EVENTS
from content.models.releases import Words
from content.models.topics import ANY_AGE
from content.models.workflow import CHANGES_REQUESTED, DRAFT, IN_REVIEW, PUBLISHED
from content.release import Release
from content.settings import check_grace_days
from content.taxonomy import TOPICS
from content.variants import Variant as Text
from content.variants import revision_of

MISSING, LIVE, WAITING, HELD, ARCHIVED = STATES = ("missing", "live", "waiting", "held", "archived")

NOT_YET = (DRAFT, IN_REVIEW, CHANGES_REQUESTED)  # a publish by staff leaves these out

Key = tuple[str, str, str, str, str, str]  # topic, section, language, audience, age band or "any", level
KEY = (
    Variant.topic_id,
    Variant.section,
    Variant.language,
    Variant.audience,
    Variant.age_band,
    Variant.reading_level,
)


def topics_in_order(session: Session) -> list[Topic]:
    """Every topic with its pages, in the order in which a person is shown them."""
    topics = session.scalars(select(Topic).options(selectinload(Topic.pages)))
    return sorted(topics, key=lambda topic: TOPICS.index(topic.id) if topic.id in TOPICS else len(TOPICS))


def topic_named(session: Session, id_: str) -> Topic | None:
    return session.get(Topic, id_)


def variant_for(session: Session, key: Key) -> Variant | None:
    topic, section, language, audience, age_band, reading_level = key
    return session.scalars(
        select(Variant)
        .options(selectinload(Variant.revisions))
        .where(
            Variant.topic_id == topic,
            Variant.section == section,
            Variant.language == language,
            Variant.audience == audience,
            Variant.age_band == age_band,
            Variant.reading_level == reading_level,
        )
    ).one_or_none()


def key_of(variant: Variant) -> Key:
    return (
        variant.topic_id,
        variant.section,
        variant.language,
        variant.audience,
        variant.age_band,
        variant.reading_level,
    )


def live_texts(release: Release | None, key: Key) -> tuple[Text, ...]:
    """The texts that the release holds for this very variant, the one to show first in front."""
    if release is None:
        return ()
    topic, section, language, audience, age_band, reading_level = key
    fits = release.variants_by_place.get((topic, section, language), {})
    return fits.get((audience, None if age_band == ANY_AGE else age_band, reading_level), ())


def live_text(release: Release | None, key: Key) -> tuple[str, ...] | None:
    """The bubbles that are shown today for this very variant, or None."""
    today = london_time(None).date()
    return next((text.bubbles for text in live_texts(release, key) if text.is_shown_on(today)), None)


def state_of(newest: Revision | None, live: Sequence[Text]) -> str:
    """Where a variant stands: missing, live, waiting for the next publish, or held until it is approved."""
    if newest is None or is_over(newest):
        return LIVE if live else MISSING
    if newest.stage == IN_REVIEW:
        return HELD
    written = (tuple(newest.body), newest.picture, newest.starts_on, newest.ends_on)
    return LIVE if written in {(t.bubbles, t.picture, t.starts_on, t.ends_on) for t in live} else WAITING


def is_over(text: Revision) -> bool:
    """Whether its last day is past: the older text is shown again."""
    return text.ends_on is not None and text.ends_on < london_time(None).date()


def states(session: Session, release: Release | None, topic: str | None = None) -> dict[Key, str]:
    """Where each variant that has a text stands, in one topic or in all. An archived one that is live again after
    a roll-back counts as live."""
    newest = _newest_of_each()
    stages = (
        select(*KEY, Revision.stage)
        .join(Revision, Revision.variant_id == Variant.id)
        .join(newest, (Revision.variant_id == newest.c.variant_id) & (Revision.number == newest.c.number))
    )
    if topic is not None:
        stages = stages.where(Variant.topic_id == topic)
    found: dict[Key, str] = {(a, b, c, d, e, f): LIVE for a, b, c, d, e, f, _ in session.execute(stages)}
    for text in texts_to_look_at(session, release):
        key = key_of(text.variant)
        if key in found:
            found[key] = state_of(text, live_texts(release, key))
    gone = archived(session)
    for key in found if gone else ():
        if text_item(*key[:2], *key[3:]) in gone and not live_texts(release, key):
            found[key] = ARCHIVED
    return found


def texts_waiting(session: Session, release: Release | None) -> list[Revision]:
    """The newest revision of each variant that is not what the release, the one that is live, says."""
    gone = archived(session)
    texts = [text for text in texts_to_look_at(session, release) if item_of(text.variant) not in gone]
    waiting = (WAITING, HELD)
    return [text for text in texts if state_of(text, live_texts(release, key_of(text.variant))) in waiting]


def texts_to_look_at(session: Session, release: Release | None) -> Sequence[Revision]:
    """The newest text of each variant, without those that are surely live: published, always shown, and not gone back
    from since."""
    newest = _newest_of_each()
    texts = (
        select(Revision)
        .join(newest, (Revision.variant_id == newest.c.variant_id) & (Revision.number == newest.c.number))
        .join(Revision.variant)
        .options(contains_eager(Revision.variant))
        .order_by(Variant.topic_id, Variant.section, Variant.language, Variant.id)
    )
    if release is not None and not _says_what_an_older_one_said(session, release):
        texts = texts.where((Revision.stage != PUBLISHED) | Revision.ends_on.is_not(None))
    return session.scalars(texts).all()


def _newest_of_each() -> Subquery:
    newest = select(Revision.variant_id, func.max(Revision.number).label("number"))
    return newest.group_by(Revision.variant_id).subquery()


def _says_what_an_older_one_said(session: Session, release: Release) -> bool:
    older = select(ReleaseRecord.number).where(
        ReleaseRecord.sha256 == release.sha256, ReleaseRecord.number < release.number
    )
    return session.scalar(older.limit(1)) is not None


def counts_of(session: Session, key: Key, bubbles: Sequence[str]) -> dict[str, int]:
    """How often this very text was shown, helped and did not help, by event; another revision counts anew."""
    found = select(TextCount).where(TextCount.item == "/".join(key), TextCount.revision == revision_of(bubbles))
    there = {row.event: row.count for row in session.scalars(found)}
    return {event: there.get(event, 0) for event in EVENTS}


def pictures(session: Session) -> Sequence[str]:
    """The ids of the pictures that a text may show."""
    gone = {id_ for kind, id_ in leaving(session) if kind == PICTURE}
    return [id_ for id_ in session.scalars(select(Picture.id).order_by(Picture.id)) if id_ not in gone]


def words_in_order(session: Session) -> Sequence[SystemWord]:
    return session.scalars(select(SystemWord).order_by(SystemWord.key, SystemWord.language)).all()


def newest_words(word: SystemWord) -> Words | None:
    """What the next publish sends out."""
    return word.draft if word.draft is not None else word.value


def live_words(release: Release | None, word: SystemWord) -> Words | None:
    """What the release says in this language, or None."""
    return release.system.get(word.language, {}).get(word.key) if release else None


def words_waiting(session: Session, release: Release | None) -> list[SystemWord]:
    """The system messages that are not what the release, the one that is live, says."""
    return [word for word in words_in_order(session) if newest_words(word) != live_words(release, word)]


def count_waiting_for_approval(session: Session) -> int:
    """How many drafts a publish leaves out, because nobody has approved them yet."""
    newest = _newest_of_each()
    texts = (
        select(func.count())
        .select_from(Revision)
        .join(newest, (Revision.variant_id == newest.c.variant_id) & (Revision.number == newest.c.number))
        .where(Revision.stage.in_(NOT_YET))
    )
    others = [
        select(func.count()).select_from(kind).where(kind.draft.is_not(None), kind.stage.in_(NOT_YET))
        for kind in (SystemWord, Activity, Helpline, Archiving)
    ]
    return sum(session.scalar(query) or 0 for query in (texts, *others))


def in_review(session: Session) -> list[Revision | SystemWord | Activity | Helpline | Archiving]:
    """Everything that waits for an approval, texts first."""
    texts = select(Revision).where(Revision.stage == IN_REVIEW).options(selectinload(Revision.variant))
    found: list[Revision | SystemWord | Activity | Helpline | Archiving]
    found = list(session.scalars(texts.order_by(Revision.id)))
    for kind in (SystemWord, Activity, Helpline, Archiving):
        found += session.scalars(select(kind).where(kind.draft.is_not(None), kind.stage == IN_REVIEW))
    return found


def sent_back_to(session: Session, who: str) -> list[Revision]:
    """Texts of theirs that someone asked to change."""
    mine = select(Revision).where(Revision.stage == CHANGES_REQUESTED, Revision.author == who)
    return list(session.scalars(mine.options(selectinload(Revision.variant)).order_by(Revision.id)))


def pages_past_review(session: Session, today: date) -> Sequence[TopicPage]:
    return session.scalars(
        select(TopicPage).where(TopicPage.review_by < today).order_by(TopicPage.review_by, TopicPage.topic_id)
    ).all()


def welsh_pages_not_checked(session: Session) -> Sequence[TopicPage]:
    """The Welsh pages that no Welsh speaker has checked."""
    return session.scalars(
        select(TopicPage)
        .where(TopicPage.language == "cy", TopicPage.checked_by_welsh_speaker.is_(False))
        .order_by(TopicPage.topic_id)
    ).all()


def check_state_of(line: Helpline, today: date) -> str:
    """Where the line stands with its checks today, a state of content/helplines.py."""
    return check_state(line.id, line.kind, line.checked_on, today, check_grace_days())


def helplines_to_check(session: Session, today: date) -> list[Helpline]:
    """Lines that await their first check or are overdue for the next, those no longer offered first."""
    due = (DROPPED, OVERDUE, AWAITING)
    lines = [line for line in read_helplines(session) if check_state_of(line, today) in due]
    return sorted(lines, key=lambda line: due.index(check_state_of(line, today)))


def releases_newest_first(session: Session) -> Sequence[ReleaseRecord]:
    return session.scalars(select(ReleaseRecord).order_by(ReleaseRecord.number.desc())).all()
