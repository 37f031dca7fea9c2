"""Notes that someone has called a helpline or looked it up. The caller's session; the caller commits."""

from datetime import date
from typing import Any

from content.banned import find_banned_in_line
from content.errors import BrokenContent
from content.models import Helpline

LIVE, DRAFT = CHECKED_TEXTS = ("live", "draft")
# What a check finds to be right. The words around them may change without a new call.
FACTS = ("kind", "status", "routes", "hours", "ages", "nations", "place", "languages")


class CheckRefused(BrokenContent):
    """A check that can not be noted as it is."""


def note_check(line: Helpline, who: str, on: date, *, today: date, text: str = LIVE) -> None:
    """The line is as written, as `who` found on that day. It counts at once and needs nobody's approval.

    With text=DRAFT it is the draft that was found right: its date goes live with it. A draft that says the same as
    the live line about how, when and for whom takes the date along. Raises CheckRefused for a day to come, a day
    before the last check, and a line with a number that must not be shown.
    """
    is_of_draft = text == DRAFT and line.draft is not None
    item: dict[str, Any] = line.draft if is_of_draft and line.draft else line.as_library_item()
    problems = list(find_banned_in_line(item))
    if on > today:
        problems.insert(0, "The day of the check can not be in the future.")
    if item["checked_on"] and on.isoformat() < item["checked_on"]:
        last = date.fromisoformat(item["checked_on"])
        problems.insert(0, f"It was checked later than that already, on {last:%-d %B %Y}.")
    if problems:
        raise CheckRefused(problems)
    if not is_of_draft:
        line.checked_on, line.checked_by = on, who
    if line.draft is not None and (is_of_draft or has_same_facts(line)):
        line.draft = {**line.draft, "checked_on": on.isoformat(), "checked_by": who}


def has_same_facts(line: Helpline) -> bool:
    """Whether the draft, if there is one, changes only words around the facts that a check is about."""
    live = line.as_library_item()
    return line.draft is None or all(line.draft.get(name) == live[name] for name in FACTS)
