"""create_app: the staff server from its parts."""

from __future__ import annotations

from flask import Flask
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from admin import (
    account,
    bubbles,
    dashboard,
    database,
    errors,
    headers,
    health,
    helplines,
    labels,
    links,
    people,
    releases,
    security,
    signing_in,
    topics,
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
    bubbles.init_app(app)
    errors.init_app(app)
    for part in (signing_in, links, account, people, dashboard, topics, words, helplines, releases, health):
        app.register_blueprint(part.blueprint)
    return app
