"""Texts out to a spreadsheet and back in: a file is shown as what it would change before anything is drafted."""

from __future__ import annotations

import io
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import RequestEntityTooLarge

from admin.database import current_session
from admin.permissions import READ, WRITE, needs
from admin.security import signed_in_as
from admin.sheet_forms import LIVE, ConfirmForm, ExportForm, UploadForm
from content import publishing, sheets
from content.helplines import london_time
from content.models import TopicPage
from content.sheets import BrokenSheet, Plan
from content.taxonomy import DEFAULT_LANGUAGE

blueprint = Blueprint("sheets", __name__, url_prefix="/sheets")

FILE_NAME_LENGTH = 200
MOST_CHANGES, MOST_PROBLEMS = 50, 200  # shown of each


@blueprint.url_value_preprocessor
def allow_a_file(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Before the check of the form's token, which reads the whole form."""
    if endpoint == "sheets.start":
        request.max_content_length = sheets.LARGEST_FILE + 64 * 1024  # and the form around the file


@blueprint.errorhandler(RequestEntityTooLarge)
def refuse_large_file(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    form = UploadForm(formdata=None)
    form.refuse([f"The file is larger than {sheets.LARGEST_FILE // 1024**2} MB. Split it into smaller ones."])
    return render_template("sheet-import.html", form=form), 413


@blueprint.get("")
@needs(READ)
def show() -> ResponseReturnValue:
    """The choices, or with choices the file."""
    form = ExportForm(formdata=request.args or None)
    if request.args and form.validate():
        release = publishing.latest(current_session()) if form.state.data == LIVE else None
        if release is not None or form.state.data != LIVE:
            content = release.snapshot if release else sheets.newest(current_session())
            name = f"lantern-release-{release.number}" if release else f"lantern-{london_time(None).date()}"
            made = sheets.write(
                content, form.format.data, form.tables.data, topics=form.topics.data, languages=form.languages.data
            )
            return send_file(io.BytesIO(made), as_attachment=True, download_name=f"{name}.{form.format.data}")
        form.state.errors = ["Nothing is published yet."]
    pages = current_session().scalars(select(TopicPage).where(TopicPage.language == DEFAULT_LANGUAGE))
    return render_template("sheets.html", form=form, titles={page.topic_id: page.title for page in pages})


@blueprint.route("/import", methods=["GET", "POST"])
@needs(WRITE)
def start() -> ResponseReturnValue:
    form = UploadForm()
    if form.validate_on_submit():
        try:
            held = _hold(form)
        except BrokenSheet as error:
            form.refuse(error.problems)
        else:
            return redirect(url_for("sheets.preview", upload=held))
    return render_template("sheet-import.html", form=form)


@blueprint.route("/import/<upload>", methods=["GET", "POST"])
@needs(WRITE)
def preview(upload: str) -> ResponseReturnValue:
    """What the file would change, and the button that drafts it."""
    session = current_session()
    held = sheets.held_by(session, upload, signed_in_as()) or abort(404)
    rows, file_name = sheets.rows_of(held), held.file_name
    form = ConfirmForm()
    plan = sheets.plan(session, rows)
    if form.validate_on_submit() and _is_confirmed(form, plan):
        try:
            sheets.draft(session, plan, signed_in_as(), f"Imported from {file_name}")
            session.delete(held)
            session.commit()
        except IntegrityError:  # two people saved in the same moment
            session.rollback()
            plan = sheets.plan(session, rows)
            form.refuse("Someone else saved one of these texts at this moment. Look at the list again.")
        else:
            flash(str(len(plan.changes)), "imported")  # as many as the button said
            return redirect(url_for("sheets.show"))
    form.seen.data = plan.fingerprint
    return render_template(
        "sheet-preview.html",
        form=form,
        plan=plan,
        file_name=file_name,
        changes=plan.changes[:MOST_CHANGES],
        problems=plan.problems[:MOST_PROBLEMS],
        notes=plan.notes[:MOST_PROBLEMS],
    )


def _hold(form: UploadForm) -> str:
    """Reads the file and keeps its rows; returns the id of what is kept. Raises BrokenSheet."""
    if not form.file.data:
        raise BrokenSheet("Choose a file.")
    with form.file.data.stream as file:
        data = file.read()
    session = current_session()
    rows = sheets.read(data, sheets.format_of(data))
    held = sheets.hold(session, rows, _plain_name(form.file.data.filename), signed_in_as())
    session.commit()
    return held


def _is_confirmed(form: ConfirmForm, plan: Plan) -> bool:
    """Whether they have seen this very plan, and said what to do with rows that have problems."""
    if form.seen.data != plan.fingerprint:
        form.refuse("The texts have changed since you opened this page. Look at the list again.")
    elif plan.problems and not form.leave_out.data:
        form.refuse("Put the rows with problems right and send the file again, or choose to leave them out.")
    else:
        return bool(plan.changes)
    return False


def _plain_name(given: str | None) -> str:
    """The file's name without folders and without letters that do not print."""
    name = (given or "").replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in name if letter.isprintable())[:FILE_NAME_LENGTH] or "a file"
