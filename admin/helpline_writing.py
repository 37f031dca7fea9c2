"""The page where a helpline is written."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from admin.database import current_session
from admin.helpline_forms import HelplineForm
from admin.helplines import line_named, newest_item, seen
from admin.permissions import WRITE, needs
from admin.security import signed_in_as
from content import drafts
from content.errors import BrokenContent
from content.helpline_links import Link, links_to
from content.models import Helpline

blueprint = Blueprint("helpline_writing", __name__, url_prefix="/helplines")
IN_USE = "active"


@blueprint.route("/<helpline>/edit", methods=["GET", "POST"])
@needs(WRITE)
def edit(helpline: str) -> ResponseReturnValue:
    session = current_session()
    line = line_named(helpline)
    form = HelplineForm()
    form.start(newest_item(line), seen(line))
    links: list[Link] = []
    if form.validate_on_submit() and form.is_based_on(seen(line)):
        links = _links_it_breaks(session, line, form)
        if not links and _save(session, line, form):
            return redirect(url_for("helplines.show", helpline=line.id))
    return render_template("helpline-edit.html", line=line, form=form, links=links)


def _links_it_breaks(session: Session, line: Helpline, form: HelplineForm) -> list[Link]:
    """From where the line is linked, when this takes it out of use and the writer has not said that they know."""
    is_taken_out = newest_item(line)["status"] == IN_USE != form.status.data
    if not is_taken_out or form.knows_links.data:
        return []
    return links_to(session, line.id)


def _save(session: Session, line: Helpline, form: HelplineForm) -> bool:
    """Whether the draft is kept. When it is not the form says why, and still holds what was typed."""
    newest = newest_item(line)
    item = form.item_from(newest)
    if item == newest:
        flash("", "unchanged")
        return True
    try:
        drafts.save_helpline(session, item, signed_in_as())
    except BrokenContent as error:
        form.tell(error.problems)
        return False
    session.commit()
    flash("", "draft_saved" if line.draft else "draft_gone")
    return True
