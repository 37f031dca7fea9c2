"""Stories, quizzes and self-checks: what there is, how one reads, what is live, who approves it, and a try of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin.activity_parts import beside_live, parts_of
from admin.database import current_session
from admin.permissions import READ, WRITE, needs
from admin.reviewing import act_on
from admin.security import signed_in_as
from content import activity_drafts, publishing
from content.activities import KINDS, SELF_CHECK, STORY
from content.archived import Item as ArchivedItem
from content.archived import archived, item_of
from content.errors import BrokenContent
from content.models import Activity
from content.playing import play
from content.release import Release
from content.story_map import draw_map
from content.taxonomy import LANGUAGES

blueprint = Blueprint("activities", __name__, url_prefix="/activities")


@blueprint.get("")
@needs(READ)
def list_all() -> ResponseReturnValue:
    session = current_session()
    release = publishing.latest(session)
    rows: dict[str, dict[str, dict[str, Activity]]] = {kind: {} for kind in KINDS}
    for activity in activity_drafts.activities_in_order(session):
        rows[activity.kind].setdefault(activity.id, {})[activity.language] = activity
    return render_template(
        "activities.html",
        rows=rows,
        release=release,
        languages=LANGUAGES,
        newest=activity_drafts.newest,
        state_of=_state_of(archived(session)),
        not_translated=_not_translated,
    )


@blueprint.get("/<kind>/<activity>/<language>")
@needs(READ)
def show(kind: str, activity: str, language: str) -> ResponseReturnValue:
    session = current_session()
    found = activity_named(kind, activity, language)
    item = activity_drafts.newest(found) or abort(404)
    release = publishing.latest(session)
    live = activity_drafts.live(release, kind, activity, language)
    return render_template(
        "activity.html",
        activity=found,
        item=item,
        live=live,
        state=_state_of(archived(session))(found, release),
        parts=beside_live(parts_of(item), parts_of(live) if live else []),
        map=draw_map(item) if kind == STORY else None,
        not_translated=_not_translated(found),
        others={other: session.get(Activity, (kind, activity, other)) for other in LANGUAGES if other != language},
    )


@blueprint.get("/<kind>/<activity>/<language>/play")
@needs(READ)
def try_it(kind: str, activity: str, language: str) -> ResponseReturnValue:
    """One step as a reader would see it, from the newest text. Where they are stands in the address."""
    found = activity_named(kind, activity, language)
    item = activity_drafts.newest(found) or abort(404)
    step = play(item, request.args.get("step", ""))
    return render_template("activity-play.html", activity=found, item=item, step=step, is_check=kind == SELF_CHECK)


@blueprint.post("/<kind>/<activity>/<language>/review")
@needs(WRITE)
def review(kind: str, activity: str, language: str) -> ResponseReturnValue:
    """The button that was pressed under it; what each asks for is decided in admin/reviewing.py."""
    found = activity_named(kind, activity, language)
    if found.draft is not None:
        act_on(found)
    return redirect(address_of(found))


@blueprint.post("/<kind>/<activity>/<language>/copy")
@needs(WRITE)
def copy(kind: str, activity: str, language: str) -> ResponseReturnValue:
    """Starts `language` from the language that is there."""
    session = current_session()
    there = [session.get(Activity, (kind, activity, other)) for other in LANGUAGES if other != language]
    source = next((other for other in there if activity_drafts.newest(other) is not None), None)
    if source is None or language not in LANGUAGES:
        abort(404)
    if activity_drafts.newest(session.get(Activity, (kind, activity, language))) is None:
        try:
            activity_drafts.start_translation(session, source, language, signed_in_as())
            session.commit()
            flash("", "copied")
        except BrokenContent as error:
            session.rollback()
            flash(" ".join(error.problems), "not_allowed")
            return redirect(address_of(source))
    return redirect(url_for("activity_writing.edit", kind=kind, activity=activity, language=language))


def activity_named(kind: str, activity: str, language: str) -> Activity:
    """The activity of that address; an answer 404 where there is none."""
    return current_session().get(Activity, (kind, activity, language)) or abort(404)


def address_of(activity: Activity) -> str:
    return url_for("activities.show", kind=activity.kind, activity=activity.id, language=activity.language)


def _state_of(gone: frozenset[ArchivedItem]) -> Callable[[Activity | None, Release | None], str]:
    """Where an activity stands, for a page that has looked up once what is archived."""

    def find(activity: Activity | None, release: Release | None) -> str:
        is_archived = activity is not None and item_of(activity) in gone
        return activity_drafts.state_of(activity, release, is_archived=is_archived)

    return find


def _not_translated(activity: Activity) -> int:
    """How many of its texts still read as in the language it is translated from."""
    source = activity_drafts.source_texts(current_session(), activity.kind, activity.id, activity.language)
    item: Mapping[str, object] = activity_drafts.newest(activity) or {}
    return sum(text in source for text in activity_drafts.texts_of(item))
