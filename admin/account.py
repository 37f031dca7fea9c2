"""One's own account: the password, the second factor."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_security.utils import login_user

from admin.database import current_session
from admin.forms import CodeForm, NewPasswordForm
from admin.permissions import OWN, must_have_second_factor, needs, roles_in_order
from admin.second_factor import key_of, new_secret, picture_of, renew_recovery_codes, turn_on
from admin.security import staff_now
from admin.staff import BrokenStaff, set_password

SECRET = "new_secret"  # in the session until a code shows that the app has it
blueprint = Blueprint("account", __name__, url_prefix="/account")


@blueprint.get("")
@needs(OWN)
def show() -> ResponseReturnValue:
    staff = staff_now()
    return render_template("account.html", roles=roles_in_order(staff), must=must_have_second_factor(staff))


@blueprint.route("/password", methods=["GET", "POST"])
@needs(OWN)
def change_password() -> ResponseReturnValue:
    staff, form = staff_now(), NewPasswordForm()
    if form.validate_on_submit():
        try:
            set_password(staff, form.password.data)
        except BrokenStaff as error:
            form.refuse(str(error))
        else:
            current_session().commit()
            login_user(staff, remember=False, authn_via=["password"])  # other browsers are signed out, this one stays
            flash("", "password_changed")
            return redirect(url_for("account.show"))
    return render_template("new-password.html", form=form, email=staff.email)


@blueprint.route("/second-factor", methods=["GET", "POST"])
@needs(OWN)
def set_up_second_factor() -> ResponseReturnValue:
    """Shows the QR code, and asks for a code to see that the app has it."""
    staff, form = staff_now(), CodeForm()
    secret = session.setdefault(SECRET, new_secret())
    if form.validate_on_submit():
        codes = turn_on(staff, secret, form.code.data)
        if codes is not None:
            current_session().commit()
            session.pop(SECRET)
            return render_template("recovery-codes.html", codes=codes)
        form.refuse("That is not the code that your app shows now. Look at the app, and try the next one.")
    return render_template("second-factor.html", form=form, picture=picture_of(secret, staff.email), key=key_of(secret))


@blueprint.post("/recovery-codes")
@needs(OWN)
def new_recovery_codes() -> ResponseReturnValue:
    codes = renew_recovery_codes(staff_now())
    current_session().commit()
    return render_template("recovery-codes.html", codes=codes)
