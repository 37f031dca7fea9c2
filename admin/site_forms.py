"""The form for a site. What a site may not be is decided in content; here it is said beside the field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm  # type: ignore[import-untyped]
from wtforms import (  # type: ignore[import-untyped]
    BooleanField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)

from admin.helpline_rows import add_error, choices, tidy
from content.activity_names import to_id
from content.contrast import COLOUR
from content.sites import COLOURS, origin_of
from content.taxonomy import AUDIENCES, LANGUAGES, NATIONS, PLACES, TOPICS

Item = dict[str, Any]  # a site in the library's shape


class SiteForm(FlaskForm):  # type: ignore[misc]
    """Everything about a site. `based_on` is what the writer had seen; `check` asks for the contrasts alone."""

    name = StringField(filters=[tidy])
    key = StringField(filters=[tidy])
    is_open = BooleanField()
    origins = TextAreaField(filters=[tidy])
    place = SelectField(choices=choices(PLACES, empty=True))
    nation = SelectField(choices=choices(NATIONS, empty=True))
    language = SelectField(choices=choices(LANGUAGES))
    audience = SelectField(choices=choices(AUDIENCES))
    topics = SelectMultipleField(choices=choices(TOPICS))
    deep = StringField(filters=[tidy])
    lamp = StringField(filters=[tidy])
    own = StringField(filters=[tidy])
    exit_url = StringField(filters=[tidy])
    keeps_conversation = BooleanField()
    based_on = HiddenField()
    check = SubmitField()

    def start(self, item: Item, based_on: str) -> None:
        """Fills a form that nobody has sent yet."""
        if self.is_submitted():
            return
        self.based_on.data = based_on
        for name in ("name", "key", "is_open", "language", "audience", "topics", "exit_url", "keeps_conversation"):
            self[name].data = item[name]
        self.origins.data = "\n".join(item["origins"])
        self.place.data, self.nation.data = item["place"] or "", item["nation"] or ""
        for name in COLOURS:
            self[name].data = item["colours"].get(name, "")

    @property
    def item(self) -> Item:
        """The site as typed; a key that is left empty is made from the name."""
        return {
            "key": self.key.data or to_id(self.name.data).replace("_", "-"),
            "name": self.name.data,
            "origins": [_tidy_origin(line) for line in self.origins.data.split()],
            "place": self.place.data or None,
            "nation": self.nation.data or None,
            "language": self.language.data,
            "audience": self.audience.data,
            "topics": list(self.topics.data or []),
            "colours": {name: self[name].data.lower() for name in COLOURS if self[name].data},
            "exit_url": self.exit_url.data,
            "keeps_conversation": self.keeps_conversation.data,
            "is_open": self.is_open.data,
        }

    @property
    def sound_colours(self) -> dict[str, str]:
        """The colours as typed, without what is no colour."""
        return {name: colour for name, colour in self.item["colours"].items() if COLOUR.fullmatch(colour)}

    def is_based_on(self, seen: str) -> bool:
        """Whether the writer has seen the site as it is. If not, it is said, and the next try counts as seen."""
        if self.based_on.data == seen:
            return True
        self.based_on.data = seen
        add_error(self.name, "Someone else saved this site while you were writing. Compare the two, then save again.")
        return False

    def tell(self, problems: Sequence[str]) -> None:
        """What content refuses, beside the field that each problem names first."""
        for problem in problems:
            name, _, what = problem.partition(": ")
            is_address = "://" in what.split()[0]  # what someone typed is said as they typed it
            add_error(self._field_of(name, what), (what if is_address else what[:1].upper() + what[1:]) + ".")

    def _field_of(self, name: str, what: str) -> Any:
        if name != "colours":
            return self[name]
        # The contrast of two colours is said beside one that was chosen here.
        named = [colour for colour in COLOURS if colour in what.replace(":", " ").split()]
        chosen = [colour for colour in named if self[colour].data]
        return self[(chosen or named or COLOURS)[0]]

    @property
    def wrong(self) -> list[Any]:
        """The fields with an error, in the order of the page."""
        return [field for field in self if field.errors]


def _tidy_origin(line: str) -> str:
    """As browsers write it, where nothing but a slash and capitals keep it from being an origin."""
    try:
        origin = origin_of(line)
    except ValueError:
        return line
    return origin if line.lower().rstrip("/") == origin else line
