"""Releases: what was published, and the page that publishes."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError

from admin.database import current_session
from admin.forms import ReasonForm
from admin.permissions import PUBLISH, READ, needs
from admin.security import signed_in_as
from content import changes, publishing, reading
from content.building import build
from content.errors import BrokenContent, BrokenRelease
from content.models import ReleaseRecord
from content.release import hash_of, to_canonical_json

blueprint = Blueprint("releases", __name__, url_prefix="/releases")


@blueprint.get("")
@needs(READ)
def list_all() -> ResponseReturnValue:
    return render_template("releases.html", releases=reading.releases_newest_first(current_session()))


@blueprint.route("/publish", methods=["GET", "POST"])
@needs(PUBLISH)
def publish() -> ResponseReturnValue:
    form = ReasonForm()
    if form.validate_on_submit() and _publish(form):
        return redirect(url_for("releases.list_all"))
    session = current_session()
    last = publishing.latest(session)
    problems: list[str] = []
    changed: list[changes.Change] = []
    try:
        draft = build(session, with_drafts=False)
    except BrokenContent as error:
        problems = error.problems
    else:
        changed = changes.compare(last.snapshot if last else None, draft.snapshot)
        form.seen.data = hash_of(to_canonical_json(draft.snapshot))
    waiting = reading.count_waiting_for_approval(session)
    return render_template("publish.html", form=form, changed=changed, problems=problems, last=last, waiting=waiting)


@blueprint.get("/<int:number>")
@needs(READ)
def show(number: int) -> ResponseReturnValue:
    """What a release changed, in words."""
    return _show(number, ReasonForm())


@blueprint.post("/<int:number>/again")
@needs(PUBLISH)
def roll_back(number: int) -> ResponseReturnValue:
    """Publish an older release again, as the next one."""
    session, form = current_session(), ReasonForm()
    if not form.validate_on_submit():
        return _show(number, form)
    try:
        release = publishing.roll_back(session, number, signed_in_as(), form.why.data)
    except (LookupError, BrokenRelease):
        abort(404)
    except OperationalError:
        form.why.errors = ["Someone else is publishing at this moment. Try again."]
        session.rollback()
        return _show(number, form)
    session.commit()
    flash(str(release.number), "rolled_back")
    return redirect(url_for("releases.list_all"))


def _show(number: int, form: ReasonForm) -> ResponseReturnValue:
    session = current_session()
    record = session.get(ReleaseRecord, number) or abort(404)
    try:
        release = publishing.load(session, number)
        before = publishing.load(session, number - 1).snapshot if number > 1 else None
    except BrokenRelease:
        abort(404)
    newest = publishing.latest(session)
    return render_template(
        "release.html",
        record=record,
        changed=changes.compare(before, release.snapshot) if before else None,
        undone=changes.compare(newest.snapshot, release.snapshot) if newest and newest.number != number else None,
        form=form,
    )


def _publish(form: ReasonForm) -> bool:
    """Whether a release went live. When it did not, the form or the page says why."""
    session = current_session()
    try:
        release = publishing.publish(session, signed_in_as(), form.why.data, with_drafts=False)
        if release.sha256 == form.seen.data:
            session.commit()
            flash(str(release.number), "published")
            return True
        form.why.errors = ["The drafts have changed since you opened this page. Look at the list again."]
    except BrokenContent:
        pass  # the page lists what is wrong
    except OperationalError:
        form.why.errors = ["Someone else is publishing at this moment. Try again."]
    session.rollback()
    return False
