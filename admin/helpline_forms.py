"""The forms for helplines. What a helpline may not be is decided in content; here it is said beside the field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm  # type: ignore[import-untyped]
from wtforms import (  # type: ignore[import-untyped]
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length  # type: ignore[import-untyped]

from admin.helpline_rows import DayForm, RouteForm, add_error, choices, tidy
from admin.opening_times import ALWAYS, DAYS, hours_of, spans_of
from content.helplines import KINDS, STATUSES, WORDS
from content.models.helplines import HOURS_LENGTH
from content.taxonomy import LANGUAGES, NATIONS, NEEDS, PLACES

Item = dict[str, Any]  # a helpline in the library's shape
NOT_KNOWN, DAY_AND_NIGHT, BY_DAY, AS_DATA = HOURS_KINDS = ("not_known", "day_and_night", "by_day", "as_data")
REQUIRED = ("name", "what_for")
SPARE_ROUTES = 2
MOST_ROUTES = 12
OLDEST = 120


class HelplineForm(FlaskForm):  # type: ignore[misc]
    """Everything about a helpline but its check. `based_on` is what the writer had seen."""

    kind = SelectField(choices=choices(KINDS))
    status = SelectField(choices=choices(STATUSES))
    knows_links = BooleanField()
    routes = FieldList(FormField(RouteForm), max_entries=MOST_ROUTES)
    hours_kind = RadioField(choices=choices(HOURS_KINDS), validate_choice=False)
    days = FieldList(FormField(DayForm), min_entries=len(DAYS), max_entries=len(DAYS))
    hours = StringField(validators=[Length(max=HOURS_LENGTH, message="These hours are too long.")], filters=[tidy])
    min_age = StringField(filters=[tidy])
    max_age = StringField(filters=[tidy])
    nations = SelectMultipleField(choices=choices(NATIONS))
    place = SelectField(choices=choices(PLACES, empty=True))
    languages = SelectMultipleField(choices=choices(LANGUAGES))
    needs = SelectMultipleField(choices=choices(NEEDS))
    sources = TextAreaField(filters=[tidy])
    based_on = HiddenField()

    def start(self, item: Item, based_on: str) -> None:
        """Fills a form that nobody has sent yet, and leaves room for more routes."""
        if not self.is_submitted():
            self.based_on.data = based_on
            self._fill(item)
        filled = sum(not entry.form.is_empty for entry in self.routes)
        while len(self.routes) < min(filled + SPARE_ROUTES, MOST_ROUTES):
            self.routes.append_entry({"channel": ""})

    def _fill(self, item: Item) -> None:
        for name in ("kind", "status", "nations", "languages", "needs"):
            self[name].data = item[name]
        for name in WORDS:
            for language in LANGUAGES:
                self[f"{name}_{language}"].data = (item[name] or {}).get(language, "")
        for route in item["routes"]:
            self.routes.append_entry(route)
        low, high = item["ages"] or (None, None)
        self.min_age.data = "" if low is None else str(low)
        self.max_age.data = "" if high is None else str(high)
        self.place.data = item["place"] or ""
        self.sources.data = "\n".join(item["sources"])
        self._fill_hours(item["hours"])

    def _fill_hours(self, hours: str | None) -> None:
        spans = spans_of(hours or "")
        self.hours_kind.data = (
            NOT_KNOWN if hours is None else DAY_AND_NIGHT if hours == ALWAYS else BY_DAY if spans else AS_DATA
        )
        self.hours.data = hours if self.hours_kind.data == AS_DATA else ""
        for day, entry in zip(DAYS, self.days, strict=True):
            entry.form.opens.data, entry.form.closes.data = (spans or {}).get(day, ("", ""))

    def validate(self, extra_validators: object = None) -> bool:
        super().validate(extra_validators)
        for name in WORDS:
            english, welsh = self[f"{name}_en"], self[f"{name}_cy"]
            if name in REQUIRED or english.data or welsh.data:
                for field, language in ((english, "English"), (welsh, "Welsh")):
                    if not field.data:
                        add_error(field, f"Write it in {language} too.")
        for entry in self.routes:
            if not entry.form.is_empty:
                entry.form.check()
        for field in (self.min_age, self.max_age):
            if field.data and not (field.data.isdecimal() and int(field.data) <= OLDEST):
                add_error(field, "Write an age as a number, or leave it empty.")
        self._read_hours()
        return not self.wrong

    def _read_hours(self) -> str | None:
        kind = self.hours_kind.data
        if kind == AS_DATA:
            if not self.hours.data:
                add_error(self.hours, "Write the hours, or choose another way to give them.")
            return str(self.hours.data)
        if kind == BY_DAY:
            spans = {day: span for day, entry in zip(DAYS, self.days, strict=True) if (span := entry.form.read())}
            if not spans and not any(field.errors for entry in self.days for field in entry.form):
                add_error(self.days[0].form.opens, "Write the times of one day at least.")
            return hours_of(spans)
        if kind not in HOURS_KINDS:
            add_error(self.hours_kind, "Choose how to give the hours.")
        return ALWAYS if kind == DAY_AND_NIGHT else None

    def item_from(self, base: Item) -> Item:
        """The helpline as typed, over what the form was filled from. The form has to be valid."""
        low, high = (int(field.data) if field.data else None for field in (self.min_age, self.max_age))
        words = {name: {language: self[f"{name}_{language}"].data for language in LANGUAGES} for name in WORDS}
        return (
            base
            | {name: texts if all(texts.values()) else {} for name, texts in words.items()}
            | {
                "kind": self.kind.data,
                "status": self.status.data,
                "routes": [entry.form.route for entry in self.routes if not entry.form.is_empty],
                "hours": self._read_hours(),
                "ages": None if low is None and high is None else [low, high],
                "place": self.place.data or None,
                "sources": [line.strip() for line in self.sources.data.splitlines() if line.strip()],
            }
            | {name: _in_old_order(self[name].data or [], base[name]) for name in ("nations", "languages", "needs")}
        )

    def is_based_on(self, seen: str) -> bool:
        """Whether the writer has seen the newest draft. If not, it is said, and the next try counts as seen."""
        if self.based_on.data == seen:
            return True
        self.based_on.data = seen
        add_error(
            self.name_en, "Someone else saved this helpline while you were writing. Compare the two, then save again."
        )
        return False

    def tell(self, problems: Sequence[str]) -> None:
        """What content refuses, beside the field that it is about as far as it can be told."""
        for problem in problems:
            add_error(self._field_of(problem), problem[:1].upper() + problem[1:].rstrip(".") + ".")

    def _field_of(self, problem: str) -> Any:
        words = re.findall(r"\w+", problem.partition(": '")[0])
        for name in WORDS:
            if name in words:
                return self[f"{name}_{'cy' if 'cy' in words else 'en'}"]
        if words[:1] == ["route"] or "routes" in words:
            filled = [entry.form for entry in self.routes if not entry.form.is_empty]
            number = next((int(word) for word in words if word.isdecimal()), 1)
            return filled[min(number, len(filled)) - 1].label if filled else self.routes[0].form.label
        if "ages" in words or "under" in words:
            return self.min_age
        for name in ("hours", "status", "kind", "nations", "needs", "place"):
            if name in words:
                return self.hours_kind if name == "hours" and self.hours_kind.data != AS_DATA else self[name]
        return self.routes[0].form.channel if "route" in words else self.name_en

    @property
    def wrong(self) -> list[Any]:
        """The fields with an error, in the order of the page."""
        order = [
            *(self[f"{name}_{language}"] for name in ("name", "what_for") for language in LANGUAGES),
            *(self.kind, self.status, self.knows_links),
            *(field for entry in self.routes for field in entry.form),
            self.hours_kind,
            *(field for entry in self.days for field in entry.form),
            self.hours,
            *(self[f"hours_words_{language}"] for language in LANGUAGES),
            *(self.min_age, self.max_age, self.nations, self.place, self.languages, self.needs),
            *(self[f"{name}_{language}"] for name in ("cost", "trace", "privacy") for language in LANGUAGES),
            self.sources,
        ]
        return [field for field in order if field.errors]


for _name in WORDS:
    for _language in LANGUAGES:
        setattr(HelplineForm, f"{_name}_{_language}", TextAreaField(filters=[tidy]))


def _in_old_order(chosen: Sequence[str], old: Sequence[str]) -> list[str]:
    """What is chosen, as it stood before, then what is new; so that ticking nothing new changes nothing."""
    return [id_ for id_ in old if id_ in chosen] + [id_ for id_ in chosen if id_ not in old]
