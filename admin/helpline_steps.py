"""From draft to approved for a helpline: sent for review, approved twice, or sent back."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin.database import current_session
from admin.helpline_step_forms import ChangesForm
from admin.helplines import line_named, seen
from admin.permissions import REVIEW, SAFEGUARD, WRITE, needs
from admin.security import signed_in_as
from content import workflow
from content.models import Helpline
from content.workflow import LEAD, REVIEWER, NotAllowed

blueprint = Blueprint("helpline_steps", __name__, url_prefix="/helplines")
OTHER_DRAFT = "The draft has changed since you opened this page. Look at it again."
NO_DRAFT = "There is no draft."


@blueprint.post("/<helpline>/send-for-review")
@needs(WRITE)
def send_for_review(helpline: str) -> ResponseReturnValue:
    return _take(helpline, workflow.send_for_review, "send")


@blueprint.post("/<helpline>/approve")
@needs(REVIEW)
def approve(helpline: str) -> ResponseReturnValue:
    return _take(helpline, lambda line: workflow.approve(line, signed_in_as(), REVIEWER), "approve")


@blueprint.post("/<helpline>/approve-as-lead")
@needs(SAFEGUARD)
def approve_as_lead(helpline: str) -> ResponseReturnValue:
    return _take(helpline, lambda line: workflow.approve(line, signed_in_as(), LEAD), "approve_as_lead")


@blueprint.route("/<helpline>/changes", methods=["GET", "POST"])
@needs(REVIEW)
def request_changes(helpline: str) -> ResponseReturnValue:
    """A page of its own, for the words that go with it."""
    line, form = line_named(helpline), ChangesForm()
    if form.validate_on_submit():
        try:
            _ask_for_the_same_draft(line, form.seen.data)
            workflow.request_changes(line, signed_in_as(), form.says.data)
        except NotAllowed as error:
            form.says.errors = error.problems
        else:
            current_session().commit()
            flash("request_changes", "reviewed")
            return redirect(url_for("helplines.show", helpline=line.id))
    form.seen.data = seen(line)
    return render_template("helpline-changes.html", line=line, form=form)


def _take(helpline: str, step: Callable[[Helpline], None], done: str) -> ResponseReturnValue:
    """One step with what the person has seen; when it is not allowed the page says why."""
    line = line_named(helpline)
    try:
        _ask_for_the_same_draft(line, request.form.get("seen"))
        step(line)
    except NotAllowed as error:
        flash(" ".join(error.problems), "not_allowed")
    else:
        current_session().commit()
        flash(done, "reviewed")
    return redirect(url_for("helplines.show", helpline=line.id))


def _ask_for_the_same_draft(line: Helpline, looked_at: str | None) -> None:
    if line.draft is None:
        raise NotAllowed(NO_DRAFT)
    if looked_at != seen(line):
        raise NotAllowed(OTHER_DRAFT)
