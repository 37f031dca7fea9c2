"""The forms of import and export."""

from __future__ import annotations

from collections.abc import Iterable

from flask_wtf import FlaskForm  # type: ignore[import-untyped]
from flask_wtf.file import FileField  # type: ignore[import-untyped]
from wtforms import BooleanField, HiddenField, RadioField, SelectMultipleField  # type: ignore[import-untyped]
from wtforms.fields.choices import SelectChoice  # type: ignore[import-untyped]
from wtforms.validators import DataRequired  # type: ignore[import-untyped]

from content.sheets import CSV, FORMATS, TABLES, TEXTS, XLSX
from content.taxonomy import LANGUAGES, TOPICS

LIVE, NEWEST = STATES = ("live", "newest")
MOST_PROBLEMS = 20  # said about a file that can not be read


def _choices(ids: Iterable[str]) -> list[SelectChoice]:
    return [SelectChoice(id_, id_) for id_ in ids]


class ExportForm(FlaskForm):  # type: ignore[misc]
    """What to export. It is sent with GET and changes nothing, so it needs no token. No topics means all."""

    class Meta:
        csrf = False

    tables = SelectMultipleField(
        choices=_choices(TABLES), default=[TEXTS], validators=[DataRequired("Choose at least one of the two.")]
    )
    topics = SelectMultipleField(choices=_choices(TOPICS))
    languages = SelectMultipleField(
        choices=_choices(LANGUAGES), default=LANGUAGES, validators=[DataRequired("Choose at least one language.")]
    )
    state = RadioField(choices=_choices(STATES), default=NEWEST, validators=[DataRequired("Choose one of the two.")])
    format = RadioField(choices=_choices(FORMATS), default=XLSX, validators=[DataRequired("Choose one of the two.")])

    def validate_tables(self, field: SelectMultipleField) -> None:
        if self.format.data == CSV and len(set(field.data)) > 1:
            field.errors = ["A CSV file holds one table. Choose one of the two, or an Excel workbook."]


class UploadForm(FlaskForm):  # type: ignore[misc]
    file = FileField()

    def refuse(self, problems: list[str]) -> None:
        self.file.errors = problems[:MOST_PROBLEMS]


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """`seen` is the fingerprint of the changes that the person looked at."""

    leave_out = BooleanField()
    seen = HiddenField()

    def refuse(self, why: str) -> None:
        self.leave_out.errors = [why]
