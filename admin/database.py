"""One session for each request. What a view does not commit is gone at the end of the request."""

from __future__ import annotations

from flask import Flask, current_app, g
from sqlalchemy.orm import Session
from werkzeug.routing import IntegerConverter

from admin.models import Staff
from content.audit import NAMES, watch
from content.database import make_engine

ENGINE = "lantern-engine"
DONE_BY = "done_by"  # in g: who acts where nobody signs in, as in a command
NAMES[Staff] = lambda staff: staff.email  # people are in the log too


class RowNumber(IntegerConverter):
    """A number in an address: what is no number of a row in any database is not there, instead of a fault."""

    regex = r"\d{1,9}"


def init_app(app: Flask, url: str) -> None:
    """Connects to nothing yet."""
    app.extensions[ENGINE] = make_engine(url)
    app.url_map.converters["int"] = RowNumber

    @app.teardown_appcontext
    def close_session(_error: BaseException | None) -> None:
        session = g.pop("database_session", None)
        if session is not None:
            session.close()


def current_session() -> Session:
    """The session of this request."""
    session: Session | None = g.get("database_session")
    if session is None:
        session = g.database_session = Session(current_app.extensions[ENGINE])
        watch(session, who_is_here)
    return session


def who_is_here() -> str:
    """For the log: who is signed in, or what is done without anyone, such as choosing a password by a link."""
    user = g.get("_login_user")
    return str(getattr(user, "email", None) or g.get(DONE_BY) or "nobody signed in")
