"""Texts that are shown on some days only: which of them come, are there for a while, or are over."""

from collections.abc import Sequence
from datetime import date

from content.release import Release
from content.variants import Variant

COMING, FOR_NOW, OVER = SCHEDULES = ("coming", "for_now", "over")


def schedule_of(starts_on: date | None, ends_on: date | None, today: date) -> str | None:
    """Where a text stands with its days, both included; None for one that is shown for good."""
    if ends_on is not None and ends_on < today:
        return OVER
    if starts_on is not None and starts_on > today:
        return COMING
    return FOR_NOW if ends_on is not None else None


def scheduled_texts(release: Release | None, topic: str, today: date) -> Sequence[Variant]:
    """The texts of a topic that the release shows on some days only, those that come first in front."""
    dated = [
        text
        for text in (release.variants if release else ())
        if text.topic == topic and schedule_of(text.starts_on, text.ends_on, today) in (COMING, FOR_NOW)
    ]
    return sorted(dated, key=lambda text: (text.starts_on or today, text.ends_on or date.max))
