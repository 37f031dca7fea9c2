"""The assessor: its rules to read, and a box to try messages in. No message is kept."""

from __future__ import annotations

from functools import cache

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from admin.assessor_forms import LONGEST_MESSAGE, MOST_MESSAGES, TryForm
from admin.permissions import READ, needs
from admin.rule_words import find_rules, guards_of, lists_in, parts_of
from admin.safety_figures import read_figures
from safety import Assessor
from safety.taxonomy import URGENCIES

blueprint = Blueprint("assessor", __name__, url_prefix="/assessor")


@blueprint.get("")
@needs(READ)
def show() -> ResponseReturnValue:
    return render_template("assessor.html", figures=read_figures())


@blueprint.get("/rules")
@needs(READ)
def list_rules() -> ResponseReturnValue:
    book = the_assessor().book
    chosen = {name: request.args.get(name, "") for name in ("search", "file", "level")}
    return render_template(
        "rules.html",
        found=find_rules(book, **chosen),
        chosen=chosen,
        files=list(dict.fromkeys(rule.file for rule in book.rules)),
        levels=URGENCIES[1:],
    )


@blueprint.get("/rules/<rule>")
@needs(READ)
def show_rule(rule: str) -> ResponseReturnValue:
    book = the_assessor().book
    found = next((one for one in book.rules if one.id == rule), None) or abort(404)
    return render_template(
        "rule.html",
        rule=found,
        sequences=[(sequence.text, parts_of(sequence.text)) for sequence in found.sequences],
        lists=lists_in(found),
        guards=guards_of(found, book),
    )


@blueprint.route("/try", methods=["GET", "POST"])
@needs(READ)
def try_messages() -> ResponseReturnValue:
    """Messages live as long as the request: nothing here stores or logs them."""
    form, assessed = TryForm(), []
    if form.validate_on_submit():
        assessed = [(line, the_assessor().assess(line)) for line in form.lines]
    rule_ids = {rule.id for rule in the_assessor().book.rules} if assessed else set()
    return render_template(
        "try.html", form=form, assessed=assessed, rule_ids=rule_ids, most=MOST_MESSAGES, longest=LONGEST_MESSAGE
    )


@cache
def the_assessor() -> Assessor:
    """Loaded when a page first asks for it, then kept: it takes a second or two."""
    return Assessor.load()
