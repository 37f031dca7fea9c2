"""What approved proposals would change: the safety figures before and with them."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Flask, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from admin.assessor import the_assessor
from admin.database import current_session
from admin.permissions import READ, WRITE, needs
from admin.proposed_rules import has_pattern
from admin.rule_trial import Given, RuleTrial, measure
from content import before_after, proposals
from content.models.proposals import EXAMPLE, RULE

blueprint = Blueprint("trials", __name__, url_prefix="/assessor/figures")
TRIAL = "lantern-rule-trial"
WAIT = 8.0  # seconds that a request waits for a try; after that its page says that it goes on


def init_app(app: Flask) -> None:
    """Nothing is tried yet; what is tried lives as long as the app."""
    app.extensions[TRIAL] = RuleTrial(lambda rows, given: measure(rows, given, the_assessor()))


@blueprint.get("")
@needs(READ)
def show() -> ResponseReturnValue:
    approved, rules = _approved(), _rules()
    kept, trial = before_after.read_kept(), _trial()
    return render_template(
        "trials.html",
        examples=[one for one in approved if one["kind"] == EXAMPLE],
        rules=[one for one in approved if one["kind"] == RULE],
        tried=rules,
        result=trial.result(rules),
        is_running=trial.is_running,
        has_failed=trial.has_failed(rules),
        has_messages=before_after.DEVELOPMENT.is_file(),
        kept=kept,
        kept_at=datetime.fromisoformat(kept.measured_at) if kept else None,
        added=[one["id"] for one in approved if kept and one["id"] not in kept.proposals],
        is_current=kept is not None and kept.fingerprint == before_after.fingerprint(approved),
        fewer_is_better=before_after.FEWER_IS_BETTER,
    )


@blueprint.post("")
@needs(WRITE)
def try_rules() -> ResponseReturnValue:
    """Starts a try and waits a little for it."""
    rows, rules = before_after.read_rows(), _rules()
    if rows and rules:
        if not _trial().start(rows, rules):
            flash("busy", "trial")
        _trial().wait(WAIT)
    return redirect(url_for("trials.show"))


def _trial() -> RuleTrial:
    trial: RuleTrial = current_app.extensions[TRIAL]
    return trial


def _approved() -> Given:
    """What is approved and not added yet: examples, then rules."""
    session = current_session()
    return proposals.as_given([*proposals.to_export(session), *proposals.to_export(session, RULE)])


def _rules() -> Given:
    """Of these, the rules that can be tried."""
    return [one for one in _approved() if has_pattern(one)]
