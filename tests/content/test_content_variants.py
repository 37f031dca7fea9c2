"""Which variant a person is shown: the whole order of fallbacks, row by row."""

from collections.abc import Callable
from typing import Any

import pytest

from content.profile import Profile
from content.release import Release
from content.variants import find_sections, find_variant

Build = Callable[..., Any]
READER = Profile(language="cy", age_band="13_15", audience="young_person", reading_level="easy_read")


def fit(language: str, audience: str, age_band: str | None, reading_level: str) -> dict[str, Any]:
    return {"language": language, "audience": audience, "age_band": age_band, "reading_level": reading_level}


# For READER: best first. Each is shown when all those above it are missing.
ORDER = [
    fit("cy", "young_person", "13_15", "easy_read"),  # everything as asked
    fit("cy", "young_person", "13_15", "standard"),  # the right age counts for more than easy words
    fit("cy", "young_person", None, "easy_read"),  # for every age
    fit("cy", "young_person", None, "standard"),
    fit("en", "young_person", "13_15", "easy_read"),  # only then the other language, and it is said
    fit("en", "young_person", "13_15", "standard"),
    fit("en", "young_person", None, "easy_read"),
    fit("en", "young_person", None, "standard"),
]
# Never shown to READER, however little else there is.
NEVER = [
    fit("cy", "young_person", "16_17", "easy_read"),  # another age
    fit("cy", "professional", "13_15", "easy_read"),  # another audience
    fit("cy", "parent_carer", None, "standard"),
]


@pytest.mark.parametrize("best", range(len(ORDER)))
def test_fallback_order(make_release: Build, make_variant: Build, best: int) -> None:
    there = [*NEVER, *reversed(ORDER[best:])]  # the order in the release must not matter
    release = make_release(variants=[make_variant(**one) for one in there])
    found = find_variant(release, "consent", "explain", READER)
    assert found is not None
    assert found.variant.fit == (
        ORDER[best]["audience"],
        ORDER[best]["age_band"],
        ORDER[best]["reading_level"],
    )
    assert found.variant.language == ORDER[best]["language"]
    assert found.language_matches is (ORDER[best]["language"] == "cy")


def test_what_is_for_others_is_never_shown(make_release: Build, make_variant: Build) -> None:
    release = make_release(variants=[make_variant(**one) for one in NEVER])
    assert find_variant(release, "consent", "explain", READER) is None


@pytest.mark.parametrize(
    ("reader", "shown"),
    [
        (Profile(audience="professional"), "professional"),  # their own
        (Profile(audience="parent_carer"), "young_person"),  # none of their own: the young person's
        (Profile(audience="community", age_band="18_plus"), "young_person"),
        (Profile(), "young_person"),  # never the professional's
    ],
)
def test_audience(make_release: Build, make_variant: Build, reader: Profile, shown: str) -> None:
    release = make_release(variants=[make_variant(audience="professional"), make_variant()])
    found = find_variant(release, "consent", "explain", reader)
    assert found is not None
    assert found.variant.audience == shown


def test_the_right_audience_counts_for_more_than_the_right_age(make_release: Build, make_variant: Build) -> None:
    release = make_release(variants=[make_variant(age_band="18_plus"), make_variant(audience="professional")])
    found = find_variant(release, "consent", "explain", Profile(audience="professional", age_band="18_plus"))
    assert found is not None
    assert found.variant.audience == "professional"


def test_age_unknown_sees_only_what_is_for_every_age(make_release: Build, make_variant: Build) -> None:
    only_for_some = make_release(variants=[make_variant(age_band="16_17")])
    assert find_variant(only_for_some, "consent", "explain", Profile()) is None
    both = make_release(variants=[make_variant(age_band="16_17"), make_variant()])
    found = find_variant(both, "consent", "explain", Profile())
    assert found is not None
    assert found.variant.age_band is None


def test_easy_read_is_never_forced_on_anyone(make_release: Build, make_variant: Build) -> None:
    release = make_release(variants=[make_variant(reading_level="easy_read")])
    assert find_variant(release, "consent", "explain", Profile()) is None


def test_unknown_topic_and_section(small_release: Release) -> None:
    assert find_variant(small_release, "grooming", "explain", Profile()) is None
    assert find_variant(small_release, "consent", "signs", Profile()) is None


def test_sections_come_in_the_order_to_offer_them(make_release: Build, make_variant: Build) -> None:
    release = make_release(
        variants=[
            make_variant(section="what_to_do"),
            make_variant(section="signs", age_band="16_17"),
            make_variant(),
        ]
    )
    assert find_sections(release, "consent", Profile()) == ["explain", "what_to_do"]
    assert find_sections(release, "consent", Profile(age_band="16_17")) == ["explain", "signs", "what_to_do"]
