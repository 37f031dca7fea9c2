"""Where an item is written, and what staff call it, whatever kind it is."""

from __future__ import annotations

from flask import url_for

from admin.archive import address_of as archive_address
from admin.database import current_session
from admin.labels import label
from admin.topics import address_of
from content import activity_drafts
from content.archived import Item as ArchivedItem
from content.archived import things_of
from content.models import Activity, Archiving, Helpline, Revision, SystemWord
from content.models.archivings import ACTIVITY, TEXT
from content.reading import key_of

Item = Revision | SystemWord | Activity | Helpline | Archiving


def place_of(item: Item) -> str:
    """The address of the page where it is written and approved."""
    if isinstance(item, Revision):
        return address_of(key_of(item.variant))
    if isinstance(item, SystemWord):
        return url_for("words.edit", language=item.language, key=item.key)
    if isinstance(item, Activity):
        return url_for("activities.show", kind=item.kind, activity=item.id, language=item.language)
    if isinstance(item, Archiving):
        return archive_address((item.kind, item.item))
    return url_for("helplines.show", helpline=item.id)


def name_of(item: Item) -> str:
    """Its name in a list."""
    if isinstance(item, Revision):
        return name_of_names((TEXT, *key_of(item.variant)))
    if isinstance(item, SystemWord):
        return name_of_names(("words", item.language, item.key))
    if isinstance(item, Activity):
        return name_of_names((ACTIVITY, item.kind, item.id, item.language))
    if isinstance(item, Archiving):
        verb = "Bring back" if item.draft is False else "Archive"
        return f"{verb}: {name_in_archive((item.kind, item.item))}"
    return f"Helpline {item.name['en']}"


def name_in_archive(item: ArchivedItem) -> str:
    """What the archive calls an item, in all its languages: a text by its place, others by their name in English."""
    kind, name = item
    if kind == TEXT:
        topic, section, *reader = name.split("/")
        return f"{label(topic, 'topic')}: {label(section, 'section')} ({_reader(*reader)})"
    for thing in things_of(current_session(), item):
        if isinstance(thing, Helpline):
            return str(thing.name["en"])
        if isinstance(thing, Activity):
            title = (activity_drafts.newest(thing) or {}).get("title", thing.id)
            return f"{label(thing.kind, 'activity_kind')}: {title}"
    return f"{label(kind, 'archived_kind')}: {name.replace('_', ' ')}"


def place_of_names(names: tuple[str, ...]) -> str:
    """The address of something written, named as content/written.py does."""
    kind, *rest = names
    if kind == TEXT:
        topic, section, language, audience, age_band, level = rest
        return address_of((topic, section, language, audience, age_band, level))
    if kind == ACTIVITY:
        return url_for("activities.show", kind=rest[0], activity=rest[1], language=rest[2])
    return url_for("words.edit", language=rest[0], key=rest[1])


def name_of_names(names: tuple[str, ...]) -> str:
    """What staff call it."""
    kind, *rest = names
    if kind == TEXT:
        topic, section, language, *reader = rest
        place = f"{label(topic, 'topic')}: {label(section, 'section')}, {label(language, 'language')}"
        return f"{place} ({_reader(*reader)})"
    if kind == ACTIVITY:
        return f"{label(rest[0], 'activity_kind')} {rest[1].replace('_', ' ')}, {label(rest[2], 'language')}"
    return f"System words {rest[1]}, {label(rest[0], 'language')}"


def _reader(audience: str, age_band: str, level: str) -> str:
    parts = (label(audience, "audience"), label(age_band, "age_band"), label(level, "reading_level"))
    return ", ".join(part.lower() for part in parts)
