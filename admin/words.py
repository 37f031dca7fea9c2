"""System messages: what the bot, the helplines and the widget say around the topics."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin.database import current_session
from admin.forms import WordsForm
from admin.permissions import READ, WRITE, needs
from admin.reviewing import act_on
from admin.security import signed_in_as
from content import drafts, publishing, reading
from content.models import SystemWord
from content.models.releases import Words
from content.release import hash_of, to_canonical_json
from content.taxonomy import LANGUAGES

blueprint = Blueprint("words", __name__, url_prefix="/words")


@blueprint.get("")
@needs(READ)
def list_all() -> ResponseReturnValue:
    session = current_session()
    by_key: dict[str, dict[str, SystemWord]] = {}
    for word in reading.words_in_order(session):
        by_key.setdefault(word.key, {})[word.language] = word
    waiting = reading.words_waiting(session, publishing.latest(session))
    return render_template("words.html", by_key=by_key, languages=LANGUAGES, waiting=waiting)


@blueprint.route("/<language>/<key>", methods=["GET", "POST"])
@needs(WRITE)
def edit(language: str, key: str) -> ResponseReturnValue:
    session = current_session()
    word = session.get(SystemWord, (language, key)) or abort(404)
    current = reading.newest_words(word)
    form = WordsForm()
    form.start(_texts(current), _seen(current), 1 if isinstance(current, str) else len(_texts(current)) + 1)
    if form.validate_on_submit() and not request.form.get("preview") and form.is_based_on(_seen(current)):
        words = form.texts[0] if isinstance(current, str) else form.texts
        drafts.save_words(session, language, key, words, signed_in_as())
        session.commit()
        flash("", "draft_saved")
        return redirect(url_for("words.edit", language=language, key=key))
    live = reading.live_words(publishing.latest(session), word)
    return render_template(
        "word.html",
        word=word,
        form=form,
        preview=form.texts if request.form.get("preview") else None,
        live=_texts(live),
        draft=_texts(current) if current != live else [],
    )


@blueprint.post("/<language>/<key>/review")
@needs(WRITE)
def review(language: str, key: str) -> ResponseReturnValue:
    word = current_session().get(SystemWord, (language, key)) or abort(404)
    act_on(word)
    return redirect(url_for("words.edit", language=language, key=key))


def _texts(words: Words | None) -> list[str]:
    return [words] if isinstance(words, str) else list(words or [])


def _seen(words: Words | None) -> str:
    return hash_of(to_canonical_json({"words": words}))
