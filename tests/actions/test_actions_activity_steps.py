"""What the widget is told of a step: which activity, how far, and whether it is over. No marks, nothing counted."""

from __future__ import annotations

from typing import Any

from actions.activities import describe_step
from content.activities import Activity
from content.playing import play

QUIZ = {
    "kind": "quiz",
    "questions": [
        {"ask": "One?", "answers": [{"label": "a", "says": ["A."]}, {"label": "b", "says": ["B."]}]},
        {"ask": "Two?", "answers": [{"label": "c", "says": ["C."]}, {"label": "d", "says": ["D."]}]},
    ],
    "end": ["Done."],
}
CHECK = {"kind": "self_check", "intro": ["?"], "items": [{"label": "x", "level": "low"}], "says": {"low": ["OK."]}}


def describe(body: dict[str, Any], step: str) -> dict[str, Any]:
    return describe_step(Activity(body["kind"], "one", "en", "Title", "consent", body), play(body, step))


def test_a_question_says_which_of_how_many_it_is() -> None:
    assert describe(QUIZ, "") == {"kind": "quiz", "title": "Title", "step": 1, "steps": 2}
    assert describe(QUIZ, "0.1") == {"kind": "quiz", "title": "Title", "step": 2, "steps": 2}


def test_the_end_says_so() -> None:
    assert describe(QUIZ, "1.0") == {"kind": "quiz", "title": "Title", "over": True}


def test_what_a_check_says_is_no_end() -> None:
    assert describe(CHECK, "0") == {"kind": "self_check", "title": "Title"}
