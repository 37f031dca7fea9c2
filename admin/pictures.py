"""The pictures that texts may show: each with what it shows in words."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from admin.database import current_session
from admin.permissions import READ, needs
from content.models import Picture

blueprint = Blueprint("pictures", __name__, url_prefix="/pictures")


@blueprint.get("")
@needs(READ)
def list_all() -> ResponseReturnValue:
    pictures = current_session().scalars(select(Picture).order_by(Picture.id)).all()
    return render_template("pictures.html", pictures=pictures)


@blueprint.get("/<picture>.svg")
@needs(READ)
def draw(picture: str) -> Response:
    """The drawing itself. content/pictures.py has seen to it that it only draws."""
    found = current_session().get(Picture, picture) or abort(404)
    return Response(found.svg, mimetype="image/svg+xml")
