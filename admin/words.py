"""System messages: what the bot, the helplines and the widget say around the topics."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin import advice, autosave, presence
from admin.advice import advise_on_words
from admin.autosave import HELD, OVERTAKEN, REFUSED, SAVED, UNCHANGED
from admin.database import current_session
from admin.forms import WordsForm
from admin.permissions import READ, WRITE, needs
from admin.preview import draw_words
from admin.reviewing import act_on
from admin.security import signed_in_as
from content import drafts, publishing, reading
from content.errors import BrokenContent
from content.locking import hold
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
    others = [] if autosave.is_by_itself() else presence.open_page()
    current = reading.newest_words(word)
    form = WordsForm()
    form.start(_texts(current), _seen(current), 1 if isinstance(current, str) else len(_texts(current)) + 1)
    outcome = REFUSED
    if form.validate_on_submit() and not request.form.get("preview"):
        outcome = _save(form, word)
    current = reading.newest_words(word)
    if autosave.is_by_itself():
        problems = [error for field in form.wrong for error in field.errors]
        theirs = _texts(current) if outcome == OVERTAKEN else []
        return autosave.answer(outcome, _seen(current), item=word, problems=problems, theirs=theirs)
    if autosave.is_kept(outcome):
        autosave.tell(outcome)
        return redirect(url_for("words.edit", language=language, key=key))
    live = reading.live_words(publishing.latest(session), word)
    return render_template(
        "word.html",
        word=word,
        form=form,
        preview=form.texts if request.form.get("preview") else None,
        others=others,
        is_overtaken=outcome == OVERTAKEN,
        waits=autosave.waits(word),
        draws=draw_words(word),
        advice=advise_on_words(session, word, form.texts or _texts(current)),
        live=_texts(live),
        draft=_texts(current) if current != live else [],
    )


@blueprint.post("/<language>/<key>/lint")
@needs(WRITE)
def lint(language: str, key: str) -> ResponseReturnValue:
    """What is worth another look in words that nobody has saved, and that are kept nowhere."""
    session = current_session()
    word = session.get(SystemWord, (language, key)) or abort(404)
    form = WordsForm()
    form.validate()
    return advice.answer(advise_on_words(session, word, form.texts), form.wrong)


@blueprint.post("/<language>/<key>/review")
@needs(WRITE)
def review(language: str, key: str) -> ResponseReturnValue:
    word = current_session().get(SystemWord, (language, key)) or abort(404)
    act_on(word)
    return redirect(url_for("words.edit", language=language, key=key))


def _save(form: WordsForm, word: SystemWord) -> str:
    """What became of it. When it is not kept the form says why, and still holds what was typed."""
    session, by_itself = current_session(), autosave.is_by_itself()
    hold(session, word)
    current = reading.newest_words(word)
    outcome = REFUSED
    if _texts(current) == form.texts:
        outcome = UNCHANGED
    elif by_itself and autosave.waits(word):
        outcome = HELD
    elif not form.is_based_on(_seen(current)):
        outcome = OVERTAKEN
    else:
        words = form.texts[0] if isinstance(current, str) else form.texts
        try:
            drafts.save_words(session, word.language, word.key, words, signed_in_as())
            session.commit()
            return SAVED
        except BrokenContent as error:
            form.say(0, error.problems)
    session.rollback()  # the next one may write
    return outcome


def _texts(words: Words | None) -> list[str]:
    return [words] if isinstance(words, str) else list(words or [])


def _seen(words: Words | None) -> str:
    return hash_of(to_canonical_json({"words": words}))
