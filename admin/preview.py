"""What the live preview draws with: the widget's own files, its words, and what stands under and beside a text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, jsonify, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.database import current_session
from admin.permissions import READ, needs
from content import publishing, reading
from content.checks import MAX_BUBBLES
from content.errors import MissingWords
from content.models import Picture, SystemWord
from content.models.topics import ANY_AGE
from content.profile import Profile
from content.reading import Key
from content.release import Release
from content.taxonomy import DEFAULT_LANGUAGE, LANGUAGES, SECTIONS
from content.variants import find_sections

WIDGET = Path(__file__).resolve().parent.parent / "chat" / "widget"
TYPES = {".js": "text/javascript", ".css": "text/css"}
SECTIONS_OFFERED = 3  # under a part of a topic, as actions/teaching.py has it
ON_BUTTONS = ("button.", "section.", "nation.", "age.", "audience.")
NOTICES = ("error.", "unavailable")

blueprint = Blueprint("preview", __name__, url_prefix="/preview")


@blueprint.get("/widget/<file>")
@needs(READ)
def send_widget_file(file: str) -> Response:
    """One of the scripts and styles with which the widget draws."""
    path = WIDGET / file
    mimetype = TYPES.get(path.suffix)
    if mimetype is None or not path.is_file():
        abort(404)
    response = Response(path.read_bytes(), mimetype=mimetype)
    response.headers["Cache-Control"] = "no-cache"  # kept, and asked about each time
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]


@blueprint.get("/words.json")
@needs(READ)
def send_words() -> Response:
    """What the widget itself says, by key, as the next publish would send it out."""
    language = request.args.get("language", DEFAULT_LANGUAGE)
    if language not in LANGUAGES:
        abort(404)
    words = select(SystemWord).where(SystemWord.key.startswith("widget."))
    found = {word.key: reading.newest_words(word) for word in current_session().scalars(words)
             if word.language == language}  # fmt: skip
    return jsonify({key: "\n".join(said) if isinstance(said, list) else said for key, said in found.items()})


@blueprint.get("/pictures/<picture>.svg")
@needs(READ)
def send_picture(picture: str) -> Response:
    """One drawing, as it is now."""
    found = current_session().get(Picture, picture) or abort(404)
    return Response(found.svg, mimetype="image/svg+xml")


def draw_text(session: Session, key: Key) -> dict[str, Any]:
    """What goes with a text: how many stand on a page, the buttons under them, the pictures there are.

    `more` is the button to the next page, `buttons` follow it under each page; none before the first release.
    """
    release = publishing.latest(session)
    language = key[2]
    return {
        "kind": "text",
        "language": language,
        "page": MAX_BUBBLES,
        "more": _word(release, "button.more", language),
        "buttons": _buttons_under(release, key) if release is not None else [],
        "pictures": {
            picture.id: {
                "src": url_for("preview.send_picture", picture=picture.id),
                "alt": picture.alt.get(language) or picture.alt[DEFAULT_LANGUAGE],
            }
            for picture in session.scalars(select(Picture))
        },
    }


def draw_words(word: SystemWord) -> dict[str, Any]:
    """How a system message stands in the chat: as a button, as a notice, or as bubbles."""
    kind = "button" if word.key.startswith(ON_BUTTONS) else "notice" if word.key.startswith(NOTICES) else "text"
    return {"kind": kind, "language": word.language, "page": MAX_BUBBLES, "more": "", "buttons": [], "pictures": {}}


def _buttons_under(release: Release, key: Key) -> list[str]:
    """The labels under this part of a topic, for this reader, once it is live."""
    topic, section, language, audience, age_band, reading_level = key
    profile = Profile(
        language=language,
        audience=audience,
        age_band=None if age_band == ANY_AGE else age_band,
        reading_level=reading_level,
    )
    there = {*find_sections(release, topic, profile), section}
    sections = [one for one in SECTIONS if one in there]
    place = sections.index(section)
    coming = [*sections[place + 1 :], *sections[:place]][:SECTIONS_OFFERED]
    keys = [f"section.{one}" for one in coming]
    keys += ["button.more_sections"] if len(sections) > SECTIONS_OFFERED + 1 else []
    return [label for one in (*keys, "button.topics", "button.help") if (label := _word(release, one, language))]


def _word(release: Release | None, key: str, language: str) -> str:
    try:
        return release.word(key, language) if release is not None else ""
    except MissingWords:
        return ""
