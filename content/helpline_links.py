"""From where a helpline is linked: what would lead to nothing if the line went out of use."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.helplines import EMERGENCY
from content.models import RoutingRow
from content.routing import CHILDLINE, SILENT_CALL

ROUTING, PROGRAM = LINK_KINDS = ("routing", "program")


@dataclass(frozen=True)
class Link:
    """One place that leads to a helpline.

    Of routing: `name` is the need or list, `rows` the rows counted from 1. Of the program: some lines are offered
    whatever the table says.
    """

    kind: str
    name: str
    rows: tuple[int, ...] = ()


def links_to(session: Session, helpline: str) -> list[Link]:
    """Every place that leads to this helpline, routing first."""
    rows: dict[str, list[int]] = {}
    for row in session.scalars(select(RoutingRow).order_by(RoutingRow.need, RoutingRow.position)):
        if helpline in row.offer or helpline == row.online_first:
            rows.setdefault(row.need, []).append(row.position + 1)
    links = [Link(ROUTING, need, tuple(numbers)) for need, numbers in rows.items()]
    if helpline in (EMERGENCY, SILENT_CALL, CHILDLINE):
        links.append(Link(PROGRAM, helpline))
    return links
