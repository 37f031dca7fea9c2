"""One's own account: the password, the second factor."""

from __future__ import annotations

import time

from flask import Blueprint, current_app, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_security.utils import login_user

from admin.database import current_session
from admin.failures import Failures
from admin.forms import ChangePasswordForm, CodeForm, CurrentPasswordForm
from admin.models import Staff
from admin.permissions import OWN, must_have_second_factor, needs, roles_in_order
from admin.second_factor import key_of, new_secret, picture_of, renew_recovery_codes, turn_on
from admin.security import SINCE, staff_now
from admin.security_log import note
from admin.signing_in import FAILURES, TOO_MANY
from admin.staff import BrokenStaff, end_sessions, set_password, who_signs_in

SECRET = "new_secret"  # in the session until a code shows that the app has it
PROVED = "proved"  # when the password was last given, in seconds since the epoch
PROOF_SECONDS = 10 * 60
blueprint = Blueprint("account", __name__, url_prefix="/account")


@blueprint.get("")
@needs(OWN)
def show() -> ResponseReturnValue:
    return _show(CurrentPasswordForm())


@blueprint.route("/password", methods=["GET", "POST"])
@needs(OWN)
def change_password() -> ResponseReturnValue:
    staff, form = staff_now(), ChangePasswordForm()
    if form.validate_on_submit() and _is_theirs(form):
        try:
            set_password(staff, form.password.data)
        except BrokenStaff as error:
            form.refuse(str(error))
        else:
            _sign_out_elsewhere(staff)
            flash("", "password_changed")
            return redirect(url_for("account.show"))
    return render_template("new-password.html", form=form, email=staff.email), _status_of(form)


@blueprint.route("/second-factor", methods=["GET", "POST"])
@needs(OWN)
def set_up_second_factor() -> ResponseReturnValue:
    """Shows the QR code, and asks for a code to see that the app has it. Before one that is on is replaced, and where
    signing in was a while ago, the password is asked for: an open browser is not enough."""
    staff = staff_now()
    proved = max(session.get(PROVED, 0), 0 if staff.totp_secret else session[SINCE])
    if time.time() - proved > PROOF_SECONDS:
        return _ask_password()
    form, secret = CodeForm(), session.setdefault(SECRET, new_secret())
    if form.validate_on_submit():
        codes = turn_on(staff, secret, form.code.data)
        if codes is not None:
            _sign_out_elsewhere(staff)
            session.pop(SECRET)
            session.pop(PROVED, None)
            return render_template("recovery-codes.html", codes=codes)
        form.refuse("That is not the code that your app shows now. Look at the app, and try the next one.")
    return render_template("second-factor.html", form=form, picture=picture_of(secret, staff.email), key=key_of(secret))


@blueprint.post("/recovery-codes")
@needs(OWN)
def new_recovery_codes() -> ResponseReturnValue:
    form = CurrentPasswordForm()
    if form.validate_on_submit() and _is_theirs(form):
        staff = staff_now()
        codes = renew_recovery_codes(staff)
        _sign_out_elsewhere(staff)
        return render_template("recovery-codes.html", codes=codes)
    return _show(form)


def _sign_out_elsewhere(staff: Staff) -> None:
    """Commits; other browsers are signed out, this one stays."""
    end_sessions(staff)
    current_session().commit()
    login_user(staff, remember=False, authn_via=["password"])


def _show(form: CurrentPasswordForm) -> ResponseReturnValue:
    staff = staff_now()
    page = render_template("account.html", form=form, roles=roles_in_order(staff), must=must_have_second_factor(staff))
    return page, _status_of(form)


def _ask_password() -> ResponseReturnValue:
    form = CurrentPasswordForm()
    if form.validate_on_submit() and _is_theirs(form):
        session[PROVED] = time.time()
        return redirect(url_for("account.set_up_second_factor"))
    return render_template("current-password.html", form=form), _status_of(form)


def _is_theirs(form: CurrentPasswordForm) -> bool:
    """Whether the form holds their password of now; else the form says so, and it counts as a failed try."""
    failures: Failures = current_app.extensions[FAILURES]
    key = f"password {staff_now().id}"
    if failures.are_too_many(key):
        note("too_many_tries", staff_now().id, "password")
        form.refuse_current(TOO_MANY)
        return False
    if who_signs_in(staff_now().email, form.current.data) is None:
        failures.note(key)
        note("password_refused", staff_now().id)
        form.refuse_current("That is not your password.")
        return False
    failures.forget(key)
    return True


def _status_of(form: CurrentPasswordForm) -> int:
    return 429 if TOO_MANY in form.current.errors else 200
