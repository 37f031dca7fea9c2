"""The widget's files, the words it starts with, and the demo page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, jsonify, request

from chat.problems import ProblemFound, preferred_language
from chat.service import current_chat
from chat.sites import describe, find_site
from chat.widget_files import CACHE_SECONDS, compress, read_files, send_file
from content.helplines import Helpline, london_time
from content.messages import describe_helpline
from content.release import Release
from content.routing import Offer
from content.taxonomy import DEFAULT_LANGUAGE, LANGUAGES

WIDGET = Path(__file__).parent / "widget"
DEMO_PAGE = "demo.html"
WORDS = "widget."
FIRST_HELP = ("emergency-999", "childline", "shout")  # fits everyone in the UK; shown before any chat begins
PICTURE_CACHE_SECONDS = 31_536_000  # a year: another drawing has another address
blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def show_demo() -> Response:
    """A page with the widget on it."""
    return _send(DEMO_PAGE)


@blueprint.get("/widget/<path:name>")
def send_widget_file(name: str) -> Response:
    """One of the widget's files."""
    return _send(name)


@blueprint.get("/widget/pictures/<id_>.svg")
def send_picture(id_: str) -> Response:
    """One drawing, as it is in the newest release."""
    picture = current_chat().store.current().pictures.get(id_)
    if picture is None:
        abort(404)
    response = Response(picture["svg"], mimetype="image/svg+xml")
    response.headers["Cache-Control"] = f"public, max-age={PICTURE_CACHE_SECONDS}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@blueprint.get("/widget/start.json")
def start_widget() -> Response:
    """The words of the widget, the helplines it shows before, and without, a conversation, and what its site wants."""
    language = request.args.get("language") or preferred_language()
    if language not in LANGUAGES:
        raise ProblemFound("unknown_value", ["language"])
    release = current_chat().store.current()
    start = {
        "language": language,
        "words": _widget_words(release, language),
        "helplines": first_help(release, language),
    }
    if site := find_site(request.args.get("site")):
        start["site"] = describe(site)
    response = jsonify(start)
    response.headers["Cache-Control"] = f"public, max-age={CACHE_SECONDS}"
    response.headers["Vary"] = "Accept-Language"
    response.add_etag()
    return compress(response)


def _send(name: str) -> Response:
    file = read_files(WIDGET).get(name)
    if file is None:
        abort(404)
    return send_file(file)


def _widget_words(release: Release, language: str) -> dict[str, str]:
    """Every widget.* word in the language, in English where it has none."""
    keys = {key for words in release.system.values() for key in words if key.startswith(WORDS)}
    in_either = [key for key in sorted(keys) if _has_words(release, key, language)]
    return {key: release.word(key, language) for key in in_either}


def _has_words(release: Release, key: str, language: str) -> bool:
    return release.has_words(key, language) or release.has_words(key, DEFAULT_LANGUAGE)


def first_help(release: Release, language: str) -> list[dict[str, Any]]:
    """The lines for everyone, in the API's shape."""
    lines: list[Helpline] = [release.helplines[id_] for id_ in FIRST_HELP if id_ in release.helplines]
    now = london_time(None)
    return [
        describe_helpline(Offer(line, line.is_open(now)), language)
        for line in lines
        if line.status == "active" or line.id == FIRST_HELP[0]
    ]
