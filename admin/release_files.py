"""A release as files, to keep or to read elsewhere."""

from __future__ import annotations

import io

from flask import Blueprint, abort, send_file
from flask.typing import ResponseReturnValue

from admin.database import current_session
from admin.permissions import READ, needs
from content import publishing
from content.zipping import zip_of

blueprint = Blueprint("release_files", __name__, url_prefix="/releases")


@blueprint.get("/<int:number>/files.zip")
@needs(READ)
def download(number: int) -> ResponseReturnValue:
    try:
        release = publishing.load(current_session(), number)
    except LookupError:
        abort(404)
    return send_file(
        io.BytesIO(zip_of(release)), as_attachment=True, download_name=f"lantern-release-{release.number}.zip"
    )
