"""The page where one text is written, and those beside it: its review, its history."""

from __future__ import annotations

from datetime import date

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from admin.database import current_session
from admin.forms import VariantForm
from admin.permissions import READ, WRITE, needs
from admin.readers import variant_key
from admin.reviewing import act_on
from admin.security import signed_in_as
from admin.topics import PARTS, address_of, blueprint
from content import drafts, publishing, reading
from content.checks import MAX_BUBBLE_LENGTH, MAX_BUBBLES
from content.errors import BrokenContent
from content.lint import lint_draft
from content.models import Revision, Variant
from content.reading import Key

PLACE = "/<topic>/<section>/<language>/<audience>/<age_band>/<reading_level>"


@blueprint.route(PLACE, methods=["GET", "POST"])
@needs(WRITE)
def edit(**place: str) -> ResponseReturnValue:
    session, key = current_session(), _key(place)
    found = reading.topic_named(session, key[0]) or abort(404)
    newest = _variant(key).newest
    form = VariantForm()
    form.offer_pictures(reading.pictures(session))
    form.begin(newest, _seen(newest), MAX_BUBBLES)
    if form.validate_on_submit() and not request.form.get("preview") and _save(form, key):
        return redirect(address_of(key))
    newest = _variant(key).newest
    release = publishing.latest(session)
    live = reading.live_text(release, key)
    texts = form.texts or (newest.body if newest else [])
    return render_template(
        "text.html",
        topic=found,
        page=next((page for page in found.pages if page.language == key[2]), None),
        key=key,
        form=form,
        preview=form.texts if request.form.get("preview") else None,
        live=live,
        counts=reading.counts_of(session, key, live) if live else {},
        other=_other_language(key),
        newest=newest,
        state=reading.state_of(newest, reading.live_texts(release, key)),
        findings=lint_draft(session, key, texts) if texts else [],
        longest=MAX_BUBBLE_LENGTH,
        today=date.today(),
    )


@blueprint.post(f"{PLACE}/review")
@needs(WRITE)
def review(**place: str) -> ResponseReturnValue:
    key = _key(place)
    act_on(_variant(key).newest or abort(404))
    return redirect(address_of(key))


@blueprint.get(f"{PLACE}/history")
@needs(READ)
def history(**place: str) -> ResponseReturnValue:
    """Every revision, the newest first, each beside the one before it."""
    key = _key(place)
    newest_first = list(reversed(_variant(key).revisions))
    return render_template("history.html", key=key, revisions=newest_first)


@blueprint.post(f"{PLACE}/restore")
@needs(WRITE)
def restore(**place: str) -> ResponseReturnValue:
    """An older text becomes the newest draft; nothing is taken away."""
    key = _key(place)
    variant = _variant(key)
    old = next((r for r in variant.revisions if str(r.number) == request.form.get("number")), None) or abort(404)
    note = f"Revision {old.number} again"
    drafts.save_draft(current_session(), variant, old.body, signed_in_as(), note, picture=old.picture)
    current_session().commit()
    flash("", "restored")
    return redirect(address_of(key))


def _save(form: VariantForm, key: Key) -> bool:
    """Whether the draft is kept. When it is not the form says why, and still holds what was typed."""
    session = current_session()
    variant = _variant(key)
    if variant.newest is not None and form.is_same_as(variant.newest):
        flash("", "unchanged")
        return True
    if form.is_based_on(_seen(variant.newest)):
        try:
            drafts.save_draft(session, variant, form.texts, signed_in_as(), form.note.data or "", **form.options)
            session.commit()
        except BrokenContent as error:
            form.say(0, error.problems)
        except IntegrityError:  # two people saved in the same moment
            session.rollback()
            form.is_based_on(_seen(_variant(key).newest))
        else:
            flash("", "draft_saved")
            return True
    return False


def _key(place: dict[str, str]) -> Key:
    return variant_key(**place) or abort(404)


def _other_language(key: Key) -> list[str]:
    """What the same text says in the other language, for whoever translates it."""
    other = (*key[:2], "cy" if key[2] == "en" else "en", *key[3:])
    newest = _variant(other).newest
    return newest.body if newest else []


def _variant(key: Key) -> Variant:
    """The variant, or one that is not in the database yet."""
    return reading.variant_for(current_session(), key) or Variant(**dict(zip(PARTS, key, strict=True)))


def _seen(newest: Revision | None) -> str:
    return str(newest.number) if newest else "0"
