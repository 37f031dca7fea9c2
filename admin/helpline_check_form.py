"""The form for a check of a helpline."""

from __future__ import annotations

from flask_wtf import FlaskForm  # type: ignore[import-untyped]
from wtforms import (  # type: ignore[import-untyped]
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
)
from wtforms.validators import DataRequired, InputRequired  # type: ignore[import-untyped]

from admin.helpline_rows import choices
from content.helpline_checks import CHECKED_TEXTS, LIVE


class CheckForm(FlaskForm):  # type: ignore[misc]
    """That someone called a line or looked it up; `text` is which of the two was found right."""

    on = DateField(validators=[DataRequired("Write the day of the check.")])
    text = RadioField(choices=choices(CHECKED_TEXTS), default=LIVE)
    is_as_written = BooleanField(validators=[InputRequired("Tick this when you have checked it.")])
    seen = HiddenField()

    def is_based_on(self, seen: str) -> bool:
        """Whether they saw what is there now. If not, it is said, and the next try counts as seen."""
        if self.seen.data == seen:
            return True
        self.seen.data = seen
        self.on.errors = ["This helpline has changed since you opened the page. Look at it again."]
        return False
