"""create_app: the staff server from its parts."""

from __future__ import annotations

from flask import Flask
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix

from admin import (
    account,
    activities,
    activity_writing,
    archive,
    assessor,
    audit_log,
    bubbles,
    checklist,
    dashboard,
    database,
    errors,
    headers,
    health,
    helpline_checks,
    helpline_writing,
    helplines,
    labels,
    links,
    people,
    pictures,
    places,
    presence,
    preview,
    proposals,
    release_files,
    releases,
    reviewing,
    routing,
    security,
    sheets,
    signing_in,
    sites,
    texts,
    topic_pages,
    trials,
    words,
)
from admin.settings import Settings
from content.schedule import schedule_of

LARGEST_BODY = 256 * 1024  # bytes


def create_app(settings: Settings | None = None) -> Flask:
    """The staff server. Without settings they come from the environment; raises BrokenSettings."""
    settings = settings or Settings.from_environment()
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.jinja_loader = ChoiceLoader(
        [
            PackageLoader("admin"),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    app.config[sites.CHAT_URL] = settings.chat_url
    database.init_app(app, settings.database_url)
    headers.init_app(app, is_secure=settings.is_secure)
    security.init_app(app, settings)
    labels.init_app(app)
    app.jinja_env.globals.update(
        verbs_for=reviewing.verbs_for, approvals_of=reviewing.approvals_of, seen_of=reviewing.seen_of
    )
    app.jinja_env.globals.update(place_of=places.place_of, name_of=places.name_of)
    app.jinja_env.globals.update(place_of_names=places.place_of_names, name_of_names=places.name_of_names)
    app.jinja_env.globals.update(name_in_archive=places.name_in_archive)
    app.jinja_env.globals.update(schedule_of=schedule_of)
    bubbles.init_app(app)
    archive.init_app(app)
    errors.init_app(app)
    for part in (
        signing_in,
        links,
        account,
        people,
        dashboard,
        texts,
        topic_pages,
        words,
        helplines,
        releases,
        audit_log,
        health,
    ):
        app.register_blueprint(part.blueprint)
    for part in (helpline_writing, helpline_checks, routing):
        app.register_blueprint(part.blueprint)
    trials.init_app(app)
    for part in (assessor, proposals, trials, checklist):
        app.register_blueprint(part.blueprint)
    for part in (activities, activity_writing):
        app.register_blueprint(part.blueprint)
    for part in (archive, pictures):
        app.register_blueprint(part.blueprint)
    for part in (sheets, release_files):
        app.register_blueprint(part.blueprint)
    app.register_blueprint(sites.blueprint)
    for part in (presence, preview):
        app.register_blueprint(part.blueprint)
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies)  # type: ignore[method-assign]
    return app
