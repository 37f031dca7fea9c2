"""What staff propose to the assessor: writing, approving, and the way out to the training data."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin.assessor_forms import ProposalForm
from admin.database import current_session
from admin.permissions import READ, SAFEGUARD, WRITE, may, needs
from admin.reviewing import act_on
from admin.security import signed_in_as, staff_now
from content import proposals
from content.errors import BrokenContent
from content.models.proposals import PHRASE_LENGTH, RULE, Proposal
from content.models.workflow import CHANGES_REQUESTED, IN_REVIEW

blueprint = Blueprint("proposals", __name__, url_prefix="/assessor/proposals")


@blueprint.get("")
@needs(READ)
def list_all() -> ResponseReturnValue:
    return render_template("proposals.html", proposals=proposals.in_order(current_session()))


@blueprint.route("/new", methods=["GET", "POST"])
@needs(WRITE)
def add() -> ResponseReturnValue:
    form = ProposalForm()
    if form.validate_on_submit():
        fields = {"phrase": form.phrase.data, "labels": form.labels, "why": form.why.data}
        try:
            proposal = proposals.propose(current_session(), signed_in_as(), kind=form.kind.data, **fields)
        except BrokenContent as error:
            form.refuse(error.problems)
        else:
            return _done(proposal, "proposed")
    return render_template("proposal-form.html", form=form, proposal=None, longest=PHRASE_LENGTH)


@blueprint.get("/<int:proposal>")
@needs(READ)
def show(proposal: int) -> ResponseReturnValue:
    found = _proposal(proposal)
    may_change = found.author == signed_in_as() and found.stage in (IN_REVIEW, CHANGES_REQUESTED)
    return render_template("proposal.html", proposal=found, may_change=may_change)


@blueprint.route("/<int:proposal>/change", methods=["GET", "POST"])
@needs(WRITE)
def change(proposal: int) -> ResponseReturnValue:
    """Only who proposed it, and only until it is approved."""
    found, form = _proposal(proposal), ProposalForm()
    if found.author != signed_in_as():
        abort(403)
    form.start(found)
    if form.validate_on_submit():
        fields = {"phrase": form.phrase.data, "labels": form.labels, "why": form.why.data}
        try:
            proposals.mend(current_session(), found, signed_in_as(), **fields)
        except BrokenContent as error:
            form.refuse(error.problems)
        else:
            return _done(found, "proposed")
    return render_template("proposal-form.html", form=form, proposal=found, longest=PHRASE_LENGTH)


@blueprint.post("/<int:proposal>/review")
@needs(WRITE)
def review(proposal: int) -> ResponseReturnValue:
    found = _proposal(proposal)
    act_on(found)
    return redirect(url_for("proposals.show", proposal=found.id))


@blueprint.post("/<int:proposal>/delete")
@needs(WRITE)
def delete(proposal: int) -> ResponseReturnValue:
    """For good: who proposed it, or who keeps young people safe."""
    found = _proposal(proposal)
    if found.author != signed_in_as() and not may(staff_now(), SAFEGUARD):
        abort(403)
    current_session().delete(found)
    current_session().commit()
    flash("", "proposal_deleted")
    return redirect(url_for("proposals.list_all"))


@blueprint.route("/export", methods=["GET", "POST"])
@needs(SAFEGUARD)
def export() -> ResponseReturnValue:
    """What is approved, to be added to the training data; sent back, it says that this is done."""
    session = current_session()
    if request.method == "POST":
        ids = [int(id_) for id_ in request.form.get("ids", "").split(",") if id_.isdecimal()]
        flash(str(proposals.mark_added(session, ids)), "proposals_added")
        session.commit()
        return redirect(url_for("proposals.export"))
    examples, rules = proposals.to_export(session), proposals.to_export(session, RULE)
    lines = proposals.as_json_lines(examples)
    return render_template("proposals-export.html", examples=examples, rules=rules, lines=lines)


@blueprint.get("/export.jsonl")
@needs(SAFEGUARD)
def download() -> ResponseReturnValue:
    lines = proposals.as_json_lines(proposals.to_export(current_session()))
    name = {"Content-Disposition": "attachment; filename=proposed.jsonl"}
    return Response(lines, mimetype="application/jsonl", headers=name)


def _done(proposal: Proposal, said: str) -> ResponseReturnValue:
    current_session().commit()
    flash("", said)
    return redirect(url_for("proposals.show", proposal=proposal.id))


def _proposal(id_: int) -> Proposal:
    return current_session().get(Proposal, id_) or abort(404)
