"""What a conversation knows about the person: only what they chose to tell, None where they did not."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from content.taxonomy import (
    AGE_BANDS,
    AUDIENCES,
    DEFAULT_AUDIENCE,
    DEFAULT_LANGUAGE,
    DEFAULT_READING_LEVEL,
    LANGUAGES,
    NATION_OF_PLACE,
    NATIONS,
    PLACES,
    READING_LEVELS,
)

_CHOICES: dict[str, tuple[str, ...]] = {
    "language": LANGUAGES,
    "nation": NATIONS,
    "place": PLACES,
    "age_band": AGE_BANDS,
    "audience": AUDIENCES,
    "reading_level": READING_LEVELS,
}
_MAY_BE_UNKNOWN = ("nation", "place", "age_band")


@dataclass(frozen=True)
class Profile:
    """Who is reading, as far as told. Held for one conversation, stored nowhere. `place` is a council area."""

    language: str = DEFAULT_LANGUAGE
    nation: str | None = None
    place: str | None = None
    age_band: str | None = None
    audience: str = DEFAULT_AUDIENCE
    reading_level: str = DEFAULT_READING_LEVEL

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any] | None) -> "Profile":
        """The profile in `mapping` (a request, a form, slots); unknown names and values are left out."""
        return cls().changed(**dict(mapping or {}))

    def changed(self, **changes: Any) -> "Profile":
        """This profile with `changes`; a value outside the vocabulary changes nothing.

        None makes the nation, the place or the age band unknown again and leaves the others as they are. A place
        brings its nation along; another nation takes the place away.
        """
        values = self.as_dict()
        for name, value in changes.items():
            if name not in _CHOICES:
                continue
            is_known = isinstance(value, str) and value in _CHOICES[name]
            if is_known or (value is None and name in _MAY_BE_UNKNOWN):
                values[name] = value
        if values["place"] and changes.get("place") == values["place"]:
            values["nation"] = NATION_OF_PLACE[values["place"]]
        elif values["place"] and values["nation"] != NATION_OF_PLACE[values["place"]]:
            values["place"] = None
        return Profile(**values)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


FIELDS = tuple(field.name for field in fields(Profile))
