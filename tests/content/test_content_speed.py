"""Speed, as the processor's time of the best of three: how busy the machine is with others does not count."""

import time
from collections.abc import Callable, Iterable
from itertools import islice, product
from typing import Any

import pytest
from sqlalchemy.orm import Session

from content import publishing
from content.importing import import_library
from content.profile import Profile
from content.release import Release
from content.taxonomy import AGE_BANDS, AUDIENCES, LANGUAGES, READING_LEVELS, SECTIONS, TOPICS
from content.variants import find_variant

Build = Callable[..., Any]
COUNT = 2000


def every_fit() -> Iterable[dict[str, Any]]:
    names = ("topic", "section", "language", "audience", "age_band", "reading_level")
    values = (TOPICS, SECTIONS, LANGUAGES, AUDIENCES, (None, *AGE_BANDS), READING_LEVELS)
    for fit in product(*values):
        yield dict(zip(names, fit, strict=True))


@pytest.fixture(scope="module")
def many(make_variant: Build, make_snapshot: Build) -> Any:
    bubble = "Someone who cares about you lets you take your time, and it is never your fault if they do not. " * 2
    fits = list(islice(every_fit(), COUNT))
    page = next(iter(make_snapshot()["topics"].values()))
    return make_snapshot(
        variants=[make_variant(**fit, bubbles=[bubble] * 4) for fit in fits],
        topics={fit["topic"]: page for fit in fits},
    )


def best_seconds(work: Callable[[], object]) -> float:
    """The processor's seconds that `work` takes, the least of three runs."""

    def once() -> float:
        begin = time.process_time()
        work()
        return time.process_time() - begin

    return min(once() for _ in range(3))


def test_building_and_loading_two_thousand_variants(session: Session, many: Any) -> None:
    import_library(session, many, "starter", "many")
    releases = []
    assert best_seconds(lambda: releases.append(publishing.publish(session, "ann", "many"))) < 5
    assert len(releases[-1].variants) == COUNT
    text = releases[-1].to_json()
    assert best_seconds(lambda: Release.from_json(text, releases[-1].sha256)) < 0.5


def test_picking_a_variant(many: Any) -> None:
    release = Release.from_snapshot(many)
    reader = Profile(language="cy", age_band="16_17", audience="community", reading_level="easy_read")
    find_variant(release, TOPICS[0], SECTIONS[0], reader)
    picks = 1000
    seconds = best_seconds(lambda: [find_variant(release, TOPICS[3], SECTIONS[2], reader) for _ in range(picks)])
    assert seconds / picks < 0.0001
