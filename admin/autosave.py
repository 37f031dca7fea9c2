"""Saving: what became of a form, as the page that saves by itself is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from flask import Response, flash, jsonify, request

from admin.labels import label
from admin.writing_words import SAVING
from content.helplines import london_time
from content.models.topics import PAGE_LENGTH
from content.models.workflow import APPROVED, IN_REVIEW, Reviewed

SAVED, UNCHANGED, OVERTAKEN, REFUSED, HELD = OUTCOMES = ("saved", "unchanged", "overtaken", "refused", "held")
STATUS = {SAVED: 200, UNCHANGED: 200, OVERTAKEN: 409, REFUSED: 422, HELD: 409}
_PAGE = re.compile(rf"[A-Za-z0-9-]{{8,{PAGE_LENGTH}}}")


def is_by_itself() -> bool:
    """Whether the page sent its form without anyone pressing a button."""
    return request.method == "POST" and "by_itself" in request.form


def page_name() -> str | None:
    """The name that the open page has given itself; None without a script."""
    name = request.form.get("page", "")
    return name if _PAGE.fullmatch(name) else None


def waits(item: Reviewed | None) -> bool:
    """Whether others read it now, or have approved it: it becomes a draft again only when someone wants that."""
    return item is not None and item.written is not None and item.stage in (IN_REVIEW, APPROVED)


def is_kept(outcome: str) -> bool:
    """Whether what was sent is what is kept."""
    return outcome in (SAVED, UNCHANGED)


def tell(outcome: str, saved: str = "draft_saved") -> None:
    """The banner after someone pressed the button. What the page had saved by itself is saved, not unchanged."""
    flash("", saved if outcome == SAVED or "was_saved" in request.form else "unchanged")


def answer(
    outcome: str,
    seen: str,
    *,
    item: Reviewed | None = None,
    problems: Iterable[str] = (),
    theirs: Sequence[str] = (),
) -> tuple[Response, int]:
    """For the script: the outcome, a sentence that says it, and what the next save is based on once it was seen.

    `problems` say what is wrong with the form, `theirs` are the bubbles that someone else has saved meanwhile.
    """
    found = list(dict.fromkeys(problems))
    says = SAVING[outcome].format(
        at=f"{london_time(None):%H:%M}",
        who=(item.author if item is not None else "") or SAVING["someone"],
        stage=label(item.stage, "stage").lower() if item is not None else "",
        problem=found[0] if found else "",
    )
    if outcome == REFUSED and len(found) > 1:
        says += SAVING["one_more" if len(found) == 2 else "more"].format(count=len(found) - 1)
    return jsonify(outcome=outcome, says=says, based_on=seen, theirs=list(theirs)), STATUS[outcome]
