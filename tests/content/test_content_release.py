"""A release: its hash, its shape and its words."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from content.errors import BrokenRelease, MissingWords
from content.release import Release, hash_of, to_canonical_json

Build = Callable[..., Any]


def test_canonical_json_is_sorted_compact_and_readable() -> None:
    assert to_canonical_json({"b": 1, "a": ["ŵ"]}) == '{"a":["ŵ"],"b":1}'


def test_the_same_content_has_the_same_hash_whatever_the_order(make_snapshot: Build) -> None:
    snapshot = make_snapshot()
    turned = dict(reversed(snapshot.items()))
    assert Release.from_snapshot(snapshot).sha256 == Release.from_snapshot(turned).sha256


def test_json_there_and_back(small_release: Release) -> None:
    again = Release.from_json(small_release.to_json(), small_release.sha256)
    assert again == small_release
    assert hash_of(again.to_json()) == small_release.sha256


def test_a_changed_text_is_refused(small_release: Release) -> None:
    text = small_release.to_json().replace("0800 0000", "0900 0000")
    with pytest.raises(BrokenRelease, match="hash"):
        Release.from_json(text, small_release.sha256, number=7)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"topics":{}}', "null"])
def test_a_wrong_shape_is_refused(text: str) -> None:
    with pytest.raises(BrokenRelease):
        Release.from_json(text, hash_of(text))


@pytest.mark.parametrize("part", ["topics", "variants", "helplines", "routing", "system"])
def test_a_missing_part_is_refused(small_release: Release, part: str) -> None:
    snapshot = json.loads(small_release.to_json())
    del snapshot[part]
    with pytest.raises(BrokenRelease):
        Release.from_snapshot(snapshot)


def test_hours_that_can_not_be_read_break_a_release(make_release: Build, make_helpline: Build) -> None:
    with pytest.raises(BrokenRelease):
        make_release(helplines=[make_helpline("childline", hours="most days")])


def test_words_fall_back_to_english_and_never_to_nothing(make_release: Build) -> None:
    release = make_release(system={"en": {"hello": "Hello {name}", "bye": ["One", "Two"]}, "cy": {"hello": "Helo"}})
    assert release.word("hello", "cy") == "Helo"
    assert release.say("bye", "cy") == ["One", "Two"]
    assert release.word("bye", "en") == "One\nTwo"
    assert not release.has_words("bye", "cy")
    with pytest.raises(MissingWords, match="nothing"):
        release.word("nothing", "cy")


def test_placeholders(make_release: Build) -> None:
    release = make_release(system={"en": {"hello": "Hello {name}, {other} {0.__class__} {"}, "cy": {}})
    assert release.word("hello", "en", name="{other}") == "Hello {other}, {other} {0.__class__} {"


def test_titles(small_release: Release) -> None:
    assert small_release.topic_title("consent", "cy") == "Cydsyniad"
    assert [topic.id for topic in small_release.topics] == ["consent"]
    with pytest.raises(MissingWords):
        small_release.topic_title("grooming", "en")
