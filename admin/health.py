"""Whether the server answers."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def get_healthz() -> dict[str, str]:
    return {"status": "ok"}
