"""The page where a helpline is written."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from admin import autosave, presence
from admin.autosave import HELD, OVERTAKEN, REFUSED, SAVED, UNCHANGED
from admin.database import current_session
from admin.helpline_forms import HelplineForm
from admin.helplines import line_named, newest_item, seen
from admin.permissions import WRITE, needs
from admin.security import signed_in_as
from admin.writing_words import SAVING
from content import drafts
from content.errors import BrokenContent
from content.links import Link, offers_of
from content.locking import hold
from content.models import Helpline

blueprint = Blueprint("helpline_writing", __name__, url_prefix="/helplines")
IN_USE = "active"


@blueprint.route("/<helpline>/edit", methods=["GET", "POST"])
@needs(WRITE)
def edit(helpline: str) -> ResponseReturnValue:
    session = current_session()
    line = line_named(helpline)
    others = [] if autosave.is_by_itself() else presence.open_page()
    form = HelplineForm()
    form.start(newest_item(line), seen(line))
    links: list[Link] = []
    outcome = REFUSED
    if form.validate_on_submit():
        links = _links_it_breaks(session, line, form)
        outcome = REFUSED if links else _save(session, line, form)
    if autosave.is_by_itself():
        problems = [error for field in form.wrong for error in field.errors]
        problems += [SAVING["linked"]] if links else []
        return autosave.answer(outcome, seen(line), item=line, problems=problems)
    if autosave.is_kept(outcome):
        autosave.tell(outcome, "draft_saved" if line.draft else "draft_gone")
        return redirect(url_for("helplines.show", helpline=line.id))
    is_overtaken, waits = outcome == OVERTAKEN, autosave.waits(line)
    return render_template(
        "helpline-edit.html", line=line, form=form, links=links, others=others, is_overtaken=is_overtaken, waits=waits
    )


def _links_it_breaks(session: Session, line: Helpline, form: HelplineForm) -> list[Link]:
    """From where the line is linked, when this takes it out of use and the writer has not said that they know."""
    is_taken_out = newest_item(line)["status"] == IN_USE != form.status.data
    if not is_taken_out or form.knows_links.data:
        return []
    return offers_of(session, line.id)


def _save(session: Session, line: Helpline, form: HelplineForm) -> str:
    """What became of it. When it is not kept the form says why, and still holds what was typed."""
    hold(session, line)
    newest = newest_item(line)
    item = form.item_from(newest)
    outcome = REFUSED
    if item == newest:
        outcome = UNCHANGED
    elif autosave.is_by_itself() and autosave.waits(line):
        outcome = HELD
    elif not form.is_based_on(seen(line)):
        outcome = OVERTAKEN
    else:
        try:
            drafts.save_helpline(session, item, signed_in_as())
            session.commit()
            return SAVED
        except BrokenContent as error:
            form.tell(error.problems)
    session.rollback()  # the next one may write
    return outcome
