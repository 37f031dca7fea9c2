"""Signing in, with a second factor where there is one, and out."""

from __future__ import annotations

import time

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask.sansio.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_security.utils import login_user, logout_user, validate_redirect_url

from admin import failures as count
from admin.database import current_session
from admin.failures import Failures
from admin.forms import CodeForm, SignInForm
from admin.models import Staff
from admin.permissions import OWN, needs
from admin.second_factor import accept
from admin.security import begin_session, current_staff, staff_now
from admin.security_log import note
from admin.staff import end_sessions, find_staff, who_signs_in
from content.models.base import WHO_LENGTH

FAILURES = "lantern-failures"
HALF, HALF_SINCE = "half", "half_since"  # in the session of someone whose password was right
CODE_SECONDS = 10 * 60
TOO_MANY = "There were too many tries. Wait 15 minutes, then try again."

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
    limits = _limits(form.email.data)
    if any(failures.are_too_many(key, most) for key, most in limits.items()):
        note("too_many_tries", _number_of(form.email.data), "password")
        form.refuse(TOO_MANY)
        return render_template("sign-in.html", form=form), 429
    staff = who_signs_in(form.email.data, form.password.data)
    if staff is None:
        for key in limits:
            failures.note(key)
        note("sign_in_refused", _number_of(form.email.data), "password")
        form.refuse("The email address or the password is not right.")
        return render_template("sign-in.html", form=form)
    for key in limits:
        if key != _from_address():  # one right password is no leave to go on trying others
            failures.forget(key)
    session.clear()
    if staff.totp_secret:
        current_session().commit()  # a hash of an older kind is made anew
        session[HALF], session[HALF_SINCE] = staff.fs_uniquifier, time.time()
        note("password_right", staff.id)
        return redirect(url_for("signing_in.give_code", next=request.args.get("next")))
    return _let_in(staff, "password")


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
def give_code() -> ResponseReturnValue:
    """The second step: a code of the app, or a recovery code."""
    staff = _half_signed_in()
    if staff is None:
        session.clear()
        return redirect(url_for("signing_in.sign_in", next=request.args.get("next")))
    form = CodeForm()
    if not form.validate_on_submit():
        return render_template("code.html", form=form)
    failures: Failures = current_app.extensions[FAILURES]
    key = f"code {staff.id}"
    if failures.are_too_many(key):
        note("too_many_tries", staff.id, "code")
        form.refuse(TOO_MANY)
        return render_template("code.html", form=form), 429
    if not accept(staff, form.code.data):
        failures.note(key)
        note("sign_in_refused", staff.id, "code")
        form.refuse("That is not the code now shown in your app, nor an unused recovery code.")
        return render_template("code.html", form=form)
    failures.forget(key)
    session.clear()
    return _let_in(staff, "code")


@blueprint.post("/sign-out")
@needs(OWN)
def sign_out() -> ResponseReturnValue:
    note("signed_out", staff_now().id)
    end_sessions(staff_now())
    current_session().commit()
    logout_user()
    session.clear()
    flash("", "signed_out")
    return redirect(url_for("signing_in.sign_in"))


def _limits(email: str) -> dict[str, int]:
    """What is counted of a failed sign-in, and how many are too many."""
    account = email.lower()[:WHO_LENGTH]
    return {
        f"{request.remote_addr} {account}": count.MOST,
        f"account {account}": count.MOST_OF_ACCOUNT,
        _from_address(): count.MOST_FROM_ADDRESS,
    }


def _number_of(email: str) -> int | None:
    staff = find_staff(email)
    return staff.id if staff else None


def _from_address() -> str:
    return f"from {request.remote_addr}"


def _half_signed_in() -> Staff | None:
    if time.time() - session.get(HALF_SINCE, 0) > CODE_SECONDS:
        return None
    staff = current_session().query(Staff).filter_by(fs_uniquifier=session.get(HALF)).one_or_none()
    return staff if staff is not None and staff.active else None


def _let_in(staff: Staff, how: str) -> ResponseReturnValue:
    current_session().commit()
    note("signed_in", staff.id, how)
    begin_session()
    login_user(staff, remember=False, authn_via=[how])
    return redirect(_where_to())


def _where_to() -> str:
    """The page that was asked for, when it is one of ours."""
    wanted = request.args.get("next", "")
    is_path = wanted.isprintable() and wanted.startswith("/") and wanted[1:2] not in ("/", "\\")
    is_ours = is_path and validate_redirect_url(wanted)
    return wanted if is_ours else url_for("dashboard.show")
