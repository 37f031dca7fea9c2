"""Helplines, to read."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from admin.database import current_session
from admin.permissions import READ, needs
from content.building import read_helplines
from content.models import Helpline
from content.reading import check_state_of

blueprint = Blueprint("helplines", __name__, url_prefix="/helplines")


@blueprint.get("")
@needs(READ)
def list_all() -> ResponseReturnValue:
    lines = read_helplines(current_session())
    return render_template("helplines.html", lines=lines, check_state=_check_state)


@blueprint.get("/<helpline>")
@needs(READ)
def show(helpline: str) -> ResponseReturnValue:
    line = current_session().get(Helpline, helpline) or abort(404)
    return render_template("helpline.html", line=line, check_state=_check_state)


def _check_state(line: Helpline) -> str:
    return check_state_of(line, date.today())
