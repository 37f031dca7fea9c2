"""A site that wants fewer topics: its menus are shorter, help stays, and what is asked for is answered."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import actions.action
from content.library import read_library
from content.release import Release
from content.settings import LIBRARY
from tests.actions.conftest import Talk

TOPICS = ["consent", "bullying"]


@pytest.fixture
def at_school(talk: Callable[..., Talk], monkeypatch: pytest.MonkeyPatch) -> Talk:
    """A chat on a page of a site that shows two topics, in Swansea."""
    begun = talk()
    site = {"key": "bryn", "name": "Bryn", "topics": TOPICS, "place": "swansea", "audience": "parent_carer"}
    release = Release.from_snapshot(read_library(LIBRARY) | {"sites": [site]})
    monkeypatch.setattr(actions.action, "current_release", lambda: release)
    begun.metadata = {"site": "bryn"}
    return begun


def topics_of(talk: Talk) -> list[str]:
    return [action.removeprefix("ask_") for action in talk.actions if action.startswith("ask_")]


def test_its_menu_has_its_topics_and_the_way_to_tell_someone(at_school: Talk) -> None:
    at_school.say("show_topics")
    assert topics_of(at_school) == ["consent", "bullying", "telling_someone"]
    assert "request_help" in at_school.actions
    assert not any(action.startswith("show_topics:") for action in at_school.actions)


def test_its_stories_and_quizzes_are_about_its_topics_and_every_self_check_stays(at_school: Talk) -> None:
    at_school.say("show_activities")
    assert "show_activities:story" not in at_school.actions  # none is about these topics
    at_school.press("show_activities:quiz")
    quizzes = [action for action in at_school.actions if action.startswith("show_activities:quiz/")]
    assert "show_activities:quiz/bullying_and_banter" in quizzes
    assert "show_activities:quiz/county_lines_facts" not in quizzes
    at_school.say("show_activities:self_check")
    assert len([action for action in at_school.actions if action.startswith("show_activities:self_check/")]) == 6
    at_school.say("show_activities:quiz/county_lines_facts")  # from the topic that was asked for
    assert at_school.actions[0].startswith("show_activities:quiz/county_lines_facts/")


def test_help_is_not_narrowed(at_school: Talk) -> None:
    at_school.say("disclose_harm", "he hurts me", urgency="disclosure", about="self", needs=["hurt_at_home"])
    assert at_school.lines


def test_another_topic_that_is_asked_for_is_answered(at_school: Talk) -> None:
    at_school.say("ask_grooming", "what is grooming")
    assert at_school.slots["topic"] == "grooming"
    at_school.say("nlu_fallback", "gromin?", candidates=("ask_grooming",))
    assert "ask_grooming" in at_school.actions


def test_starting_again_goes_back_to_what_the_site_says(at_school: Talk) -> None:
    at_school.say("change_nation:england")
    at_school.say("change_audience:professional")
    at_school.say("start_again")
    assert topics_of(at_school) == ["consent", "bullying", "telling_someone"]
    assert (at_school.slots["place"], at_school.slots["nation"]) == ("swansea", "wales")
    assert at_school.slots["audience"] == "parent_carer"


@pytest.mark.parametrize("site", [None, "unknown"])
def test_without_a_site_the_menu_has_everything(talk: Callable[..., Talk], site: str | None) -> None:
    begun = talk()
    begun.metadata = {"site": site}
    begun.say("show_topics")
    assert "show_topics:1" in begun.actions
