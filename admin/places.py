"""Where an item is written, and what staff call it, whatever kind it is."""

from __future__ import annotations

from flask import url_for

from admin.labels import label
from admin.topics import address_of
from content.models import Activity, Helpline, Revision, SystemWord
from content.reading import key_of

Item = Revision | SystemWord | Activity | Helpline


def place_of(item: Item) -> str:
    """The address of the page where it is written and approved."""
    if isinstance(item, Revision):
        return address_of(key_of(item.variant))
    if isinstance(item, SystemWord):
        return url_for("words.edit", language=item.language, key=item.key)
    if isinstance(item, Activity):
        return url_for("activities.show", kind=item.kind, activity=item.id, language=item.language)
    return url_for("helplines.show", helpline=item.id)


def name_of(item: Item) -> str:
    """Its name in a list."""
    if isinstance(item, Revision):
        topic, section, language, audience, age_band, level = key_of(item.variant)
        reader = (label(audience, "audience"), label(age_band, "age_band"), label(level, "reading_level"))
        place = f"{label(topic, 'topic')}: {label(section, 'section')}, {label(language, 'language')}"
        return f"{place} ({', '.join(part.lower() for part in reader)})"
    if isinstance(item, SystemWord):
        return f"System words {item.key}, {label(item.language, 'language')}"
    if isinstance(item, Activity):
        return f"{label(item.kind, 'activity')} {item.id.replace('_', ' ')}, {label(item.language, 'language')}"
    return f"Helpline {item.name['en']}"
