"""What holds for every need, nation, age, channel and time, in a small directory and in the real one."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.helplines import EMERGENCY
from content.profile import Profile
from content.release import Release
from content.routing import ADULT_NEEDS, AGE_SPANS, DANGER_NEEDS, EVERY_AGE, LIMIT, offer
from content.taxonomy import AGE_BANDS, AUDIENCES, CHANNELS, LANGUAGES, NATIONS, NEEDS, PLACES

NOW = st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1))
PROFILES = st.builds(
    Profile,
    language=st.sampled_from(LANGUAGES),
    nation=st.sampled_from((None, *NATIONS)),
    place=st.sampled_from((None, *PLACES)),
    age_band=st.sampled_from((None, *AGE_BANDS)),
    audience=st.sampled_from((AUDIENCES[0], *AUDIENCES)),
)
FEW_NEEDS = st.lists(st.sampled_from(NEEDS), max_size=3)


@pytest.fixture(params=["small_release", "library_release"], scope="module")
def release(request: pytest.FixtureRequest) -> Release:
    found: Release = request.getfixturevalue(request.param)
    return found


@settings(max_examples=400, deadline=None)
@given(needs=FEW_NEEDS, profile=PROFILES, channel=st.sampled_from((None, *CHANNELS)), now=NOW)
def test_rules(release: Release, needs: list[str], profile: Profile, channel: str | None, now: datetime) -> None:
    found = offer(release, needs, profile, channel=channel, now=now)
    ids = [one.helpline.id for one in found]

    assert 1 <= len(ids) <= LIMIT
    assert len(set(ids)) == len(ids)
    if any(need in DANGER_NEEDS for need in needs):
        assert ids[0] == EMERGENCY

    is_adult = profile.audience != AUDIENCES[0] or any(need in ADULT_NEEDS for need in needs)
    for one in found:
        line = one.helpline
        if line.id == EMERGENCY:
            continue
        assert line.status == "active"
        assert one.open_now is line.is_open(now)
        assert one.open_now is not False
        assert line.place in (None, profile.place)
        assert line.nations >= ({profile.nation} if profile.nation else set(NATIONS))
        if is_adult:
            adult_rows = [row for need in ADULT_NEEDS for row in release.routing.needs[need]]
            # A place's line stands in for the council, which is in the adults' rows.
            is_for_adults = line.place is not None or any(line.id in row.offer for row in adult_rows)
            assert is_for_adults or line.takes_ages(*AGE_SPANS["18_plus"])
        elif profile.age_band:
            assert line.takes_ages(*AGE_SPANS[profile.age_band])
        else:
            assert line.id in release.routing.unknown or line.takes_ages(*EVERY_AGE)
    others = [one.helpline for one in found if one.helpline.id != EMERGENCY]
    with_channel = [line for line in others if channel is None or line.has_channel(channel)]
    assert with_channel in ([], others)  # all have the channel, or it was given up altogether


@settings(max_examples=200, deadline=None)
@given(needs=FEW_NEEDS, nation=st.sampled_from((None, *NATIONS)), age_band=st.sampled_from((None, *AGE_BANDS)), now=NOW)
def test_a_welsh_speaker_is_offered_a_line_that_answers_in_welsh(
    library_release: Release, needs: list[str], nation: str | None, age_band: str | None, now: datetime
) -> None:
    profile = Profile(language="cy", nation=nation, age_band=age_band)
    every = offer(library_release, needs, profile, now=now, limit=99)
    answering = [one for one in every if "cy" in one.helpline.languages and not one.helpline.is_signpost]
    first = offer(library_release, needs, profile, now=now)
    assert not answering or answering[0] in first


@settings(max_examples=100, deadline=None)
@given(needs=FEW_NEEDS, profile=PROFILES, now=NOW)
def test_more_options_go_on_from_the_first_three(
    release: Release, needs: list[str], profile: Profile, now: datetime
) -> None:
    first = offer(release, needs, profile, now=now)
    more = offer(release, needs, profile, now=now, limit=9)
    assert more[: len(first)] == first


@pytest.mark.parametrize("nation", NATIONS)
@pytest.mark.parametrize("age_band", AGE_BANDS)
def test_every_need_has_its_own_row_for_every_nation_and_age(
    library_release: Release, nation: str, age_band: str
) -> None:
    for need in NEEDS:
        rows = library_release.routing.needs.get(need, ())
        assert any(nation in row.nations and age_band in row.ages for row in rows), need


def test_every_line_of_a_row_gets_through_its_own_gates(library_release: Release) -> None:
    """A cell that names a line for the wrong age or nation would promise what the code then drops."""
    for need, rows in library_release.routing.needs.items():
        for row in rows:
            for line in (library_release.helplines[id_] for id_ in row.offer):
                assert line.status == "active", (need, line.id)
                assert row.nations <= line.nations, (need, line.id)
                if need not in ADULT_NEEDS:
                    assert all(line.takes_ages(*AGE_SPANS[band]) for band in row.ages), (need, line.id)


def test_ceop_comes_first_for_exploitation_that_happened_online(library_release: Release) -> None:
    teenager = Profile(nation="wales", age_band="13_15")
    online = offer(library_release, ["sexual_exploitation", "grooming_online"], teenager)
    assert [offered.helpline.id for offered in online][:2] == ["ceop", "childline"]
    face_to_face = offer(library_release, ["sexual_exploitation"], teenager)
    assert "ceop" not in [offered.helpline.id for offered in face_to_face]
    younger = offer(library_release, ["sexual_exploitation", "grooming_online"], Profile(age_band="under_13"))
    assert younger[0].helpline.id == "childline"
