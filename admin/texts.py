"""The page where one text is written, and those beside it: its review, its history."""

from __future__ import annotations

from datetime import date

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from admin import advice, autosave, presence
from admin.advice import advise_on_text
from admin.autosave import HELD, OVERTAKEN, REFUSED, SAVED, UNCHANGED
from admin.database import current_session
from admin.forms import VariantForm
from admin.permissions import READ, WRITE, needs
from admin.preview import draw_text
from admin.readers import variant_key
from admin.reviewing import act_on
from admin.security import signed_in_as
from admin.topics import PARTS, address_of, blueprint
from content import drafts, publishing, reading
from content.checks import MAX_BUBBLE_LENGTH, MAX_BUBBLES
from content.errors import BrokenContent
from content.locking import hold
from content.models import Revision, Variant
from content.reading import Key
from content.release import hash_of, to_canonical_json

SEEN_LENGTH = 16
PLACE = "/<topic>/<section>/<language>/<audience>/<age_band>/<reading_level>"


@blueprint.route(PLACE, methods=["GET", "POST"])
@needs(WRITE)
def edit(**place: str) -> ResponseReturnValue:
    session, key = current_session(), _key(place)
    found = reading.topic_named(session, key[0]) or abort(404)
    others = [] if autosave.is_by_itself() else presence.open_page()
    newest = _variant(key).newest
    form = VariantForm()
    form.offer_pictures(reading.pictures(session))
    form.begin(newest, _seen(newest), MAX_BUBBLES)
    outcome = REFUSED
    if form.validate_on_submit() and not request.form.get("preview"):
        outcome = _save(form, key)
    newest = _variant(key).newest
    if autosave.is_by_itself():
        problems = [error for field in form.wrong for error in field.errors]
        theirs = newest.body if newest is not None and outcome == OVERTAKEN else []
        return autosave.answer(outcome, _seen(newest), item=newest, problems=problems, theirs=theirs)
    if autosave.is_kept(outcome):
        autosave.tell(outcome)
        return redirect(address_of(key))
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
        others=others,
        is_overtaken=outcome == OVERTAKEN,
        waits=autosave.waits(newest),
        draws=draw_text(session, key),
        live=live,
        counts=reading.counts_of(session, key, live) if live else {},
        other=_other_language(key),
        newest=newest,
        state=reading.state_of(newest, reading.live_texts(release, key)),
        advice=advise_on_text(session, key, texts),
        dated=[text for text in reading.live_texts(release, key) if text.starts_on or text.ends_on],
        longest=MAX_BUBBLE_LENGTH,
        today=date.today(),
    )


@blueprint.post(f"{PLACE}/lint")
@needs(WRITE)
def lint(**place: str) -> ResponseReturnValue:
    """What is worth another look in words that nobody has saved, and that are kept nowhere."""
    session, key = current_session(), _key(place)
    form = VariantForm()
    form.offer_pictures(reading.pictures(session))
    form.validate()
    return advice.answer(advise_on_text(session, key, form.texts), form.wrong)


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
    variant = _held(key)
    old = next((r for r in variant.revisions if str(r.number) == request.form.get("number")), None) or abort(404)
    note = f"Revision {old.number} again"
    drafts.save_draft(current_session(), variant, old.body, signed_in_as(), note, picture=old.picture)
    current_session().commit()
    flash("", "restored")
    return redirect(address_of(key))


def _save(form: VariantForm, key: Key) -> str:
    """What became of it. When it is not kept the form says why, and still holds what was typed."""
    session, page, by_itself = current_session(), autosave.page_name(), autosave.is_by_itself()
    variant = _held(key)
    newest = variant.newest
    note = form.note.data or ""
    outcome = REFUSED
    if newest is not None and form.is_same_as(newest) and not _is_open(newest, page, note):
        outcome = UNCHANGED
    elif by_itself and autosave.waits(newest):
        outcome = HELD
    elif not form.is_based_on(_seen(newest)):
        outcome = OVERTAKEN
    else:
        try:
            drafts.save_draft(
                session, variant, form.texts, signed_in_as(), note, page=page, by_itself=by_itself, **form.options
            )
            session.commit()
            return SAVED
        except BrokenContent as error:
            form.say(0, error.problems)
        except IntegrityError:  # two people wrote the first text of a variant in the same moment
            session.rollback()
            form.is_based_on(_seen(_variant(key).newest))
            outcome = OVERTAKEN
    session.rollback()  # the next one may write
    return outcome


def _is_open(newest: Revision, page: str | None, note: str) -> bool:
    """Whether this page has saved these words by itself, and now a note came, or the person who presses the button."""
    is_same = page is not None and newest.saved_from == page
    return is_same and (not autosave.is_by_itself() or newest.note != note)


def _held(key: Key) -> Variant:
    """The variant, as it is now and as nobody else changes it until this is saved."""
    session = current_session()
    hold(session, reading.variant_for(session, key))
    return _variant(key)


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
    """What a form says it is based on: a page that saves by itself changes the text of a revision."""
    return f"{newest.number}-{hash_of(to_canonical_json(newest.text))[:SEEN_LENGTH]}" if newest else "0"
