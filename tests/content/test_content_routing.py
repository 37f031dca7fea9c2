"""Which helplines are offered, case by case."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from content.profile import Profile
from content.release import Release
from content.routing import offer

Build = Callable[..., Any]
EVENING = datetime(2026, 11, 24, 18, 0)  # a Tuesday
NIGHT = datetime(2026, 11, 24, 3, 0)
AT_16_IN_WALES = Profile(age_band="16_17", nation="wales")
AT_13_IN_WALES = Profile(age_band="13_15", nation="wales")


def offered(
    release: Release, needs: Sequence[str], profile: Profile, now: datetime = EVENING, **more: Any
) -> list[str]:
    return [found.helpline.id for found in offer(release, needs, profile, now=now, **more)]


def test_row_order_is_kept(small_release: Release) -> None:
    assert offered(small_release, ["relationship_control"], AT_16_IN_WALES) == [
        "wales-only",
        "sixteen-plus",
        "childline",
    ]


def test_a_shut_line_and_one_not_confirmed_make_room_for_the_next(small_release: Release) -> None:
    assert offered(small_release, ["bullying"], AT_13_IN_WALES) == ["evenings", "childline", "shout"]
    assert offered(small_release, ["bullying"], AT_13_IN_WALES, NIGHT) == ["childline", "shout", "samaritans"]


def test_summer_time_counts(small_release: Release) -> None:
    """16:30 UTC in July is 17:30 in London, when the line is open; in winter it is not."""
    summer = datetime(2026, 7, 7, 16, 30, tzinfo=timezone.utc)
    winter = datetime(2026, 12, 8, 16, 30, tzinfo=timezone.utc)
    assert "evenings" in offered(small_release, ["bullying"], AT_13_IN_WALES, summer)
    assert "evenings" not in offered(small_release, ["bullying"], AT_13_IN_WALES, winter)


def test_unknown_hours_are_offered_and_marked(small_release: Release) -> None:
    by_id = {o.helpline.id: o for o in offer(small_release, ["missing"], AT_13_IN_WALES, now=EVENING)}
    assert by_id["hours-unknown"].open_now is None
    assert by_id["childline"].open_now is True


def test_age_unknown_shows_only_what_fits_everyone(small_release: Release) -> None:
    for need in ("bullying", "relationship_control", "grooming_online", "general_talk"):
        assert offered(small_release, [need], Profile(nation="wales")) == ["childline", "shout"]


def test_danger_with_nothing_known(small_release: Release) -> None:
    assert offered(small_release, ["immediate_danger"], Profile()) == [
        "emergency-999",
        "silent-solution-55",
        "childline",
    ]
    assert offered(small_release, ["suicidal_now"], Profile()) == ["emergency-999", "childline", "shout"]


def test_danger_comes_before_a_likelier_need(small_release: Release) -> None:
    ids = offered(small_release, ["bullying", "immediate_danger"], AT_13_IN_WALES)
    assert ids == ["emergency-999", "silent-solution-55", "childline"]


def test_danger_starts_with_999_whatever_the_table_and_its_entry_say(make_release: Build, make_helpline: Build) -> None:
    lines = [
        make_helpline("emergency-999", status="unconfirmed", checked_on="2001-01-01", nations=["wales"], hours="off"),
        make_helpline("childline"),
    ]
    routing = {
        "unknown": ["childline"],
        "last_resort": ["childline"],
        "needs": {"suicidal_now": [{"nations": "all", "ages": "all", "offer": ["childline"]}]},
    }
    release = make_release(helplines=lines, routing=routing)
    for profile in (Profile(), AT_13_IN_WALES, Profile(nation="scotland", audience="professional")):
        first = offer(release, ["suicidal_now"], profile, channel="text")[0]
        assert (first.helpline.id, first.open_now) == ("emergency-999", True)


def test_nation_unknown_keeps_lines_for_all_four_nations(small_release: Release) -> None:
    assert offered(small_release, ["relationship_control"], Profile(age_band="16_17")) == [
        "sixteen-plus",
        "childline",
        "samaritans",
    ]


def test_a_line_must_take_the_whole_age_band(small_release: Release) -> None:
    def ids(band: str) -> list[str]:
        return offered(small_release, ["grooming_online"], Profile(age_band=band, nation="wales"), limit=9)

    assert ids("under_13")[:2] == ["under-eighteen", "wales-only"]
    assert ids("16_17")[:3] == ["under-eighteen", "sixteen-plus", "wales-only"]
    assert ids("18_plus") == ["sixteen-plus", "wales-only", "samaritans"]  # Childline ends before 24


def test_a_worried_adult_gets_lines_for_adults(small_release: Release) -> None:
    noon = datetime(2026, 11, 24, 12, 0)
    in_wales = Profile(nation="wales", age_band="13_15")  # the child's age rules nothing out
    assert offered(small_release, ["parent_worried"], in_wales, noon) == [
        "council",
        "advice-for-adults",
        "wales-only",
    ]
    assert offered(small_release, ["parent_worried"], Profile(), noon) == [
        "council",
        "advice-for-adults",
        "samaritans",
    ]
    assert offered(small_release, ["bullying"], Profile(audience="professional"), noon) == [
        "council",
        "advice-for-adults",
        "samaritans",
    ]
    assert offered(small_release, ["immediate_danger"], Profile(audience="community"), noon) == [
        "emergency-999",
        "silent-solution-55",
        "council",
    ]


def test_later_needs_only_fill_what_is_left(small_release: Release) -> None:
    assert offered(small_release, ["missing", "bullying"], AT_13_IN_WALES) == [
        "trusted-adult",
        "hours-unknown",
        "evenings",
    ]
    assert offered(small_release, ["bullying", "missing"], AT_13_IN_WALES) == [
        "evenings",
        "childline",
        "shout",
    ]


def test_channel(small_release: Release) -> None:
    assert offered(small_release, ["bullying"], AT_13_IN_WALES, channel="text") == ["shout"]
    assert offered(small_release, ["missing"], AT_13_IN_WALES, channel="webchat") == ["childline"]
    assert offered(small_release, ["bullying"], Profile(), channel="text") == ["shout"]


def test_nothing_with_that_channel_is_no_dead_end(small_release: Release) -> None:
    assert offered(small_release, ["bullying"], AT_13_IN_WALES, channel="bsl") == ["childline", "samaritans"]
    assert offered(small_release, ["bullying"], Profile(), channel="bsl") == ["childline", "samaritans"]


def test_a_need_without_rows_or_unknown_to_all_is_no_dead_end(small_release: Release) -> None:
    assert offered(small_release, ["drugs"], AT_13_IN_WALES) == ["childline", "samaritans"]
    assert offered(small_release, ["no-such-need"], AT_13_IN_WALES) == ["childline", "samaritans"]
    assert offered(small_release, [], AT_13_IN_WALES) == ["childline", "samaritans"]


def test_999_is_what_is_left_when_all_else_is_shut(make_release: Build, make_helpline: Build) -> None:
    lines = [make_helpline("emergency-999"), make_helpline("childline", hours="Mo-Su 09:00-10:00")]
    routing = {"unknown": ["childline"], "last_resort": ["childline", "emergency-999"], "needs": {}}
    release = make_release(helplines=lines, routing=routing)
    assert offered(release, ["bullying"], Profile()) == ["emergency-999"]
    assert offered(release, ["bullying"], AT_13_IN_WALES) == ["emergency-999"]
    assert offered(release, ["bullying"], AT_13_IN_WALES, datetime(2026, 11, 24, 9, 30)) == ["childline"]


def test_overdue_checks(make_release: Build, make_helpline: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    def is_offered(days_ago: int) -> bool:
        checked_on = (EVENING.date() - timedelta(days=days_ago)).isoformat()
        lines = [make_helpline("emergency-999"), make_helpline("shout", checked_on=checked_on)]
        routing = {"unknown": ["shout"], "last_resort": ["emergency-999"], "needs": {}}
        return "shout" in offered(make_release(helplines=lines, routing=routing), ["bullying"], Profile())

    assert is_offered(120)
    assert not is_offered(121)
    monkeypatch.setenv("LANTERN_CHECK_GRACE_DAYS", "10")
    assert is_offered(10)
    assert not is_offered(11)


def test_a_starter_line_is_offered_and_marked_as_awaiting_its_check(make_release: Build, make_helpline: Build) -> None:
    lines = [
        make_helpline("emergency-999"),
        make_helpline("shout"),
        make_helpline("childline", checked_on="2026-11-01"),
        make_helpline("trusted-adult", kind="signpost", routes=[], hours=None),
    ]
    needs = {"suicidal_now": [{"nations": "all", "ages": "all", "offer": ["trusted-adult", "shout", "childline"]}]}
    release = make_release(helplines=lines, routing={"unknown": ["shout"], "last_resort": ["shout"], "needs": needs})
    found = offer(release, ["suicidal_now"], AT_13_IN_WALES, now=EVENING, limit=9)
    assert {one.helpline.id: one.awaiting_check for one in found} == {
        "emergency-999": False,
        "trusted-adult": False,
        "shout": True,
        "childline": False,
    }


def test_limit(small_release: Release) -> None:
    assert len(offered(small_release, ["bullying"], AT_13_IN_WALES, limit=1)) == 1
    assert offered(small_release, ["bullying"], AT_13_IN_WALES, limit=9) == [
        "evenings",
        "childline",
        "shout",
        "samaritans",
    ]
    assert offered(small_release, ["bullying"], AT_13_IN_WALES, limit=0) == ["evenings"]


def test_the_council_of_the_place_stands_in_for_any_council(library_release: Release) -> None:
    day = datetime(2026, 11, 24, 11, 0)
    at_home = Profile(age_band="13_15").changed(place="cardiff")
    assert "cardiff-childrens-services" in offered(library_release, ["hurt_at_home"], at_home, day)
    assert "council" not in offered(library_release, ["hurt_at_home"], at_home, day)
    elsewhere = Profile(age_band="13_15", nation="wales")
    assert "council" in offered(library_release, ["hurt_at_home"], elsewhere, day)
    # At night the office is shut: the words for any council say whom to call then.
    assert "council" in offered(library_release, ["hurt_at_home"], at_home, NIGHT)
    parent = Profile(audience="parent_carer").changed(place="swindon")
    assert offered(library_release, ["parent_worried"], parent, day)[0] == "swindon-childrens-services"


def test_the_signed_order_stays_where_a_line_in_it_answers_in_welsh(library_release: Release) -> None:
    for language in ("en", "cy"):
        at_home = Profile(language=language, age_band="13_15", nation="wales")
        assert offered(library_release, ["hurt_at_home"], at_home) == ["childline", "council", "live-fear-free"]


def test_a_welsh_line_comes_third_where_none_of_the_three_answers_in_welsh(library_release: Release) -> None:
    carrying = Profile(age_band="18_plus", nation="wales")
    in_english = offered(library_release, ["county_lines"], carrying, EVENING)
    in_welsh = offered(library_release, ["county_lines"], carrying.changed(language="cy"), EVENING)
    assert in_welsh[:2] == in_english[:2]
    assert "cy" in library_release.helplines[in_welsh[2]].languages
