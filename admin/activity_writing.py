"""The page where a story, quiz or self-check is written, room by room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from admin import autosave, presence
from admin.activities import activity_named, address_of
from admin.activity_form import ActivityForm
from admin.activity_forms import FORMS
from admin.autosave import HELD, OVERTAKEN, REFUSED, SAVED, UNCHANGED
from admin.database import current_session
from admin.permissions import WRITE, needs
from admin.security import signed_in_as
from content import activity_drafts
from content.activities import KINDS, STORY, check_activity
from content.activity_names import to_id
from content.errors import BrokenContent
from content.locking import hold
from content.models import Activity
from content.models.workflow import CHANGES_REQUESTED
from content.release import hash_of, to_canonical_json
from content.story_map import draw_map
from content.taxonomy import DEFAULT_LANGUAGE, LANGUAGES, TOPICS

blueprint = Blueprint("activity_writing", __name__, url_prefix="/activities")


@blueprint.route("/new/<kind>", methods=["GET", "POST"])
@needs(WRITE)
def add(kind: str) -> ResponseReturnValue:
    if kind not in KINDS:
        abort(404)
    language = request.form.get("language", DEFAULT_LANGUAGE)
    base = {"kind": kind, "id": to_id(request.form.get("title", "")), "language": language}
    form = _form(base, "")
    if _is_save():
        is_taken = any(current_session().get(Activity, (kind, base["id"], other)) for other in LANGUAGES)
        if is_taken:
            form.problems.append(("There is one with that title already. Choose another title.", "title"))
        elif not base["id"]:
            form.problems.append(("Give it a title with letters or numbers in it.", "title"))
        if (saved := _save(form, base)) is not None:
            autosave.tell(SAVED, _saved_as(saved))
            return redirect(address_of(saved))
    return _page(form, base, None)


@blueprint.route("/<kind>/<activity>/<language>/edit", methods=["GET", "POST"])
@needs(WRITE)
def edit(kind: str, activity: str, language: str) -> ResponseReturnValue:
    found = activity_named(kind, activity, language)
    others = [] if autosave.is_by_itself() else presence.open_page()
    current = activity_drafts.newest(found) or abort(404)
    form = _form(current, _seen(current))
    outcome = _save_again(form, found) if _is_save() else REFUSED
    current = activity_drafts.newest(found) or abort(404)
    if autosave.is_by_itself():
        return autosave.answer(outcome, _seen(current), item=found, problems=[words for words, _ in form.problems])
    if autosave.is_kept(outcome):
        autosave.tell(outcome, _saved_as(found))
        return redirect(address_of(found))
    return _page(form, current, found, others, is_overtaken=outcome == OVERTAKEN)


def _form(base: Mapping[str, Any], seen: str) -> ActivityForm:
    """What was typed, with the room that a button asked for; or what is kept."""
    kind = FORMS[base["kind"]]
    if request.method == "GET":
        return kind.from_item(base, seen)
    form = kind.from_sent(request.form)
    form.press(request.form.get("do", ""))
    return form


def _is_save() -> bool:
    return request.method == "POST" and request.form.get("do", "save") == "save"


def _save_again(form: ActivityForm, found: Activity) -> str:
    """What became of it. When it is not kept the form says why, and still holds what was typed."""
    session = current_session()
    hold(session, found)
    current = activity_drafts.newest(found) or abort(404)
    outcome = REFUSED
    if form.to_item(current) == current:
        outcome = UNCHANGED
    elif autosave.is_by_itself() and autosave.waits(found):
        outcome = HELD
    elif form.based_on != _seen(current):
        form.based_on = _seen(current)
        why = "Someone else saved this while you were writing. Look at theirs in another tab, then save again."
        form.problems.append((why, "title"))
        outcome = OVERTAKEN
    elif _save(form, current) is not None:
        return SAVED
    session.rollback()  # the next one may write
    return outcome


def _save(form: ActivityForm, base: Mapping[str, Any]) -> Activity | None:
    """The draft that is kept; None where it is not, and then the form says everything that is wrong."""
    session, item = current_session(), form.to_item(base)
    form.check_about()
    if form.problems:
        form.say(check_activity(item | {"id": item["id"] or "new"}))
        return None
    try:
        saved = activity_drafts.save(session, item, signed_in_as())
        session.commit()
    except BrokenContent as error:
        session.rollback()
        form.say(error.problems)
        return None
    except IntegrityError:  # two people started one of the same name in the same moment
        session.rollback()
        form.problems.append(("Someone else has just saved one with that title. Choose another title.", "title"))
        return None
    return saved


def _saved_as(saved: Activity) -> str:
    return "draft_held" if saved.stage == CHANGES_REQUESTED else "draft_saved"


def _page(
    form: ActivityForm,
    base: Mapping[str, Any],
    found: Activity | None,
    others: Sequence[str] = (),
    *,
    is_overtaken: bool = False,
) -> ResponseReturnValue:
    item = form.to_item(base)
    source = frozenset[str]()
    if found is not None:
        source = activity_drafts.source_texts(current_session(), found.kind, found.id, found.language)
    return render_template(
        "activity-edit.html",
        form=form,
        item=item,
        activity=found,
        map=draw_map(item) if item["kind"] == STORY else None,
        sends_to=url_for(request.endpoint or "", **(request.view_args or {})),
        source=source,
        topics=TOPICS,
        others=others,
        is_overtaken=is_overtaken,
        waits=autosave.waits(found),
    )


def _seen(item: Mapping[str, Any]) -> str:
    return hash_of(to_canonical_json(dict(item)))
