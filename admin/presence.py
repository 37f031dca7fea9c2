"""Who else has this page open: two people who write on one thing are told."""

from __future__ import annotations

import logging
from datetime import datetime

from flask import Blueprint, Response, abort, current_app, jsonify, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from admin.database import current_session
from admin.permissions import WRITE, needs
from admin.security import WRITTEN_AT, signed_in_as
from admin.writing_words import PRESENCE
from content import presences
from content.helplines import london_time
from content.models import Presence
from content.models.base import utc_now
from content.models.presences import PLACE_LENGTH

blueprint = Blueprint("presence", __name__)
log = logging.getLogger("lantern.admin")


@blueprint.post("/presence")
@needs(WRITE)
def renew() -> Response:
    """A page tells that it is still open, and is told who else is there."""
    place = request.form.get("place", "")
    if not is_written_at(place):
        abort(404)
    return jsonify(others=_note(place, is_renewal=True))


def open_page() -> list[str]:
    """Notes who opens this page, and says who else has it open."""
    return _note(request.path, is_renewal=False) if len(request.path) <= PLACE_LENGTH else []


def is_written_at(place: str) -> bool:
    """Whether this is the address of a page where something is written."""
    if len(place) > PLACE_LENGTH or not place.isprintable():
        return False
    try:
        endpoint, _ = current_app.url_map.bind("").match(place, method="POST")
    except HTTPException:
        return False
    return endpoint in WRITTEN_AT


def _note(place: str, *, is_renewal: bool) -> list[str]:
    """What is noted here never keeps anyone from writing: when it fails, nobody else is there."""
    session, who, now = current_session(), signed_in_as(), utc_now()
    try:
        presences.note(session, place, who, now, is_renewal=is_renewal)
        session.commit()
        return [_say(presence, now) for presence in presences.others(session, place, who, now)]
    except SQLAlchemyError as error:
        session.rollback()
        log.warning("Who else writes could not be noted (%s).", type(error).__name__)
        return []


def _say(presence: Presence, now: datetime) -> str:
    if presence.is_renewed:
        return PRESENCE["writes"].format(who=presence.who, at=f"{london_time(presence.since):%H:%M}")
    minutes = int((now - presence.seen).total_seconds() // 60)
    ago = PRESENCE["just_now"] if minutes < 1 else PRESENCE["minute"] if minutes == 1 else PRESENCE["minutes"]
    return PRESENCE["opened"].format(who=presence.who, ago=ago.format(minutes=minutes))
