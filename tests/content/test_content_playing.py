"""One step of an activity, as the chat and the try-out of the admin show it."""

from __future__ import annotations

from typing import Any

import pytest

from content.activities import SKIP
from content.playing import play
from content.release import Release

QUIZ = {
    "kind": "quiz",
    "questions": [
        {"ask": "One?", "answers": [{"label": "Yes", "says": ["It is."]}, {"label": "No", "says": ["It is not."]}]},
        {"ask": "Two?", "answers": [{"label": "Yes", "says": ["So it is."]}]},
    ],
    "end": ["Done."],
}


@pytest.mark.parametrize(
    ("step", "said", "presses"),
    [
        ("", [["One?"]], ["0.0", "0.1"]),
        ("0.1", [["It is not."], ["Two?"]], ["1.0"]),
        ("1.0", [["So it is."], ["Done."]], []),
        ("9.9", [["One?"]], ["0.0", "0.1"]),
        ("1.²", [["Two?"]], ["1.0"]),
        ("hello", [["One?"]], ["0.0", "0.1"]),
    ],
)
def test_a_quiz_says_what_was_right_then_asks_on(step: str, said: Any, presses: list[str]) -> None:
    shown = play(QUIZ, step)
    assert shown.groups == said
    assert [to for to, _ in shown.presses] == presses
    assert shown.is_over is (presses == [])


def test_a_self_check_answers_by_level_and_can_be_skipped(library_release: Release) -> None:
    body = library_release.activities["self_check", "am_i_ok", "en"].body
    begin = play(body, "")
    assert begin.groups == [body["intro"]]
    assert begin.presses[-1] == (SKIP, "")
    serious = next(place for place, item in enumerate(body["items"]) if item["level"] == "high")
    assert play(body, str(serious)).level == "high"
    assert play(body, str(serious)).groups == [body["says"]["high"]]
    assert play(body, SKIP).groups == [body["says"][SKIP]]
    assert play(body, "99").groups == begin.groups


def test_every_story_that_ships_can_be_walked_to_all_its_scenes(library_release: Release) -> None:
    for (kind, _id, _language), activity in library_release.activities.items():
        if kind != "story":
            continue
        seen, queue = {activity.body["start"]}, [activity.body["start"]]
        for name in queue:
            for to, _label in play(activity.body, name).presses:
                if to not in seen:
                    seen.add(to)
                    queue.append(to)
        assert seen == set(activity.body["nodes"])
        assert any(play(activity.body, name).is_over for name in seen)
