"""Flask-Security: who signs in, how passwords are kept, and that every page asks for it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user  # type: ignore[import-untyped]
from flask_security.core import Security
from flask_security.datastore import SQLAlchemySessionUserDatastore
from flask_security.utils import is_user_authenticated
from flask_wtf import CSRFProtect  # type: ignore[import-untyped]
from werkzeug.local import LocalProxy

from admin.database import current_session
from admin.models import Role, Staff
from admin.settings import Settings

A_WORKING_DAY = timedelta(hours=8)
# All that answers without sign-in. Anything else, whoever adds it, asks for it.
OPEN = ("static", "health.get_healthz", "signing_in.sign_in")


def init_app(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-staff" if settings.is_secure else "staff",
        SESSION_COOKIE_SECURE=settings.is_secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=A_WORKING_DAY,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: nobody loses a text by writing slowly
        SECURITY_PASSWORD_HASH="argon2",
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        SECURITY_PASSWORD_SINGLE_HASH=True,  # argon2 has a salt of its own; a new secret key locks nobody out
    )
    session: Any = LocalProxy(current_session)  # whichever request it is
    datastore = SQLAlchemySessionUserDatastore(session, Staff, Role)
    # Its own pages stay out: no registration, no password by e-mail, no tokens; nothing here sends e-mail.
    Security(app, datastore, register_blueprint=False)
    app.login_manager.request_loader(lambda _request: None)  # type: ignore[attr-defined]  # by session alone
    app.before_request(require_sign_in)
    CSRFProtect(app)


def require_sign_in() -> ResponseReturnValue | None:
    """Before each request: a page that does not exist asks for sign-in too, so it tells nothing."""
    if request.endpoint in OPEN or current_staff() is not None:
        return None
    return redirect(url_for("signing_in.sign_in", next=request.full_path.rstrip("?")))


def current_staff() -> Staff | None:
    """Who is signed in, or None."""
    return current_user if is_user_authenticated(current_user) else None


def signed_in_as() -> str:
    """The e-mail address that goes beside what this person does."""
    staff = current_staff()
    if staff is None:
        raise LookupError("Nobody is signed in.")
    return staff.email
