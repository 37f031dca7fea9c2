"""Opening hours as rows for weekdays and as OSM opening_hours."""

from __future__ import annotations

import pytest

from admin.opening_times import as_time, hours_of, spans_of
from content.helplines import read_hours

NINE_TO_FIVE = ("09:00", "17:00")


@pytest.mark.parametrize(
    "hours", ["Mo-Fr 09:00-17:00", "Mo-Su 08:00-24:00", "Mo-Fr 12:00-22:00; Sa-Su 18:00-22:00", "We 20:00-02:00"]
)
def test_plain_hours_go_to_rows_and_back(hours: str) -> None:
    spans = spans_of(hours)
    assert spans is not None
    assert hours_of(spans) == hours


@pytest.mark.parametrize(
    "hours",
    [
        "24/7",
        "",
        "Mo-Fr 10:00-13:00,14:00-16:00",
        "Mo-Fr 09:00-17:00; PH off",
        "Sa-Mo 09:00-17:00",
        "Mo 09:00-17:00 open",
    ],
)
def test_hours_that_say_more_stay_as_they_are(hours: str) -> None:
    assert spans_of(hours) is None


def test_days_apart_are_not_joined() -> None:
    hours = hours_of({"Mo": NINE_TO_FIVE, "We": NINE_TO_FIVE, "Th": NINE_TO_FIVE})
    assert hours == "Mo 09:00-17:00; We-Th 09:00-17:00"
    assert read_hours(hours)


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("9:00", "09:00"),
        ("09.30", "09:30"),
        ("24:00", "24:00"),
        ("24:30", None),
        ("9", None),
        ("12:60", None),
        ("", None),
    ],
)
def test_times_as_people_type_them(typed: str, time: str | None) -> None:
    assert as_time(typed) == time
