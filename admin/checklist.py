"""The launch checklist: what must be so before young people use Lantern, and the signatures under it."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from admin.assessor_forms import SignForm
from admin.database import current_session
from admin.models import Staff
from admin.permissions import READ, SAFEGUARD, must_have_second_factor, needs
from admin.security import signed_in_as
from content import launch, signing
from content.building import read_helplines
from content.errors import BrokenContent

blueprint = Blueprint("checklist", __name__, url_prefix="/checklist")
SECOND_FACTOR = "second_factor"


@blueprint.get("")
@needs(READ)
def show() -> ResponseReturnValue:
    facts = [*launch.facts(current_session(), date.today()), second_factor()]
    ready = sum(fact.is_so for fact in facts)
    return render_template("checklist.html", facts=facts, ready=ready, drill_days=signing.DRILL_TIME.days)


@blueprint.route("/sign/<matter>", methods=["GET", "POST"])
@needs(SAFEGUARD)
def sign(matter: str) -> ResponseReturnValue:
    if matter not in signing.MATTERS:
        abort(404)
    session, form = current_session(), SignForm()
    if form.validate_on_submit():
        try:
            signing.sign(session, matter, signed_in_as(), seen=form.seen.data or "", note=form.note.data or "")
        except BrokenContent as error:
            form.refuse(error.problems)
        else:
            session.commit()
            flash("", "signed")
            return redirect(url_for("checklist.show"))
    form.seen.data = signing.hash_now(session, matter)
    return render_template(
        "sign.html",
        matter=matter,
        form=form,
        content=signing.matter_now(session, matter),
        names={line.id: line.name["en"] for line in read_helplines(session)},
        last=signing.last_signature(session, matter),
        drill_days=signing.DRILL_TIME.days,
    )


def second_factor() -> launch.Fact:
    """Everyone who may sign in and must have a second factor has one."""
    staff = current_session().scalars(select(Staff).where(Staff.active).order_by(Staff.email))
    without = [person for person in staff if must_have_second_factor(person) and not person.totp_secret]
    return launch.Fact(SECOND_FACTOR, not without, without)
