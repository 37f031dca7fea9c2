"""create_app: the staff server from its parts."""

from __future__ import annotations

from flask import Flask
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from admin import (
    account,
    activities,
    activity_writing,
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
    places,
    proposals,
    release_files,
    releases,
    reviewing,
    routing,
    security,
    sheets,
    signing_in,
    texts,
    topic_pages,
    words,
)
from admin.settings import Settings

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
    database.init_app(app, settings.database_url)
    headers.init_app(app, is_secure=settings.is_secure)
    security.init_app(app, settings)
    labels.init_app(app)
    app.jinja_env.globals.update(
        verbs_for=reviewing.verbs_for, approvals_of=reviewing.approvals_of, seen_of=reviewing.seen_of
    )
    app.jinja_env.globals.update(place_of=places.place_of, name_of=places.name_of)
    bubbles.init_app(app)
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
    for part in (assessor, proposals, checklist):
        app.register_blueprint(part.blueprint)
    for part in (activities, activity_writing):
        app.register_blueprint(part.blueprint)
    for part in (sheets, release_files):
        app.register_blueprint(part.blueprint)
    return app
