"""The forms for routing: the rows of one need, and the question who would be offered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_wtf import FlaskForm  # type: ignore[import-untyped]
from werkzeug.datastructures import MultiDict
from wtforms import (  # type: ignore[import-untyped]
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    TimeField,
)
from wtforms.validators import DataRequired, InputRequired  # type: ignore[import-untyped]

from admin.helpline_rows import add_error, choices
from admin.labels import label
from content.profile import Profile
from content.routing_drafts import Row
from content.taxonomy import AGE_BANDS, AUDIENCES, CHANNELS, DEFAULT_LANGUAGE, LANGUAGES, NATIONS, NEEDS, PLACES

PLACES_IN_ROW = 4  # for lines, in a row that has fewer
SPARE_ROWS = 1
MOST_ROWS = 40


class RowForm(Form):  # type: ignore[misc]
    """For whom, and which lines in which order. A row that is left empty, or is to be taken out, is left out."""

    nations = SelectMultipleField(choices=choices(NATIONS))
    ages = SelectMultipleField(choices=choices(AGE_BANDS))
    offer = FieldList(SelectField(validate_choice=False), min_entries=PLACES_IN_ROW)
    online_first = SelectField(validate_choice=False)
    take_out = BooleanField()

    @property
    def row(self) -> Row:
        row: Row = {
            "nations": self.nations.data or [],
            "ages": self.ages.data or [],
            "offer": [field.data for field in self.offer if field.data],
        }
        return row | {"online_first": self.online_first.data} if self.online_first.data else row

    @property
    def is_left_out(self) -> bool:
        return bool(self.take_out.data) or not any(self.row.values())


class RoutingForm(FlaskForm):  # type: ignore[misc]
    """The rows of one need, or of a list that has lines only. `based_on` is what the writer had seen."""

    rows = FieldList(FormField(RowForm), max_entries=MOST_ROWS)
    based_on = HiddenField()

    def start(self, rows: Sequence[Row], based_on: str, *, is_list: bool) -> None:
        """Fills a form that nobody has sent yet, and leaves room for one more row, or for more lines in a row."""
        if not self.is_submitted():
            self.based_on.data = based_on
            for row in rows:
                self.rows.append_entry(row)
        filled = sum(not entry.form.is_left_out for entry in self.rows)
        while len(self.rows) < (1 if is_list else min(filled + SPARE_ROWS, MOST_ROWS)):
            self.rows.append_entry()
        for entry in self.rows:
            while len(entry.form.offer) < max(PLACES_IN_ROW, len(entry.form.row["offer"]) + 1):
                entry.form.offer.append_entry()

    @property
    def kept(self) -> list[Any]:
        """The rows that stay, as forms."""
        return [entry.form for entry in self.rows if not entry.form.is_left_out]

    def is_based_on(self, seen: str) -> bool:
        if self.based_on.data == seen:
            return True
        self.based_on.data = seen
        add_error(self.rows[0].form.offer[0], "Someone else saved this need while you wrote. Look, then save again.")
        return False

    def tell(self, problems: Sequence[str]) -> None:
        """What content refuses, beside the row it is about."""
        for problem in problems:
            found = re.match(r"\w+, row (\d+): (.*)", problem)
            row = self.kept[int(found[1]) - 1] if found else (self.kept or [self.rows[0].form])[0]
            words = found[2] if found else problem.partition(": ")[2]
            is_about = next((name for name in ("nations", "ages") if words.startswith(name)), "offer")
            field = row.offer[0] if is_about == "offer" else row[is_about]
            if is_about != "offer":
                words = f"tick {'a nation' if is_about == 'nations' else 'an age'} for this row"
            words = _in_words(words)
            add_error(field, words[:1].upper() + words[1:].rstrip(".") + ".")

    @property
    def wrong(self) -> list[Any]:
        """The fields with an error, in the order of the page."""
        forms = [entry.form for entry in self.rows]
        return [field for form in forms for field in (form.nations, form.ages, *form.offer) if field.errors]


class WhoForm(FlaskForm):  # type: ignore[misc]
    """Someone, as far as told, and a moment: who would be offered to them? It only asks, so it needs no token."""

    class Meta:
        csrf = False

    need = SelectField(choices=choices(NEEDS, empty=True))
    second_need = SelectField(choices=choices(NEEDS, empty=True))
    third_need = SelectField(choices=choices(NEEDS, empty=True))
    nation = SelectField(choices=choices(NATIONS, empty=True))
    place = SelectField(choices=choices(PLACES, empty=True))
    age_band = SelectField(choices=choices(AGE_BANDS, empty=True))
    audience = SelectField(choices=choices(AUDIENCES))
    language = SelectField(choices=choices(LANGUAGES), default=DEFAULT_LANGUAGE)
    channel = SelectField(choices=choices(CHANNELS, empty=True))
    day = DateField(validators=[DataRequired("Write a day.")])
    time = TimeField(validators=[InputRequired("Write a time such as 09:00.")])

    @classmethod
    def asked(cls, asked: MultiDict[str, str], now: datetime) -> WhoForm:
        """The form as asked; what is not asked is left open, and the day and time are now."""
        now_in_fields = {"day": now.date().isoformat(), "time": f"{now:%H:%M}"}
        rest = {"audience": AUDIENCES[0], "language": DEFAULT_LANGUAGE} | now_in_fields
        return cls(MultiDict({name: asked.get(name, rest.get(name, "")) for name in cls().data}))

    @property
    def needs(self) -> list[str]:
        return [field.data for field in (self.need, self.second_need, self.third_need) if field.data]

    @property
    def profile(self) -> Profile:
        told = {name: self[name].data for name in ("language", "nation", "place", "age_band", "audience")}
        return Profile.from_mapping({name: value for name, value in told.items() if value})

    @property
    def moment(self) -> datetime:
        """As London's clock shows it."""
        return datetime.combine(self.day.data, self.time.data)


def _in_words(text: str) -> str:
    """The ids of nations and ages as staff read them."""
    kinds = {**dict.fromkeys(NATIONS, "nation"), **dict.fromkeys(AGE_BANDS, "age_band")}
    return re.sub(r"\w+", lambda found: label(found[0], kinds[found[0]]) if found[0] in kinds else found[0], text)
