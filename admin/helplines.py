"""Helplines: the directory, what each says live and as a draft, and which of them need a check."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin.database import current_session
from admin.permissions import READ, WRITE, needs
from admin.reviewing import act_on
from content import publishing, reading
from content.building import read_helplines
from content.helpline_search import find_lines
from content.links import offers_of
from content.models import Helpline
from content.release import hash_of, to_canonical_json

blueprint = Blueprint("helplines", __name__, url_prefix="/helplines")

PER_PAGE = 20
FILTERS = ("words", "nation", "need", "state")
# What the page of a helpline shows, in order. The check has a row of its own.
FIELDS = (
    "name", "what_for", "kind", "status", "routes", "hours", "hours_words", "ages", "nations", "place", "languages",
    "needs", "cost", "trace", "privacy", "sources",
)  # fmt: skip


@blueprint.get("")
@needs(READ)
def list_all() -> ResponseReturnValue:
    asked = {name: request.args.get(name, "").strip() for name in FILTERS}
    found = find_lines(read_helplines(current_session()), date.today(), **asked)
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    lines = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    return render_template(
        "helplines.html", lines=lines, found=len(found), page=page, pages=pages, asked=asked, check_state=check_state
    )


@blueprint.get("/to-check")
@needs(READ)
def list_to_check() -> ResponseReturnValue:
    """The lines that await a check, the most pressing first."""
    lines = reading.helplines_to_check(current_session(), date.today())
    return render_template("helplines-to-check.html", lines=lines, check_state=check_state)


@blueprint.get("/<helpline>")
@needs(READ)
def show(helpline: str) -> ResponseReturnValue:
    line = line_named(helpline)
    live, newest = live_item(line), newest_item(line)
    return render_template(
        "helpline.html",
        line=line,
        live=live,
        draft=newest if any(newest[name] != live[name] for name in FIELDS) else None,
        fields=FIELDS,
        links=offers_of(current_session(), line.id),
        check_state=check_state,
    )


@blueprint.post("/<helpline>/review")
@needs(WRITE)
def review(helpline: str) -> ResponseReturnValue:
    line = line_named(helpline)
    act_on(line)
    return redirect(url_for("helplines.show", helpline=line.id))


def line_named(id_: str) -> Helpline:
    """The helpline, or the answer that there is no such page."""
    return current_session().get(Helpline, id_) or abort(404)


def newest_item(line: Helpline) -> dict[str, Any]:
    """What is worked on, in the library's shape: the draft, or without one the line as it is."""
    return line.draft or line.as_library_item()


def live_item(line: Helpline) -> dict[str, Any]:
    """What the release, the one that is live, says of it; for a line that is not in it, what the line says."""
    release = publishing.latest(current_session())
    items = release.snapshot["helplines"] if release else []
    found = next((item for item in items if item["id"] == line.id), None)
    return line.as_library_item() | (found or {})


def seen(line: Helpline) -> str:
    """What a form says it is based on, so that nobody overwrites what they have not seen."""
    return hash_of(to_canonical_json(newest_item(line)))


def check_state(line: Helpline) -> str:
    """Where the line stands with its checks today."""
    return reading.check_state_of(line, date.today())
