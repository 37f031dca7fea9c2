"""The archive: what is in it, asking to put something there or to bring it back, and who approves it."""

from __future__ import annotations

from flask import Blueprint, Flask, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from admin.database import current_session
from admin.forms import ReasonForm
from admin.permissions import READ, REVIEW, WRITE, may, needs
from admin.reviewing import APPROVE, APPROVE_AS_LEAD, act_on
from admin.security import signed_in_as, staff_now
from content import archiving, publishing, workflow
from content.archived import Item, archivings_in_order, find_archiving, item_of, things_of
from content.archiving import Linked
from content.errors import BrokenContent
from content.links import links_to, needs_of
from content.models import Archiving
from content.models.archivings import ACTIVITY, HELPLINE, PICTURE, TEXT
from content.release import Release

A_PAGE = 50
blueprint = Blueprint("archive", __name__, url_prefix="/archive")


def init_app(app: Flask) -> None:
    """For the page of each item: what the archive says of it."""

    def archiving_for(item: Item) -> Archiving | None:
        return find_archiving(current_session(), item)

    app.jinja_env.globals.update(archiving_for=archiving_for, item_of=item_of, archive_address=address_of)


@blueprint.get("")
@needs(READ)
def list_all() -> ResponseReturnValue:
    """What is asked for, and a page of what is archived, with the words of the search in its kind, name or reason."""
    rows = archivings_in_order(current_session())
    release = publishing.latest(current_session())
    search = request.args.get("search", "")
    archived = [row for row in rows if row.is_archived and _has_words(row, search.lower().split())]
    pages = max(1, -(-len(archived) // A_PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    return render_template(
        "archive.html",
        asked=[row for row in rows if row.draft is not None],
        archived=archived[(page - 1) * A_PAGE : page * A_PAGE],
        total=len(archived),
        search=search,
        page=page,
        pages=pages,
        is_live=lambda row: _is_live(release, (row.kind, row.item)),
    )


@blueprint.route("/<what>/<item>", methods=["GET", "POST"])
@needs(WRITE)
def show(what: str, item: str) -> ResponseReturnValue:
    """One item: from where it is linked, and the form that asks to archive it or to bring it back."""
    session, named = current_session(), (what, item.replace(":", "/"))
    things = things_of(session, named) or abort(404)
    form = ReasonForm()
    if form.validate_on_submit() and _ask(named, form):
        return redirect(address_of(named))
    row = find_archiving(session, named)
    is_archived = row is not None and row.is_archived
    return render_template(
        "archive-item.html",
        item=named,
        things=things,
        row=row,
        is_archived=is_archived,
        is_live=_is_live(publishing.latest(session), named),
        links=[] if is_archived else links_to(session, named),
        needs=needs_of(session, named) if is_archived else [],
        may_take_back=row is not None and _may_take_back(row),
        form=form,
    )


@blueprint.post("/<what>/<item>/review")
@needs(WRITE)
def review(what: str, item: str) -> ResponseReturnValue:
    """The button that was pressed. A yes needs that still nothing links to it."""
    row = _row(what, item)
    verb, says = request.form.get("verb"), request.form.get("says", "")
    try:
        if verb in (APPROVE, APPROVE_AS_LEAD) and row.draft is not None:
            archiving.refuse_links(current_session(), (row.kind, row.item), archive=row.draft)
    except Linked:
        if says.strip():
            workflow.comment(row, signed_in_as(), says)
            current_session().commit()
        flash("", "archive_linked")
    else:
        act_on(row)
    return redirect(address_of((row.kind, row.item)))


@blueprint.post("/<what>/<item>/take-back")
@needs(WRITE)
def take_back(what: str, item: str) -> ResponseReturnValue:
    """By who asked for it, or by those who may approve it."""
    row = _row(what, item)
    if not _may_take_back(row):
        abort(403)
    archiving.take_back(current_session(), row)
    current_session().commit()
    flash("taken_back", "archive")
    return redirect(address_of((row.kind, row.item)))


def address_of(item: Item) -> str:
    return url_for("archive.show", what=item[0], item=item[1].replace("/", ":"))


def _ask(item: Item, form: ReasonForm) -> bool:
    """Whether it is asked for. When it is not, the form or the page says why."""
    session = current_session()
    row = find_archiving(session, item)
    archive = row is None or not row.is_archived
    if form.seen.data != ("archive" if archive else "bring_back"):
        form.why.errors = ["Someone else was quicker. Look at this page again."]
        return False
    try:
        archiving.ask(session, item, signed_in_as(), form.why.data, archive=archive)
        session.commit()
    except Linked:
        return False
    except IntegrityError:
        session.rollback()
        form.why.errors = ["Someone else has asked for this in the same moment."]
        return False
    except BrokenContent as error:
        form.why.errors = [problem[:1].upper() + problem[1:].rstrip(".") + "." for problem in error.problems]
        return False
    flash("asked", "archive")
    return True


def _row(what: str, item: str) -> Archiving:
    return find_archiving(current_session(), (what, item.replace(":", "/"))) or abort(404)


def _may_take_back(row: Archiving) -> bool:
    return row.draft is not None and (row.author == signed_in_as() or may(staff_now(), REVIEW))


def _has_words(row: Archiving, words: list[str]) -> bool:
    said = f"{row.kind} {row.item} {row.author} {row.why}".lower().replace("_", " ").replace("-", " ").replace("/", " ")
    return all(word in said for word in words)


def _is_live(release: Release | None, item: Item) -> bool:
    """Whether the release, the one that is live, holds it: also what is archived, after a roll-back."""
    kind, name = item
    if release is None:
        return False
    if kind == TEXT:
        topic, section, audience, age_band, level = name.split("/")
        fit = (audience, None if age_band == "any" else age_band, level)
        return any(
            fit in fits for (of, part, _), fits in release.variants_by_place.items() if (of, part) == (topic, section)
        )
    if kind == ACTIVITY:
        return any(f"{of_kind}/{id_}" == name for of_kind, id_, _ in release.activities)
    return name in {PICTURE: release.pictures, HELPLINE: release.helplines}[kind]
