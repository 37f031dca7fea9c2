"""Variants of a topic's section, and which one a person is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from content.profile import Profile
from content.taxonomy import DEFAULT_AUDIENCE, DEFAULT_READING_LEVEL, LANGUAGES, SECTIONS

if TYPE_CHECKING:
    from content.release import Release

Place = tuple[str, str, str]  # topic, section, language
Fit = tuple[str, str | None, str]  # audience, age band, reading level


@dataclass(frozen=True)
class Variant:
    """What one section of a topic says to one kind of reader. `age_band` None: for every age."""

    topic: str
    section: str
    language: str
    audience: str
    age_band: str | None
    reading_level: str
    bubbles: tuple[str, ...]

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


@dataclass(frozen=True)
class Found:
    """`language_matches` is False when only another language has the text: say so before showing it."""

    variant: Variant
    language_matches: bool


def find_variant(release: "Release", topic: str, section: str, profile: Profile) -> Found | None:
    """The variant to show, or None when the release has none that may be shown.

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
    for language in _unique(profile.language, *LANGUAGES):
        fits = release.variants_by_place.get((topic, section, language))
        if not fits:
            continue
        for audience in audiences:
            for age_band in age_bands:
                for reading_level in reading_levels:
                    variant = fits.get((audience, age_band, reading_level))
                    if variant is not None:
                        return Found(variant, language == profile.language)
    return None


def find_sections(release: "Release", topic: str, profile: Profile) -> list[str]:
    """The sections of a topic that this person may be shown, in the order to offer them."""
    return [section for section in SECTIONS if find_variant(release, topic, section, profile)]


def _unique(*values: str | None) -> list[Any]:
    return list(dict.fromkeys(values))
