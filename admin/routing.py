"""Routing: which helplines are offered for which need, to whom and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin.database import current_session
from admin.permissions import READ, SAFEGUARD, needs
from admin.routing_forms import RoutingForm, WhoForm
from content import publishing, routing
from content.building import read_helplines
from content.errors import BrokenContent, BrokenRelease
from content.helplines import london_time
from content.models import Helpline
from content.release import Release, hash_of, to_canonical_json
from content.routing_drafts import LISTS, Row, as_row, drafted_release, routing_rows, save_rows, who_is_turned_away
from content.taxonomy import NEEDS

blueprint = Blueprint("routing", __name__, url_prefix="/routing")

MOST_OFFERED = 8  # in the answer to who would be offered; the chat shows LIMIT at once


@blueprint.get("")
@needs(READ)
def show() -> ResponseReturnValue:
    session = current_session()
    asked = {name: request.args.get(name, "") for name in ("need", "nation", "age_band")}
    lines = _lines()
    tables = {
        need: [row for row in enumerate(map(as_row, routing_rows(session, need)), 1) if _is_asked_for(row[1], asked)]
        for need in (*NEEDS, *LISTS)
        if asked["need"] in ("", need)
    }
    return render_template(
        "routing.html", tables=tables, asked=asked, lines=lines, lists=LISTS, turned_away=_turned_away(lines)
    )


@blueprint.route("/<need>", methods=["GET", "POST"])
@needs(SAFEGUARD)
def edit(need: str) -> ResponseReturnValue:
    """The rows of one need, or one of the two lists beside them."""
    if need not in (*NEEDS, *LISTS):
        abort(404)
    session = current_session()
    rows = [as_row(row) for row in routing_rows(session, need)]
    form = RoutingForm()
    if form.validate_on_submit() and form.is_based_on(_seen(rows)) and _save(form, need, rows):
        return redirect(url_for("routing.show") + f"#{need}")
    form.start(rows, _seen(rows), is_list=need in LISTS)
    lines = _lines()
    return render_template(
        "routing-edit.html", need=need, form=form, lines=lines, is_list=need in LISTS, turned_away=_turned_away(lines)
    )


@blueprint.get("/who")
@needs(READ)
def who() -> ResponseReturnValue:
    """Who would be offered: from the live release, and from what is drafted."""
    form = WhoForm.asked(request.args, london_time(None))
    live: list[routing.Offer] | None = None
    drafted: list[routing.Offer] | None = None
    problem = ""
    if request.args and form.validate():
        release = publishing.latest(current_session())
        live = _offers(release, form) if release else None
        try:
            drafted = _offers(drafted_release(current_session()), form)
        except BrokenRelease as error:
            problem = str(error)
    return render_template(
        "routing-who.html", form=form, live=live, drafted=drafted, problem=problem, at_once=routing.LIMIT
    )


def _offers(release: Release, form: WhoForm) -> list[routing.Offer]:
    channel = form.channel.data or None
    return routing.offer(release, form.needs, form.profile, channel=channel, now=form.moment, limit=MOST_OFFERED)


def _save(form: RoutingForm, need: str, old: Sequence[Row]) -> bool:
    """Whether the rows are kept. When they are not the form says why, and still holds what was chosen."""
    rows = [row.row for row in form.kept]
    if rows == list(old):
        flash("", "unchanged")
        return True
    try:
        save_rows(current_session(), need, rows)
    except BrokenContent as error:
        current_session().rollback()
        form.tell(error.problems)
        return False
    current_session().commit()
    flash("", "routing_saved")
    return True


def _lines() -> dict[str, Helpline]:
    return {line.id: line for line in read_helplines(current_session())}


def _turned_away(lines: dict[str, Helpline]) -> Any:
    """For the page: whom of a row a line does not take, as ids."""

    def find(need: str, row: Row, id_: str) -> list[str]:
        line = lines.get(id_)
        return who_is_turned_away(need, row, line.draft or line.as_library_item()) if line else []

    return find


def _is_asked_for(row: Row, asked: dict[str, str]) -> bool:
    """Rows of the two lists are for everyone."""
    return (not asked["nation"] or not row["nations"] or asked["nation"] in row["nations"]) and (
        not asked["age_band"] or not row["ages"] or asked["age_band"] in row["ages"]
    )


def _seen(rows: Sequence[Row]) -> str:
    return hash_of(to_canonical_json({"rows": list(rows)}))
