"""create_app: the chat server from its parts."""

from __future__ import annotations

from typing import Any

from flask_openapi3.models.info import Info
from flask_openapi3.openapi import OpenAPI
from werkzeug.middleware.proxy_fix import ProxyFix

from chat import conversations, full_page, headers, health, helplines, limits, pages, problems, request_log
from chat.bodies import LARGEST_BODY
from chat.schemas import Problem
from chat.service import EXTENSION, make_chat
from chat.settings import Settings
from content.settings import data_dir
from content.store import ReleaseStore
from safety import Assessor

API_VERSION = "1.0.0"


def create_app(
    settings: Settings | None = None, *, store: ReleaseStore | None = None, assessor: Assessor | None = None
) -> OpenAPI:
    """The chat server. Without arguments everything comes from the environment.

    Starts following the releases; raises BrokenSettings for an environment it cannot use.
    """
    settings = settings or Settings.from_environment()
    app = OpenAPI(
        __name__,
        info=Info(title="Lantern chat API", version=API_VERSION),
        doc_ui=False,
        static_folder=None,
        validation_error_model=Problem,
        validation_error_callback=problems.raise_invalid,
        operation_id_callback=_name_operation,
    )
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # Welsh as it is written
    app.json.sort_keys = False  # type: ignore[attr-defined]

    if store is None:
        store = ReleaseStore(settings.database_url, folder=data_dir())
        store.start()
    app.extensions[EXTENSION] = make_chat(settings, store, assessor or Assessor.load())

    request_log.init_app(app)
    headers.init_app(app, is_secure=settings.public_origin.startswith("https:"))
    problems.init_app(app)
    limits.init_app(app, settings)
    for api in (conversations.blueprint, helplines.blueprint, health.blueprint):
        app.register_api(api)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(full_page.blueprint)
    app.add_url_rule("/openapi.json", "openapi", lambda: _describe(app))
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies)  # type: ignore[method-assign]
    return app


def _name_operation(*, name: str, path: str, method: str) -> str:
    return name


def _describe(app: OpenAPI) -> dict[str, Any]:
    """The API's description, without the 422 in plain JSON that the library adds to every operation, and without the
    ways to sign in, of which there are none: it leaves them as null, which is no OpenAPI."""
    description: dict[str, Any] = app.api_doc
    description["components"].pop("securitySchemes", None)
    description["paths"]["/api/conversations"]["post"]["requestBody"]["required"] = False
    for path in description["paths"].values():
        for operation in path.values():
            responses = operation["responses"]
            if "application/json" in responses.get("422", {}).get("content", {}):
                del responses["422"]
    return description
