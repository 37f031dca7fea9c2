"""The texts that stand for each variant now: what an export writes and an import is compared with."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from content.models import Revision, Variant
from content.reading import Key, key_of
from content.taxonomy import SECTIONS, TOPICS

Days = tuple[str, str]  # first and last day in ISO 8601, "" for none
Text = dict[str, Any]  # bubbles, and picture, starts_on, ends_on where it has them
LASTING: Days = ("", "")


def variants_by_key(session: Session) -> dict[Key, Variant]:
    """Every variant with its revisions, in the order of topics and sections."""
    variants = session.scalars(select(Variant).options(selectinload(Variant.revisions)).order_by(Variant.id))
    return {key_of(variant): variant for variant in sorted(variants, key=_rank)}


def standing_texts(revisions: Iterable[Revision], today: date) -> dict[Days, Text]:
    """By their days, the newest in front: the newest text that stays, and newer ones that come or go on a day.

    Whatever their stage: the newest draft is what its writer goes on from.
    """
    found: dict[Days, Text] = {}
    for revision in sorted(revisions, key=lambda revision: -revision.number):
        days = days_of(revision.text, today)
        if revision.ends_on is None or revision.ends_on >= today:
            found.setdefault(days, revision.text)
        if days == LASTING:
            break
    return found


def days_of(text: Text, today: date) -> Days:
    """Its days; LASTING for a text that is shown from now on without an end."""
    starts, ends = text.get("starts_on") or "", text.get("ends_on") or ""
    return LASTING if not ends and starts <= today.isoformat() else (starts, ends)


def _rank(variant: Variant) -> tuple[int, int, str, int]:
    topic = TOPICS.index(variant.topic_id) if variant.topic_id in TOPICS else len(TOPICS)
    section = SECTIONS.index(variant.section) if variant.section in SECTIONS else len(SECTIONS)
    return topic, section, variant.language, variant.id
