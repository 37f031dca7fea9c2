"""Helplines, to read."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from admin.database import current_session
from content.helplines import awaits_check
from content.models import Helpline
from content.publishing import read_helplines

blueprint = Blueprint("helplines", __name__, url_prefix="/helplines")


@blueprint.get("")
def list_all() -> ResponseReturnValue:
    lines = read_helplines(current_session())
    return render_template("helplines.html", lines=lines, needs_check=_needs_check)


@blueprint.get("/<helpline>")
def show(helpline: str) -> ResponseReturnValue:
    line = current_session().get(Helpline, helpline) or abort(404)
    return render_template("helpline.html", line=line, needs_check=_needs_check)


def _needs_check(line: Helpline) -> bool:
    return awaits_check(line.id, line.kind, line.checked_on)
