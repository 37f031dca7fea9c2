"""Brings the library's files into the database. The caller's session; the caller commits."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from content.models import (
    Activity,
    Helpline,
    Picture,
    Revision,
    RoutingRow,
    Site,
    SystemWord,
    Topic,
    TopicPage,
    Variant,
)
from content.models.helplines import LAST_RESORT, UNKNOWN
from content.models.topics import ANY_AGE
from content.models.workflow import DRAFT
from content.release import Snapshot
from content.routing_table import every_or
from content.taxonomy import AGE_BANDS, NATIONS

Key = tuple[str, str, str, str, str, str]
TEXT_FIELDS = ("bubbles", "picture", "starts_on", "ends_on")  # of a variant: what a revision of it holds


def import_library(session: Session, snapshot: Snapshot, who: str, why: str) -> int:
    """Adds what is new in the snapshot and drafts what differs; returns how many texts it drafted.

    Nothing goes live before the next publish. What local people did stays: a helpline they have checked, a
    routing table that exists and a site that exists are left alone.
    """
    _import_pages(session, snapshot["topics"])
    drafted = _import_variants(session, snapshot["variants"], who, why)
    drafted += _import_words(session, snapshot["system"])
    drafted += _import_activities(session, snapshot.get("activities", []))
    _import_pictures(session, snapshot.get("pictures", {}))
    _import_helplines(session, snapshot["helplines"])
    if session.scalars(select(RoutingRow).limit(1)).first() is None:
        _import_routing(session, snapshot["routing"])
    _import_sites(session, snapshot.get("sites", []))
    session.flush()
    return drafted


def _import_pages(session: Session, topics: dict[str, dict[str, Any]]) -> None:
    for id_, pages in topics.items():
        if session.get(Topic, id_) is None:
            session.add(Topic(id=id_))
            session.flush()
        for language, page in pages.items():
            if session.get(TopicPage, (id_, language)) is None:
                fields = page | {"review_by": date.fromisoformat(page["review_by"])}
                session.add(TopicPage(topic_id=id_, language=language, **fields))


def _import_variants(session: Session, items: list[dict[str, Any]], who: str, why: str) -> int:
    known: dict[Key, Variant] = {
        (v.topic_id, v.section, v.language, v.audience, v.age_band, v.reading_level): v
        for v in session.scalars(select(Variant).options(selectinload(Variant.revisions)))
    }
    texts: dict[Key, list[dict[str, Any]]] = {}
    for item in items:
        age_band = item["age_band"] or ANY_AGE
        key = (item["topic"], item["section"], item["language"], item["audience"], age_band, item["reading_level"])
        texts.setdefault(key, []).append({name: item[name] for name in TEXT_FIELDS if item.get(name) is not None})
    drafted = 0
    for key, newest_first in texts.items():
        variant = known.get(key)
        if variant is None:
            names = ("topic_id", "section", "language", "audience", "age_band", "reading_level")
            variant = Variant(**dict(zip(names, key, strict=True)))
            session.add(variant)
        if [revision.text for revision in variant.revisions[-len(newest_first) :]] == newest_first[::-1]:
            continue
        for text in reversed(newest_first):
            number = variant.newest.number + 1 if variant.newest else 1
            days = {name: date.fromisoformat(text[name]) for name in ("starts_on", "ends_on") if name in text}
            revision = Revision(number=number, body=text["bubbles"], picture=text.get("picture"), **days)
            revision.stage, revision.author, revision.note = DRAFT, who, why
            variant.revisions.append(revision)
            drafted += 1
    return drafted


def _import_pictures(session: Session, pictures: dict[str, dict[str, Any]]) -> None:
    for id_, picture in pictures.items():
        session.merge(Picture(id=id_, svg=picture["svg"], alt=picture["alt"]))


def _import_words(session: Session, system: dict[str, dict[str, Any]]) -> int:
    drafted = 0
    for language, words in system.items():
        for key, value in words.items():
            word = session.get(SystemWord, (language, key))
            if word is None:
                word = SystemWord(language=language, key=key)
                session.add(word)
            if value not in (word.value, word.draft):
                word.draft = value
                drafted += 1
    return drafted


def _import_activities(session: Session, items: list[dict[str, Any]]) -> int:
    drafted = 0
    for item in items:
        key = (item["kind"], item["id"], item["language"])
        activity = session.get(Activity, key)
        if activity is None:
            activity = Activity(kind=key[0], id=key[1], language=key[2])
            session.add(activity)
        if item not in (activity.value, activity.draft):
            activity.draft = item
            drafted += 1
    return drafted


def _import_helplines(session: Session, items: list[dict[str, Any]]) -> None:
    for position, item in enumerate(items):
        line = session.get(Helpline, item["id"])
        if line is not None and line.checked_on is not None:
            continue
        session.merge(Helpline(**Helpline.fields_of(item), position=position))


def _import_sites(session: Session, items: list[dict[str, Any]]) -> None:
    for item in items:
        if session.get(Site, item["key"]) is None:
            session.add(Site(**item))


def _import_routing(session: Session, table: dict[str, Any]) -> None:
    for name in (UNKNOWN, LAST_RESORT):
        session.add(RoutingRow(need=name, position=0, nations=[], ages=[], offer=list(table[name])))
    for need, rows in table["needs"].items():
        for position, row in enumerate(rows):
            session.add(
                RoutingRow(
                    need=need,
                    position=position,
                    nations=list(every_or(row["nations"], NATIONS)),
                    ages=list(every_or(row["ages"], AGE_BANDS)),
                    offer=list(row["offer"]),
                    online_first=row.get("online_first"),
                )
            )
