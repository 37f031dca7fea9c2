"""Topics, the texts each has for different readers, and the page where one text is written."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from admin.database import current_session
from admin.forms import VariantForm
from admin.permissions import READ, WRITE, needs
from admin.readers import count, rows_of, variant_key
from admin.security import signed_in_as
from content import drafts, publishing, reading
from content.checks import MAX_BUBBLE_LENGTH, MAX_BUBBLES
from content.errors import BrokenContent
from content.models import Revision, Variant
from content.reading import Key

blueprint = Blueprint("topics", __name__, url_prefix="/topics")

PARTS = ("topic_id", "section", "language", "audience", "age_band", "reading_level")


@blueprint.get("")
@needs(READ)
def list_all() -> ResponseReturnValue:
    session = current_session()
    release = publishing.latest(session)
    topics = [(topic, count(rows_of(topic, release))) for topic in reading.topics_in_order(session)]
    return render_template("topics.html", topics=topics, today=date.today())


@blueprint.get("/<topic>")
@needs(READ)
def show(topic: str) -> ResponseReturnValue:
    session = current_session()
    found = reading.topic_named(session, topic) or abort(404)
    rows = rows_of(found, publishing.latest(session))
    return render_template("topic.html", topic=found, rows=rows, pages={page.language: page for page in found.pages})


@blueprint.get("/<topic>/text")
@needs(READ)
def find_text(topic: str) -> ResponseReturnValue:
    """From the choices of a reader to that reader's text."""
    chosen = {name: request.args.get(name, "") for name in PARTS[1:]}
    return redirect(_address_of(variant_key(topic, **chosen) or abort(404)))


@blueprint.route("/<topic>/<section>/<language>/<audience>/<age_band>/<reading_level>", methods=["GET", "POST"])
@needs(WRITE)
def edit(topic: str, **reader: str) -> ResponseReturnValue:
    session = current_session()
    found = reading.topic_named(session, topic) or abort(404)
    key = variant_key(topic, **reader) or abort(404)
    newest = _variant(key).newest
    form = VariantForm()
    form.start(newest.body if newest else [], _seen(newest), MAX_BUBBLES)
    if form.validate_on_submit() and not request.form.get("preview") and _save(form, key):
        return redirect(_address_of(key))
    newest = _variant(key).newest
    release = publishing.latest(session)
    return render_template(
        "text.html",
        topic=found,
        page=next((page for page in found.pages if page.language == key[2]), None),
        key=key,
        form=form,
        preview=form.texts if request.form.get("preview") else None,
        live=reading.live_text(release, key),
        newest=newest,
        state=reading.state_of(newest, reading.live_texts(release, key)),
        longest=MAX_BUBBLE_LENGTH,
    )


def _save(form: VariantForm, key: Key) -> bool:
    """Whether the draft is kept. When it is not the form says why, and still holds what was typed."""
    session = current_session()
    variant = _variant(key)
    if variant.newest is not None and variant.newest.body == form.texts:
        flash("", "unchanged")
        return True
    if form.is_based_on(_seen(variant.newest)):
        try:
            picture = variant.newest.picture if variant.newest else None
            drafts.save_draft(session, variant, form.texts, signed_in_as(), form.note.data or "", picture=picture)
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


def _address_of(key: Key) -> str:
    topic, section, language, audience, age_band, reading_level = key
    return url_for(
        "topics.edit",
        topic=topic,
        section=section,
        language=language,
        audience=audience,
        age_band=age_band,
        reading_level=reading_level,
    )


def _variant(key: Key) -> Variant:
    """The variant, or one that is not in the database yet."""
    return reading.variant_for(current_session(), key) or Variant(**dict(zip(PARTS, key, strict=True)))


def _seen(newest: Revision | None) -> str:
    return str(newest.number) if newest else "0"
