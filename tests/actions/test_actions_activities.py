"""Stories, quizzes and self-checks: every way through them ends kindly, and help is always a tap away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from content.release import Release

if TYPE_CHECKING:
    from .conftest import Talk

Begin = Callable[..., "Talk"]


def walk(person: Talk, action: str, most: int = 400) -> set[str]:
    """Press everything that can be reached inside one activity; the steps that were reached."""
    inside = ":".join(action.split(":")[:1]) + ":" + "/".join(action.split(":")[1].split("/")[:2])
    reached, queue = {action}, [action]
    for step in queue:
        person.say(step)
        assert "request_help" in person.actions, f"no help at {step}"
        assert all(len(message.get("text", "")) <= 240 for message in person.answer)
        for offered in person.actions:
            if offered.startswith(inside) and offered not in reached:
                reached.add(offered)
                queue.append(offered)
        assert len(reached) < most
    return reached


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_step_of_every_activity_is_reached_and_offers_help(talk: Begin, release: Release, language: str) -> None:
    for kind, id_, spoken in release.activities:
        if spoken != language:
            continue
        person = talk(language=language)
        body = release.activities[kind, id_, spoken].body
        reached = walk(person, f"show_activities:{kind}/{id_}")
        if kind == "story":
            assert {step.split("/")[-1] for step in reached} >= set(body["nodes"]) - {body["start"]}
        elif kind == "self_check":
            assert len(reached) >= len(body["items"]) + 2


def test_the_menu_leads_to_lists_and_to_an_activity(talk: Begin) -> None:
    person = talk()
    person.say("show_topics")
    person.press("show_activities")
    person.press("show_activities:story")
    story = next(action for action in person.actions if action.startswith("show_activities:story/"))
    person.press(story)
    assert "show_activities" in person.actions


def test_a_serious_thing_leads_to_help_first_and_a_small_one_does_not(talk: Begin, release: Release) -> None:
    items = release.activities["self_check", "is_home_ok", "en"].body["items"]
    for number, item in enumerate(items):
        person = talk()
        person.say(f"show_activities:self_check/is_home_ok/{number}")
        assert (person.actions[0] == "request_help") is (item["level"] == "high")


def test_after_a_disclosure_typed_words_do_not_bring_a_game_back(talk: Begin) -> None:
    person = talk(in_support=True, needs=["hurt_at_home"])
    person.say("show_activities", "give me a quiz")
    assert not any(action.startswith("show_activities") for action in person.actions)


def test_an_activity_that_is_gone_is_not_an_empty_answer(talk: Begin) -> None:
    person = talk()
    person.say("show_activities:quiz/no_such_quiz")
    assert "request_help" in person.actions
