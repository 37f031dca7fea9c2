"""Changes to the routing table before they are published. The caller's session; the caller commits."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import checks, publishing
from content.archived import item_of, leaving
from content.building import read_helplines, read_routing
from content.errors import BrokenContent
from content.helplines import EMERGENCY, Helpline
from content.models import RoutingRow
from content.models.helplines import LAST_RESORT, UNKNOWN
from content.release import Release, Snapshot
from content.routing import ADULT_NEEDS, AGE_SPANS, DANGER_NEEDS
from content.taxonomy import AGE_BANDS, NATIONS, NEEDS

LISTS = (UNKNOWN, LAST_RESORT)
Row = dict[str, Any]  # nations, ages, offer, and online_first where there is one


def routing_rows(session: Session, need: str) -> Sequence[RoutingRow]:
    """The rows of a need, or of one of the LISTS, in order."""
    return session.scalars(select(RoutingRow).where(RoutingRow.need == need).order_by(RoutingRow.position)).all()


def as_row(row: RoutingRow) -> Row:
    shape: Row = {"nations": row.nations, "ages": row.ages, "offer": row.offer}
    return shape | {"online_first": row.online_first} if row.online_first else shape


def find_routing_problems(session: Session, need: str, rows: Sequence[Row]) -> list[str]:
    """What forbids these rows for the need, in the table as a whole: broken content, or someone left with nothing."""
    table = read_routing(session)
    if need in LISTS:
        table[need] = [id_ for row in rows for id_ in row["offer"]]
    else:
        table["needs"][need] = list(rows)
    gone = leaving(session)
    lines = [line for line in read_helplines(session) if item_of(line) not in gone]
    helplines = {line.id: line.draft or line.as_library_item() for line in lines}
    problems = [p for p in checks.check_routing(table, helplines) if p.startswith((f"{need}:", f"{need}, row"))]
    for number, row in enumerate(rows, 1):
        if len(set(row["offer"])) < len(row["offer"]):
            problems.append(f"{need}, row {number}: the same helpline stands there twice")
    return [*problems, *_find_danger(need, rows), *_find_gaps(need, rows)]


def save_rows(session: Session, need: str, rows: Sequence[Row]) -> None:
    """These rows for the need, from the next publish on. Raises BrokenContent; KeyError for a need not known."""
    if need not in (*NEEDS, *LISTS):
        raise KeyError(need)
    problems = find_routing_problems(session, need, rows)
    if problems:
        raise BrokenContent(problems)
    old = list(routing_rows(session, need))
    for position, row in enumerate(rows):
        kept = old[position] if position < len(old) else RoutingRow(need=need, position=position)
        kept.position, kept.nations, kept.ages = position, row["nations"], row["ages"]
        kept.offer, kept.online_first = row["offer"], row.get("online_first")
        session.add(kept)
    for gone in old[len(rows) :]:
        session.delete(gone)
    session.flush()


def drafted_release(session: Session) -> Release:
    """What would be offered if every draft of a helpline, and the table as it stands, went live now.

    Everything else is as it is live. Raises BrokenRelease when the drafts can not be read.
    """
    live = publishing.latest(session)
    rest: Snapshot = live.snapshot if live else {"topics": {}, "variants": [], "system": {}}
    lines = [line.draft or line.as_library_item() for line in read_helplines(session)]
    return Release.from_snapshot({**rest, "helplines": lines, "routing": read_routing(session)})


def who_is_turned_away(need: str, row: Row, item: Mapping[str, Any]) -> list[str]:
    """The nations and age bands of the row that this helpline, in the library's shape, does not take."""
    line = Helpline.from_mapping(item)
    nations = [nation for nation in row["nations"] if nation not in line.nations]
    if need in ADULT_NEEDS:
        return nations
    return nations + [age for age in row["ages"] if not line.takes_ages(*AGE_SPANS[age])]


def _find_danger(need: str, rows: Sequence[Row]) -> list[str]:
    if need not in DANGER_NEEDS:
        return []
    wrong = [number for number, row in enumerate(rows, 1) if row["offer"][:1] != [EMERGENCY]]
    return [f"{need}, row {number}: where there is danger {EMERGENCY} comes first" for number in wrong]


def _find_gaps(need: str, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Nations and ages that no row of the need is for. The needs of adults leave ages aside."""
    if need in LISTS:
        return []
    gaps = []
    for nation in NATIONS:
        ages = {age for row in rows if nation in row["nations"] for age in row["ages"]}
        missing = [age for age in AGE_BANDS if age not in ages]
        if need in ADULT_NEEDS and ages:
            missing = []
        if missing:
            gaps.append(f"{need}: no row is for {nation}, {', '.join(missing)}")
    return gaps
