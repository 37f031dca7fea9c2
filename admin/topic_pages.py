"""What is noted about a whole topic in one language: a Welsh speaker has read it, someone has looked at it again."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from admin.database import current_session
from admin.permissions import REVIEW, needs
from content.models import TopicPage

NEXT_REVIEW = timedelta(days=182)
blueprint = Blueprint("topic_pages", __name__, url_prefix="/topics")
READ_BY_WELSH_SPEAKER, LOOKED_AT = "read_by_welsh_speaker", "looked_at"


@blueprint.post("/<topic>/page/<language>")
@needs(REVIEW)
def note(topic: str, language: str) -> ResponseReturnValue:
    """Counts at once for the staff, and goes into the next release; the log says who noted it."""
    page = current_session().get(TopicPage, (topic, language)) or abort(404)
    what = request.form.get("what")
    if what == READ_BY_WELSH_SPEAKER and language == "cy":
        page.checked_by_welsh_speaker = True
    elif what == LOOKED_AT:
        page.review_by = date.today() + NEXT_REVIEW
    else:
        abort(400)
    current_session().commit()
    flash(what, "noted")
    return redirect(url_for("topics.show", topic=topic))
