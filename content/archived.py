"""What is archived and what is about to be, as queries that read as sentences. The caller's session."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models import Activity, Archiving, Helpline, Picture, Variant
from content.models.archivings import ACTIVITY, ARCHIVED_KINDS, HELPLINE, PICTURE, TEXT
from content.models.workflow import APPROVED

Item = tuple[str, str]  # one of ARCHIVED_KINDS, and what names the item within it, as Archiving says


def text_item(topic: str, section: str, audience: str, age_band: str, reading_level: str) -> Item:
    """A text of a topic, in all its languages."""
    return TEXT, "/".join((topic, section, audience, age_band, reading_level))


def item_of(thing: Variant | Activity | Picture | Helpline) -> Item:
    """What names it for the archive."""
    if isinstance(thing, Variant):
        return text_item(thing.topic_id, thing.section, thing.audience, thing.age_band, thing.reading_level)
    if isinstance(thing, Activity):
        return ACTIVITY, f"{thing.kind}/{thing.id}"
    return HELPLINE if isinstance(thing, Helpline) else PICTURE, thing.id


def archivings_in_order(session: Session) -> Sequence[Archiving]:
    """Everything that is archived or asked for, and what once was; by kind and name."""
    found = session.scalars(select(Archiving)).all()
    return sorted(found, key=lambda one: (ARCHIVED_KINDS.index(one.kind), one.item))


def archived(session: Session) -> frozenset[Item]:
    """What is archived since the last publish."""
    found = select(Archiving.kind, Archiving.item).where(Archiving.is_archived.is_(True))
    return frozenset((kind, item) for kind, item in session.execute(found))


def leaving(session: Session) -> frozenset[Item]:
    """What is archived, and what someone has asked to archive: nothing new may link to it."""
    found = select(Archiving.kind, Archiving.item).where(Archiving.is_archived.is_(True) | Archiving.draft.is_(True))
    return frozenset((kind, item) for kind, item in session.execute(found))


def goes_out(archiving: Archiving) -> bool:
    """Whether the next publish carries out what was asked for. Without an approval none does."""
    return archiving.draft is not None and archiving.stage == APPROVED


def archived_next(archivings: Iterable[Archiving]) -> frozenset[Item]:
    """What the next publish leaves out."""
    return frozenset((one.kind, one.item) for one in archivings if (one.draft if goes_out(one) else one.is_archived))


def find_archiving(session: Session, item: Item) -> Archiving | None:
    return session.get(Archiving, item)


def things_of(session: Session, item: Item) -> Sequence[Variant | Activity | Picture | Helpline]:
    """What the item is, in each of its languages; nothing when there is no such item."""
    kind, name = item
    if kind == TEXT and name.count("/") == 4:
        topic, section, audience, age_band, reading_level = name.split("/")
        return session.scalars(
            select(Variant)
            .where(Variant.topic_id == topic, Variant.section == section, Variant.audience == audience)
            .where(Variant.age_band == age_band, Variant.reading_level == reading_level)
            .order_by(Variant.language.desc())
        ).all()
    if kind == ACTIVITY:
        of_kind, _, id_ = name.partition("/")
        activities = select(Activity).where(Activity.kind == of_kind, Activity.id == id_)
        return session.scalars(activities.order_by(Activity.language.desc())).all()
    found = session.get(Picture, name) if kind == PICTURE else None
    line = session.get(Helpline, name) if kind == HELPLINE else None
    return [thing for thing in (found, line) if thing is not None]
