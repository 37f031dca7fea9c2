"""One-time links: someone chooses a password, the first or a new one."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from admin.database import current_session
from admin.forms import NewPasswordForm
from admin.staff import BrokenStaff, set_password, who_has_link

blueprint = Blueprint("links", __name__)


@blueprint.route("/choose-password/<secret>", methods=["GET", "POST"])
def choose_password(secret: str) -> ResponseReturnValue:
    """The link is good once; a page that is only looked at does not use it up."""
    staff = who_has_link(current_session(), secret) or abort(410)
    form = NewPasswordForm()
    if form.validate_on_submit():
        try:
            set_password(staff, form.password.data)
        except BrokenStaff as error:
            form.refuse(str(error))
        else:
            current_session().commit()
            session.clear()
            flash("", "password_chosen")
            return redirect(url_for("signing_in.sign_in"))
    return render_template("new-password.html", form=form, email=staff.email)
