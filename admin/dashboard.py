"""The first page: what is live, and what waits for someone."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from admin.database import current_session
from admin.permissions import READ, needs
from admin.reviewing import APPROVE, APPROVE_AS_LEAD, verbs_for
from admin.security import signed_in_as
from content import publishing, reading
from content.archived import archivings_in_order, goes_out

blueprint = Blueprint("dashboard", __name__)


@blueprint.get("/")
@needs(READ)
def show() -> ResponseReturnValue:
    session = current_session()
    live = publishing.latest(session)
    releases = reading.releases_newest_first(session)
    return render_template(
        "dashboard.html",
        last=releases[0] if releases else None,
        texts=reading.texts_waiting(session, live),
        words=reading.words_waiting(session, live),
        archivings=[row for row in archivings_in_order(session) if goes_out(row)],
        past_review=reading.pages_past_review(session, date.today()),
        welsh=reading.welsh_pages_not_checked(session),
        helplines=reading.helplines_to_check(session, date.today()),
        for_me=[item for item in reading.in_review(session) if set(verbs_for(item)) & {APPROVE, APPROVE_AS_LEAD}],
        sent_back=reading.sent_back_to(session, signed_in_as()),
    )
