"""A helpline or signpost as a release holds it, and whether it is open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours

from content.taxonomy import DEFAULT_LANGUAGE, NATIONS

LONDON = ZoneInfo("Europe/London")
EMERGENCY = "emergency-999"  # always offered, whatever the gates say of it

CHECK_EVERY_DAYS = 90  # a line is due for its next check three months after the last
# Where a line stands with its checks by a local person.
NOTHING_TO_CHECK, AWAITING, CHECKED = "nothing_to_check", "awaiting", "checked"
OVERDUE, DROPPED = "overdue", "dropped"

KINDS = ("service", "signpost")
STATUSES = ("active", "changed", "unconfirmed")
# The fields that hold a text per language.
WORDS = ("name", "what_for", "hours_words", "cost", "trace", "privacy")

Words = Mapping[str, str]


@dataclass(frozen=True)
class Route:
    """One way to reach a helpline. `say` is the word to text, where a text line wants one."""

    channel: str
    label: str
    href: str
    say: str | None = None


@dataclass(frozen=True)
class Helpline:
    """A service, or a signpost such as a trusted adult (no routes of its own, no hours, seldom a gate)."""

    id: str
    kind: str
    status: str
    name: Words
    what_for: Words
    routes: tuple[Route, ...]
    hours: str | None
    hours_words: Words
    min_age: int | None
    max_age: int | None
    nations: frozenset[str]
    place: str | None  # for those who live there only; None: for everyone in its nations
    languages: tuple[str, ...]
    needs: tuple[str, ...]
    cost: Words
    trace: Words
    privacy: Words
    checked_on: date | None
    schedule: OpeningHours | None = field(compare=False, repr=False)

    @classmethod
    def from_mapping(cls, item: Mapping[str, Any]) -> "Helpline":
        """The helpline in the library's shape. Raises ParserError for hours that can not be read."""
        low, high = item.get("ages") or (None, None)
        hours = item.get("hours")
        checked_on = item.get("checked_on")
        return cls(
            id=item["id"],
            kind=item["kind"],
            status=item["status"],
            **{name: item.get(name) or {} for name in WORDS},
            routes=tuple(
                Route(route["channel"], route["label"], route["href"], route.get("say"))
                for route in item.get("routes") or ()
            ),
            hours=hours,
            min_age=low,
            max_age=high,
            nations=frozenset(item.get("nations") or NATIONS),
            place=item.get("place"),
            languages=tuple(item.get("languages") or ()),
            needs=tuple(item.get("needs") or ()),
            checked_on=date.fromisoformat(checked_on) if checked_on else None,
            schedule=read_hours(hours) if hours else None,
        )

    @property
    def is_signpost(self) -> bool:
        return self.kind == "signpost"

    @property
    def awaiting_check(self) -> bool:
        return self.kind != "signpost" and self.id != EMERGENCY and self.checked_on is None

    def words(self, name: str, language: str) -> str:
        """A field's text in `language`, or else in English, or else empty."""
        texts: Words = getattr(self, name)
        return texts.get(language) or texts.get(DEFAULT_LANGUAGE) or ""

    def is_open(self, now: datetime) -> bool | None:
        """Whether the line is open at `now`; None when its hours are not known. 999 always is."""
        if self.id == EMERGENCY:
            return True
        if self.schedule is None:
            return None
        moment = london_time(now)
        return None if self.schedule.is_unknown(moment) else self.schedule.is_open(moment)

    def takes_ages(self, low: int, high: int) -> bool:
        """Whether everyone from `low` to `high`, both included, may use the line."""
        is_old_enough = self.min_age is None or self.min_age <= low
        return is_old_enough and (self.max_age is None or high <= self.max_age)

    def has_channel(self, channel: str) -> bool:
        return any(route.channel == channel for route in self.routes)


def check_state(id_: str, kind: str, checked_on: date | None, today: date, grace_days: int) -> str:
    """Where a line stands with its checks: one of the states above.

    999 and signposts have nothing to check; a starter line awaits its first check.

    A line checked more than CHECK_EVERY_DAYS ago is overdue, and after `grace_days` dropped: no longer offered.
    """
    if kind == "signpost" or id_ == EMERGENCY:
        return NOTHING_TO_CHECK
    if checked_on is None:
        return AWAITING
    days = (today - checked_on).days
    if days > grace_days:
        return DROPPED
    return OVERDUE if days > CHECK_EVERY_DAYS else CHECKED


def read_hours(hours: str) -> OpeningHours:
    """OSM opening_hours as a schedule that knows the public holidays of Great Britain."""
    return OpeningHours(hours, country="GB")


def london_time(now: datetime | None) -> datetime:
    """`now` as London's clock shows it, without a zone. None is this moment."""
    if now is None:
        return datetime.now(LONDON).replace(tzinfo=None)
    return now if now.tzinfo is None else now.astimezone(LONDON).replace(tzinfo=None)
