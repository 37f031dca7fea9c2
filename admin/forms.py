"""The forms. What content may not be is decided in content; here it is said beside the field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_wtf import FlaskForm  # type: ignore[import-untyped]
from wtforms import (  # type: ignore[import-untyped]
    DateField,
    FieldList,
    HiddenField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[import-untyped]
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length, Optional  # type: ignore[import-untyped]

from admin.models import ROLES
from content import drafts
from content.models import Revision
from content.models.topics import NOTE_LENGTH

MOST_BUBBLES = 24  # read from a form; more than a text may have, so that too many are refused and not lost


def _tidy(text: str | None) -> str:
    """As it is kept: browsers send line ends as CR LF."""
    return (text or "").replace("\r\n", "\n").strip()


def _as_sentence(problem: str) -> str:
    return problem[:1].upper() + problem[1:].rstrip(".") + "."


class SignInForm(FlaskForm):  # type: ignore[misc]
    email = StringField("Email address", [DataRequired("Enter your email address.")], filters=[_tidy])
    password = PasswordField("Password", [InputRequired("Enter your password.")])

    def refuse(self, why: str) -> None:
        self.email.errors = [why]


class CodeForm(FlaskForm):  # type: ignore[misc]
    code = StringField("Code", [DataRequired("Enter the code."), Length(max=64)], filters=[_tidy])

    def refuse(self, why: str) -> None:
        self.code.errors = [why]


class NewPasswordForm(FlaskForm):  # type: ignore[misc]
    """A password twice; what it must be is decided in admin/staff.py."""

    password = PasswordField("New password", [InputRequired("Enter a password.")])
    again = PasswordField("The same again", [EqualTo("password", "The two passwords are not the same.")])

    def refuse(self, why: str) -> None:
        self.password.errors = [why]


class CurrentPasswordForm(FlaskForm):  # type: ignore[misc]
    """The password of now, before something changes by which someone signs in."""

    current = PasswordField("Your password now", [InputRequired("Enter your password.")])

    def refuse_current(self, why: str) -> None:
        self.current.errors = [why]


class ChangePasswordForm(CurrentPasswordForm, NewPasswordForm):
    """The password of now, and a new one twice."""


class StaffForm(FlaskForm):  # type: ignore[misc]
    """Someone's address and roles."""

    email = StringField("Email address", filters=[_tidy])
    roles = SelectMultipleField("Roles", choices=[SelectChoice(role, role) for role in ROLES])

    def refuse(self, why: str) -> None:
        self.email.errors = [why]


class TextForm(FlaskForm):  # type: ignore[misc]
    """A text as bubbles, one field each; empty ones are left out. `based_on` is what the writer had seen."""

    bubbles = FieldList(TextAreaField(filters=[_tidy]), max_entries=MOST_BUBBLES)
    based_on = HiddenField()

    @property
    def texts(self) -> list[str]:
        return [field.data for field in self.bubbles if field.data]

    def start(self, texts: Sequence[str], based_on: str, fields: int) -> None:
        """Fills a form that nobody has sent yet; room for `fields` bubbles at least."""
        if not self.is_submitted():
            self.based_on.data = based_on
            for text in texts:
                self.bubbles.append_entry(text)
        while len(self.bubbles) < min(fields, MOST_BUBBLES):
            self.bubbles.append_entry()

    def validate(self, extra_validators: object = None) -> bool:
        is_sound = super().validate(extra_validators)
        if not self.texts:
            self.say(0, ["Write at least one bubble."])
            return False
        for number, field in enumerate(self.bubbles, 1):
            if field.data:
                self.say(number - 1, self.find_problems(field.data, number))
        return is_sound and not any(field.errors for field in self.bubbles)

    def is_based_on(self, seen: str) -> bool:
        """Whether the writer has seen the newest text. If not, it is said, and the next try counts as seen."""
        if self.based_on.data == seen:
            return True
        self.based_on.data = seen
        self.say(0, ["Someone else saved this text while you were writing. Compare the two, then save again."])
        return False

    @property
    def wrong(self) -> list[Any]:
        """The fields with an error, in the order of the page."""
        return [field for field in self.bubbles if field.errors]

    def find_problems(self, text: str, number: int) -> Iterable[str]:
        raise NotImplementedError

    def say(self, position: int, problems: Iterable[str]) -> None:
        """Puts problems beside the bubble at this position, counted from 0."""
        field = self.bubbles[position]
        field.errors = [*field.errors, *(_as_sentence(problem) for problem in problems)]


class VariantForm(TextForm):
    note = StringField(
        validators=[Length(max=NOTE_LENGTH, message=f"Use at most {NOTE_LENGTH} characters.")],
        filters=[_tidy],
    )

    picture = SelectField("Picture", choices=[], validate_choice=False)
    starts_on = DateField("Shown from", [Optional()])
    ends_on = DateField("Shown until", [Optional()])

    @property
    def options(self) -> dict[str, Any]:
        """What goes with the bubbles, as content/drafts.py takes it."""
        return {"picture": self.picture.data or None, "starts_on": self.starts_on.data, "ends_on": self.ends_on.data}

    @property
    def wrong(self) -> list[Any]:
        others = (self.picture, self.starts_on, self.ends_on, self.note)
        return [*super().wrong, *(field for field in others if field.errors)]

    def offer_pictures(self, ids: Iterable[str]) -> None:
        """Which pictures there are to choose from."""
        named = [SelectChoice(id_, id_.replace("_", " ")) for id_ in ids]
        self.picture.choices = [SelectChoice("", "None"), *named]

    def begin(self, newest: Revision | None, based_on: str, fields: int) -> None:
        """Fills a form that nobody has sent yet with the newest text."""
        if newest is not None and not self.is_submitted():
            self.picture.data, self.starts_on.data, self.ends_on.data = newest.picture, newest.starts_on, newest.ends_on
        self.start(newest.body if newest else [], based_on, fields)

    def is_same_as(self, newest: Revision) -> bool:
        """Whether saving would change nothing."""
        was = {"picture": newest.picture, "starts_on": newest.starts_on, "ends_on": newest.ends_on}
        return newest.body == self.texts and was == self.options

    def validate(self, extra_validators: object = None) -> bool:
        is_sound = super().validate(extra_validators)
        if self.picture.data and self.picture.data not in {choice.value for choice in self.picture.choices}:
            self.picture.errors = ["Choose a picture from the list."]
        if self.starts_on.data and self.ends_on.data and self.ends_on.data < self.starts_on.data:
            self.ends_on.errors = ["The last day is before the first."]
        return is_sound and not self.picture.errors and not self.ends_on.errors

    def find_problems(self, text: str, number: int) -> Iterable[str]:
        return drafts.find_problems(text, number)


class WordsForm(TextForm):
    def find_problems(self, text: str, number: int) -> Iterable[str]:
        return drafts.find_word_problems(text, f"bubble {number}")


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """Why something is published. `seen` is the hash of what the person looked at."""

    why = TextAreaField(
        validators=[
            DataRequired("Say why, in a few words."),
            Length(max=NOTE_LENGTH, message=f"Use at most {NOTE_LENGTH} characters."),
        ],
        filters=[_tidy],
    )
    seen = HiddenField()
