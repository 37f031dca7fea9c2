"""A text as the chat shows it: bold, italic and links to https, and nothing else."""

from __future__ import annotations

import re

from flask import Flask
from markupsafe import Markup, escape

_MARKS = (
    (re.compile(r"\[([^\]\n]+)\]\((https://[^\s)]+)\)"), r'<a class="govuk-link" href="\2">\1</a>'),
    (re.compile(r"\*\*([^*\n]+)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"\*([^*\n]+)\*"), r"<em>\1</em>"),
)


def init_app(app: Flask) -> None:
    app.jinja_env.filters["as_bubble"] = as_bubble


def as_bubble(text: str) -> Markup:
    """The text as HTML. What it holds of HTML is shown as it is written."""
    html = str(escape(text))
    for pattern, replacement in _MARKS:
        html = pattern.sub(replacement, html)
    return Markup(html.replace("\n", "<br>"))  # escaped above
