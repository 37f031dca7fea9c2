"""Pages for what goes wrong: what happened, and what to do."""

from __future__ import annotations

import logging
import traceback

from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from admin.security import current_staff, what_was_typed
from admin.security_log import note

log = logging.getLogger("lantern.admin")


def init_app(app: Flask) -> None:
    app.register_error_handler(CSRFError, show_expired)
    app.register_error_handler(HTTPException, show_http)
    app.register_error_handler(SQLAlchemyError, show_database)
    app.register_error_handler(Exception, show_fault)


def show_expired(_error: Exception) -> ResponseReturnValue:
    _note_refusal("form_refused")
    return render_template("error.html", what="expired", typed=what_was_typed()), 400


def show_http(error: HTTPException) -> ResponseReturnValue:
    if error.code == 403:
        _note_refusal("forbidden")
    what = {403: "forbidden", 404: "missing", 410: "used_up", 413: "too_long"}.get(error.code or 500, "other")
    return render_template("error.html", what=what), error.code or 500


def show_database(error: SQLAlchemyError) -> ResponseReturnValue:
    _note(error)
    _forget_who()
    return render_template("error.html", what="database", typed=what_was_typed()), 503


def show_fault(error: Exception) -> ResponseReturnValue:
    _note(error)
    _forget_who()
    return render_template("error.html", what="fault", typed=what_was_typed()), 500


def _note_refusal(event: str) -> None:
    staff = current_staff()
    note(event, staff.id if staff else None, request.endpoint)


def _forget_who() -> None:
    """The page is shown as if nobody had signed in: to look up who did needs the database."""
    g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]


def _note(error: Exception) -> None:
    """The class of the fault and where it was. Its words are left out: they may hold a password or a text."""
    places = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-6:]]
    log.error("%s at %s", type(error).__name__, ", ".join(places))
