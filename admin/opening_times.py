"""Opening hours as a row for each weekday, where they are that simple, and as OSM opening_hours."""

from __future__ import annotations

import re
from collections.abc import Mapping

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
ALWAYS = "24/7"
_RULE = re.compile(r"(\w\w)(?:-(\w\w))? (\d\d:\d\d)-(\d\d:\d\d)")
_TIME = re.compile(r"(\d{1,2})[:.](\d\d)")

Span = tuple[str, str]  # opens, closes: HH:MM; a day may close at 24:00, or after midnight at an earlier hour


def hours_of(spans: Mapping[str, Span]) -> str:
    """The hours in OSM's words for the open days; days that follow each other with the same times are joined."""
    runs: list[tuple[list[str], Span]] = []
    for day in DAYS:
        if day in spans:
            is_next = runs and DAYS.index(day) == DAYS.index(runs[-1][0][-1]) + 1
            if is_next and runs[-1][1] == spans[day]:
                runs[-1][0].append(day)
            else:
                runs.append(([day], spans[day]))
    return "; ".join(
        f"{days[0]}{'-' + days[-1] if len(days) > 1 else ''} {opens}-{closes}" for days, (opens, closes) in runs
    )


def spans_of(hours: str) -> dict[str, Span] | None:
    """The open days with their times, or None for hours that say more than rows can hold."""
    spans: dict[str, Span] = {}
    for rule in hours.split("; "):
        found = _RULE.fullmatch(rule)
        if found is None or found[1] not in DAYS or (found[2] or found[1]) not in DAYS:
            return None
        first, last = DAYS.index(found[1]), DAYS.index(found[2] or found[1])
        spans |= {day: (found[3], found[4]) for day in DAYS[first : last + 1]}
    return spans if hours_of(spans) == hours else None


def as_time(typed: str) -> str | None:
    """A time of day as HH:MM from 9:00, 09.00 or 24:00; None for anything else."""
    found = _TIME.fullmatch(typed)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2])
    is_time = (hour < 24 and minute < 60) or (hour, minute) == (24, 0)
    return f"{hour:02}:{minute:02}" if is_time else None
