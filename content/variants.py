"""Variants of a topic's section, and which one a person is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from content.helplines import london_time
from content.profile import Profile
from content.taxonomy import DEFAULT_AUDIENCE, DEFAULT_READING_LEVEL, LANGUAGES, SECTIONS

if TYPE_CHECKING:
    from content.release import Release

Place = tuple[str, str, str]  # topic, section, language
Fit = tuple[str, str | None, str]  # audience, age band, reading level
REVISION_LENGTH = 12


@dataclass(frozen=True)
class Variant:
    """What one section of a topic says to one kind of reader. `age_band` None: for every age.

    `picture` is the id of one; shown from the day `starts_on` to the day `ends_on`, both included, None for no limit.
    """

    topic: str
    section: str
    language: str
    audience: str
    age_band: str | None
    reading_level: str
    bubbles: tuple[str, ...]
    picture: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None

    @classmethod
    def from_mapping(cls, item: Mapping[str, Any]) -> "Variant":
        return cls(
            topic=item["topic"],
            section=item["section"],
            language=item["language"],
            audience=item.get("audience") or DEFAULT_AUDIENCE,
            age_band=item.get("age_band"),
            reading_level=item.get("reading_level") or DEFAULT_READING_LEVEL,
            bubbles=tuple(item["bubbles"]),
            picture=item.get("picture"),
            starts_on=_day(item.get("starts_on")),
            ends_on=_day(item.get("ends_on")),
        )

    @property
    def place(self) -> Place:
        return (self.topic, self.section, self.language)

    @property
    def fit(self) -> Fit:
        return (self.audience, self.age_band, self.reading_level)

    @property
    def id(self) -> str:
        """A stable name, such as grooming/explain/en/young_person/any/standard."""
        return "/".join((*self.place, self.audience, self.age_band or "any", self.reading_level))

    @cached_property
    def revision(self) -> str:
        """A name of this very text, the same wherever it is published: counts of views are tied to it."""
        return revision_of(self.bubbles)

    def is_shown_on(self, day: date) -> bool:
        """Whether its dates let it be shown."""
        return (self.starts_on or day) <= day <= (self.ends_on or day)


@dataclass(frozen=True)
class Found:
    """`language_matches` is False when only another language has the text: say so before showing it."""

    variant: Variant
    language_matches: bool


def revision_of(bubbles: Sequence[str]) -> str:
    """A short name of a text, made from its words: the same words have the same name."""
    return sha256("\n".join(bubbles).encode()).hexdigest()[:REVISION_LENGTH]


def find_variant(
    release: "Release", topic: str, section: str, profile: Profile, today: date | None = None
) -> Found | None:
    """The variant to show `today` (in London, unless given), or None when the release has none that may be shown.

    Tried in this order; the first difference decides, a later one only between equals:

    1. language: the person's; else the other one, and the answer says so.
    2. audience: the person's; else the young person's. Never another audience's.
    3. age band: the person's; else a variant for every age. Never another age band's, and with the age
       unknown only variants for every age.
    4. reading level: the person's; else standard.

    Why this order: words nobody can read help nobody, so language comes first. Then what is right to say
    (who is asking, then how old they are) comes before how simply it is said. A text for another age or
    for professionals would be wrong for the reader, so it is not a fallback at all; a harder text, or one
    in the other language, is still right, so these are.
    """
    audiences = _unique(profile.audience, DEFAULT_AUDIENCE)
    age_bands = _unique(profile.age_band, None)
    reading_levels = _unique(profile.reading_level, DEFAULT_READING_LEVEL)
    today = today or london_time(None).date()
    for language in _unique(profile.language, *LANGUAGES):
        fits = release.variants_by_place.get((topic, section, language))
        if not fits:
            continue
        for audience in audiences:
            for age_band in age_bands:
                for reading_level in reading_levels:
                    for variant in fits.get((audience, age_band, reading_level), ()):
                        if variant.is_shown_on(today):
                            return Found(variant, language == profile.language)
    return None


def find_sections(release: "Release", topic: str, profile: Profile) -> list[str]:
    """The sections of a topic that this person may be shown, in the order to offer them."""
    return [section for section in SECTIONS if find_variant(release, topic, section, profile)]


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _unique(*values: str | None) -> list[Any]:
    return list(dict.fromkeys(values))
