"""Topics, and the texts each has for different readers."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin.database import current_session
from admin.permissions import READ, needs
from admin.readers import count, rows_of, variant_key
from content import publishing, reading
from content.helplines import london_time
from content.reading import Key
from content.schedule import scheduled_texts

blueprint = Blueprint("topics", __name__, url_prefix="/topics")

PARTS = ("topic_id", "section", "language", "audience", "age_band", "reading_level")


@blueprint.get("")
@needs(READ)
def list_all() -> ResponseReturnValue:
    session = current_session()
    release = publishing.latest(session)
    states = reading.states(session, release)
    topics = [(topic, count(rows_of(topic, states, release))) for topic in reading.topics_in_order(session)]
    return render_template("topics.html", topics=topics, today=date.today())


@blueprint.get("/<topic>")
@needs(READ)
def show(topic: str) -> ResponseReturnValue:
    session = current_session()
    found = reading.topic_named(session, topic) or abort(404)
    release = publishing.latest(session)
    rows = rows_of(found, reading.states(session, release, topic), release)
    today = london_time(None).date()
    return render_template(
        "topic.html",
        topic=found,
        rows=rows,
        pages={page.language: page for page in found.pages},
        scheduled=scheduled_texts(release, topic, today),
        today=today,
    )


@blueprint.get("/<topic>/text")
@needs(READ)
def find_text(topic: str) -> ResponseReturnValue:
    """From the choices of a reader to that reader's text."""
    chosen = {name: request.args.get(name, "") for name in PARTS[1:]}
    return redirect(address_of(variant_key(topic, **chosen) or abort(404)))


def address_of(key: Key, page: str = "edit") -> str:
    """Where a text is written; another `page` about it by its name."""
    return url_for(f"topics.{page}", **dict(zip(("topic", *PARTS[1:]), key, strict=True)))
