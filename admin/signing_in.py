"""Signing in and out."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask.sansio.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_security.utils import login_user, logout_user, validate_redirect_url

from admin.database import current_session
from admin.failures import Failures
from admin.forms import SignInForm
from admin.security import current_staff
from admin.staff import who_signs_in

FAILURES = "lantern-failures"

blueprint = Blueprint("signing_in", __name__)


@blueprint.record_once
def start_counting(state: BlueprintSetupState) -> None:
    state.app.extensions[FAILURES] = Failures()


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    if current_staff() is not None:
        return redirect(url_for("dashboard.show"))
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("sign-in.html", form=form)
    failures: Failures = current_app.extensions[FAILURES]
    key = f"{request.remote_addr} {form.email.data.lower()}"
    if failures.are_too_many(key):
        form.refuse("There were too many tries. Wait 15 minutes, then try again.")
        return render_template("sign-in.html", form=form), 429
    staff = who_signs_in(form.email.data, form.password.data)
    if staff is None:
        failures.note(key)
        form.refuse("The email address or the password is not right.")
        return render_template("sign-in.html", form=form)
    failures.forget(key)
    current_session().commit()  # a hash of an older kind is made anew
    session.clear()
    session.permanent = True
    login_user(staff, remember=False, authn_via=["password"])
    return redirect(_where_to())


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    logout_user()
    session.clear()
    flash("", "signed_out")
    return redirect(url_for("signing_in.sign_in"))


def _where_to() -> str:
    """The page that was asked for, when it is one of ours."""
    wanted = request.args.get("next", "")
    is_ours = wanted.startswith("/") and wanted[1:2] not in ("/", "\\") and validate_redirect_url(wanted)
    return wanted if is_ours else url_for("dashboard.show")
