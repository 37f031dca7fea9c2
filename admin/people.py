"""Who may sign in and what they may do: the pages of those who manage staff."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from admin.database import current_session
from admin.forms import StaffForm
from admin.models import Staff
from admin.permissions import MANAGE_STAFF, MAY, PERMISSIONS, needs, roles_in_order
from admin.second_factor import turn_off
from admin.staff import LINK_TIME, BrokenStaff, add_staff, end_sessions, make_link, set_active, set_roles

blueprint = Blueprint("people", __name__, url_prefix="/people")


@blueprint.get("")
@needs(MANAGE_STAFF)
def list_all() -> ResponseReturnValue:
    staff = current_session().scalars(select(Staff).order_by(Staff.email)).all()
    return render_template(
        "people.html", staff=staff, roles_in_order=roles_in_order, table=MAY, permissions=PERMISSIONS
    )


@blueprint.route("/new", methods=["GET", "POST"])
@needs(MANAGE_STAFF)
def add() -> ResponseReturnValue:
    form = StaffForm()
    if form.validate_on_submit():
        try:
            staff = add_staff(form.email.data, form.roles.data)
        except BrokenStaff as error:
            form.refuse(str(error))
        else:
            return _show_link(staff)
    return render_template("person-new.html", form=form)


@blueprint.route("/<int:person>", methods=["GET", "POST"])
@needs(MANAGE_STAFF)
def edit(person: int) -> ResponseReturnValue:
    """Roles, and whether they may sign in."""
    staff, form = _person(person), StaffForm()
    if form.validate_on_submit():
        try:
            set_roles(staff, form.roles.data)
            set_active(staff, active=bool(request.form.get("active")))
        except BrokenStaff as error:
            current_session().rollback()
            form.refuse(str(error))
        else:
            current_session().commit()
            flash("", "person_saved")
            return redirect(url_for("people.list_all"))
    if not form.is_submitted():
        form.roles.data = roles_in_order(staff)
    return render_template("person.html", staff=staff, form=form)


@blueprint.post("/<int:person>/link")
@needs(MANAGE_STAFF)
def send_link(person: int) -> ResponseReturnValue:
    """A one-time link to choose a password, shown once, to be handed over in person or by a safe way."""
    return _show_link(_person(person))


@blueprint.post("/<int:person>/second-factor-off")
@needs(MANAGE_STAFF)
def second_factor_off(person: int) -> ResponseReturnValue:
    staff = _person(person)
    turn_off(staff)
    end_sessions(staff)
    current_session().commit()
    flash("", "second_factor_off")
    return redirect(url_for("people.edit", person=person))


def _show_link(staff: Staff) -> ResponseReturnValue:
    secret = make_link(staff)
    current_session().commit()
    link = url_for("links.choose_password", secret=secret, _external=True)
    return render_template("person-link.html", staff=staff, link=link, days=LINK_TIME.days)


def _person(id_: int) -> Staff:
    return current_session().get(Staff, id_) or abort(404)
