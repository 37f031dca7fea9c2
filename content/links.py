"""From where an item is linked: what would lead to nothing, or say what is no longer so, if it went away."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.archived import Item, item_of, leaving, things_of
from content.helplines import EMERGENCY
from content.lint import is_required
from content.mentions import mention_of, own_steps
from content.models import Activity, Helpline, RoutingRow, Variant
from content.models.archivings import ACTIVITY, HELPLINE, PICTURE
from content.routing import CHILDLINE, COUNCIL, SILENT_CALL
from content.written import everything_written

ROUTING, PROGRAM, REQUIRED, LAST, SHOWS, NAMES = LINK_KINDS = (
    "routing", "program", "required", "last", "shows", "names",
)  # fmt: skip
# Helplines that the conversation offers by their id, whatever routing says (actions/, chat/).
BY_PROGRAM = frozenset(
    (
        EMERGENCY, SILENT_CALL, CHILDLINE, COUNCIL, "shout", "emergency-sms", "999-bsl", "nhs-111", "police-101",
        "trusted-adult", "school", "own-lead",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Link:
    """One place that leads to an item.

    `names` say where. ROUTING: the need or list, with the `rows` counted from 1. PROGRAM: the helpline itself, which is
    offered whatever the table says. REQUIRED: the topic, which must have this part. LAST: a kind of activity and the
    language that would have none left. SHOWS and NAMES: what is written, as content/written.py names it.
    """

    kind: str
    names: tuple[str, ...]
    rows: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        return self.names[0]


def links_to(session: Session, item: Item) -> list[Link]:
    """Every place, live or drafted, that leads to this item; nothing when it can go."""
    kind, name = item
    if kind == HELPLINE:
        return [*offers_of(session, name), *_names_of(session, name)]
    if kind == PICTURE:
        shown = (written for written in everything_written(session) if written.picture == name)
        return [Link(SHOWS, written.names) for written in shown]
    if kind == ACTIVITY:
        return list(_last_of_its_kind(session, *name.split("/")))
    topic, section, *reader = name.split("/")
    return [Link(REQUIRED, (topic, section))] if is_required(section, *reader) else []


def needs_of(session: Session, item: Item) -> list[Link]:
    """What an archived item shows that is archived too, or about to be: it has to come back first."""
    gone = leaving(session)
    revisions = [one.newest for one in things_of(session, item) if isinstance(one, Variant)]
    pictures = dict.fromkeys(newest.picture for newest in revisions if newest and newest.picture)
    return [Link(SHOWS, (PICTURE, picture)) for picture in pictures if (PICTURE, picture) in gone]


def offers_of(session: Session, helpline: str) -> list[Link]:
    """Every place that offers this helpline, routing first."""
    rows: dict[str, list[int]] = {}
    for row in session.scalars(select(RoutingRow).order_by(RoutingRow.need, RoutingRow.position)):
        if helpline in row.offer or helpline == row.online_first:
            rows.setdefault(row.need, []).append(row.position + 1)
    links = [Link(ROUTING, (need,), tuple(numbers)) for need, numbers in rows.items()]
    return [*links, Link(PROGRAM, (helpline,))] if helpline in BY_PROGRAM else links


def _names_of(session: Session, helpline: str) -> list[Link]:
    """Texts, activities and system words that tell people of the line, by its name or a way to reach it."""
    line = session.get(Helpline, helpline)
    if line is None or (mention := mention_of(line)) is None:
        return []
    return [
        Link(NAMES, written.names)
        for written in everything_written(session)
        if own_steps(line) not in written.names and any(mention.search(text) for text in written.texts)
    ]


def _last_of_its_kind(session: Session, kind: str, id_: str) -> Iterator[Link]:
    """The languages in which the chat would offer a list of this kind with nothing on it."""
    gone = leaving(session)
    there = session.scalars(select(Activity).where(Activity.kind == kind)).all()
    left = {one.language for one in there if one.id != id_ and one.value is not None and item_of(one) not in gone}
    for language in sorted({one.language for one in there if one.id == id_ and one.value is not None} - left):
        yield Link(LAST, (kind, language))
