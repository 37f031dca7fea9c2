"""The page on which someone notes that they called a helpline or looked it up."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from admin.database import current_session
from admin.helpline_check_form import CheckForm
from admin.helplines import check_state, line_named, newest_item
from admin.permissions import CHECK_LINES, needs
from admin.security import signed_in_as
from content.helpline_checks import CheckRefused, has_same_facts, note_check
from content.helplines import london_time
from content.models import Helpline
from content.release import hash_of, to_canonical_json

blueprint = Blueprint("helpline_checks", __name__, url_prefix="/helplines")


@blueprint.route("/<helpline>/check", methods=["GET", "POST"])
@needs(CHECK_LINES)
def note(helpline: str) -> ResponseReturnValue:
    line, today = line_named(helpline), london_time(None).date()
    form = CheckForm()
    if form.validate_on_submit() and form.is_based_on(_both(line)):
        try:
            note_check(line, signed_in_as(), form.on.data, today=today, text=form.text.data)
        except CheckRefused as error:
            form.on.errors = error.problems
        else:
            current_session().commit()
            flash("", "check_noted")
            return redirect(url_for("helplines.show", helpline=line.id))
    if not form.is_submitted():
        form.on.data, form.seen.data = today, _both(line)
    return render_template(
        "helpline-check.html",
        line=line,
        live=line.as_library_item(),
        draft=None if has_same_facts(line) else newest_item(line),
        form=form,
        check_state=check_state,
    )


def _both(line: Helpline) -> str:
    """The live line and the draft, so that nobody vouches for what they have not seen."""
    return hash_of(to_canonical_json({"live": line.as_library_item(), "draft": line.draft}))
