"""Flask-Security: who signs in, how passwords are kept, and that every page asks for it."""

from __future__ import annotations

import hashlib
import time
from datetime import timedelta
from typing import Any

from flask import Flask, Response, abort, current_app, g, redirect, render_template, request, session, url_for
from flask.sessions import SecureCookieSessionInterface
from flask.typing import ResponseReturnValue
from flask_login import current_user  # type: ignore[import-untyped]
from flask_security.core import Security
from flask_security.datastore import SQLAlchemySessionUserDatastore
from flask_security.utils import is_user_authenticated
from flask_wtf import CSRFProtect  # type: ignore[import-untyped]
from werkzeug.exceptions import BadRequest
from werkzeug.local import LocalProxy

from admin.database import current_session
from admin.models import Role, Staff
from admin.permissions import OWN, may, must_have_second_factor
from admin.second_factor import TOTP_FACTORY, make_totp
from admin.settings import Settings

A_WORKING_DAY = timedelta(hours=10)
AWAY = timedelta(hours=2)  # without a request; a page that is written on sends one now and then
# All that answers without sign-in. Anything else, whoever adds it, asks for it.
OPEN = ("static", "health.get_healthz", "signing_in.sign_in", "signing_in.give_code", "links.choose_password")
SINCE, SEEN = "since", "seen"  # seconds since the epoch, in the session
# The pages where something is written; what is sent there is shown again when it can not be saved.
WRITTEN_AT = ("topics.edit", "words.edit", "activity_writing.edit", "activity_writing.add", "helpline_writing.edit")
NOT_TYPED = ("csrf_token", "by_itself")
# What pages ask for by themselves: an open page alone keeps nobody signed in.
QUIET = ("presence.renew", "preview.send_widget_file", "preview.send_words", "preview.send_picture")


class SignedCookie(SecureCookieSessionInterface):
    """Flask's, signed with a hash that is not on its way out."""

    digest_method = staticmethod(hashlib.sha256)


def init_app(app: Flask, settings: Settings) -> None:
    app.session_interface = SignedCookie()
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-staff" if settings.is_secure else "staff",
        SESSION_COOKIE_SECURE=settings.is_secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=A_WORKING_DAY,
        SESSION_PROTECTION=None,  # marks sessions as not fresh, which nothing here asks, and so sends cookies unasked
        SESSION_REFRESH_EACH_REQUEST=False,  # what a page asks for by itself must not bring back a session that ended
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: nobody loses a text by writing slowly
        SECURITY_PASSWORD_HASH="argon2",
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        SECURITY_PASSWORD_SINGLE_HASH=True,  # argon2 has a salt of its own; a new secret key locks nobody out
    )
    database: Any = LocalProxy(current_session)  # whichever request it is
    datastore = SQLAlchemySessionUserDatastore(database, Staff, Role)
    # Its own pages stay out: no registration, no password by e-mail, no tokens; nothing here sends e-mail.
    Security(app, datastore, register_blueprint=False)
    app.login_manager.request_loader(lambda _request: None)  # type: ignore[attr-defined]  # by session alone
    app.extensions[TOTP_FACTORY] = make_totp(settings.secret_key)
    app.jinja_env.globals["may"] = may
    app.before_request(require_host)
    app.before_request(require_sign_in)
    app.before_request(require_permission)
    CSRFProtect(app)


def require_host() -> ResponseReturnValue | None:
    """Before all else: without a Host that is one, no address can be made, and so no page."""
    return Response(status=400) if isinstance(request.routing_exception, BadRequest) else None


def require_sign_in() -> ResponseReturnValue | None:
    """Before each request: a page that does not exist asks for sign-in too, so it tells nothing."""
    if request.endpoint in OPEN:
        return None
    if SINCE in session:  # or nobody is, and what signing in has begun in another tab is left alone
        if current_staff() is not None and not _is_over():
            if request.endpoint not in QUIET:
                session[SEEN] = time.time()
            return None
        session.clear()
    if request.endpoint in WRITTEN_AT and "by_itself" in request.form:  # elsewhere a stranger's body is not even read
        return Response(status=401)
    if typed := what_was_typed():
        g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]
        return render_template("error.html", what="signed_out", typed=typed), 401
    return redirect(url_for("signing_in.sign_in", next=request.full_path.rstrip("?")))


def what_was_typed() -> list[tuple[str, str]]:
    """The fields that were sent to a page where something is written, to show them again; none elsewhere."""
    if request.method != "POST" or request.endpoint not in WRITTEN_AT:
        return []
    return [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_TYPED and value]


def require_permission() -> ResponseReturnValue | None:
    """Before each page: its mark (admin/permissions.py) against the roles of who is signed in."""
    staff = current_staff()
    if request.endpoint is None or request.endpoint in OPEN or staff is None:
        return None
    needed = getattr(current_app.view_functions[request.endpoint], "needs", None)
    if needed is None or not may(staff, needed):
        abort(403)
    if needed != OWN and must_have_second_factor(staff) and not staff.totp_secret:
        return redirect(url_for("account.set_up_second_factor"))
    return None


def begin_session() -> None:
    """Right after sign-in."""
    session.permanent = True
    session[SINCE] = session[SEEN] = time.time()


def _is_over() -> bool:
    now = time.time()
    too_long = now - session.get(SINCE, 0) > A_WORKING_DAY.total_seconds()
    return too_long or now - session.get(SEEN, 0) > AWAY.total_seconds()


def current_staff() -> Staff | None:
    """Who is signed in, or None."""
    return current_user._get_current_object() if is_user_authenticated(current_user) else None


def staff_now() -> Staff:
    """Who is signed in, on a page that asks for it."""
    staff = current_staff()
    if staff is None:
        raise LookupError("Nobody is signed in.")
    return staff


def signed_in_as() -> str:
    """The e-mail address that goes beside what this person does."""
    return staff_now().email
