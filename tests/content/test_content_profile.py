"""The profile of a conversation takes only what the vocabulary knows."""

from dataclasses import FrozenInstanceError

import pytest

from content.profile import Profile


def test_nothing_is_known_at_first() -> None:
    assert Profile().as_dict() == {
        "language": "en",
        "nation": None,
        "place": None,
        "age_band": None,
        "audience": "young_person",
        "reading_level": "standard",
    }


def test_unknown_names_and_values_are_left_out() -> None:
    profile = Profile.from_mapping(
        {
            "language": "fr",
            "nation": "wales",
            "age_band": 13,
            "audience": "",
            "shoe_size": 5,
            "reading_level": None,
        }
    )
    assert profile == Profile(nation="wales")


def test_a_wrong_change_changes_nothing() -> None:
    profile = Profile(nation="wales", age_band="13_15")
    assert profile.changed(nation="france", age_band=["13_15"], language=None) == profile


def test_nation_and_age_can_become_unknown_again() -> None:
    assert Profile(nation="wales", age_band="13_15").changed(nation=None, age_band=None) == Profile()


def test_a_profile_can_not_be_changed_in_place() -> None:
    with pytest.raises(FrozenInstanceError):
        Profile().language = "cy"  # type: ignore[misc]


def test_a_place_brings_its_nation_and_goes_with_it() -> None:
    here = Profile(nation="england").changed(place="swansea")
    assert (here.place, here.nation) == ("swansea", "wales")
    assert here.changed(age_band="16_17").place == "swansea"
    moved = here.changed(nation="scotland")
    assert (moved.place, moved.nation) == (None, "scotland")
    assert here.changed(place="atlantis") == here
