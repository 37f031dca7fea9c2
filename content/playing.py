"""One step of a story, quiz or self-check: what is said, and what may be pressed next. Nothing is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from content.activities import QUIZ, SELF_CHECK, SKIP, STORY, Item

Press = tuple[str, str]  # the step it leads to, and the button's label; SKIP has a label of the system's


@dataclass(frozen=True)
class Step:
    """`groups` are sent one after the other, each a list of bubbles. `level` is what a self-check's answer is for.

    `number` says which of a quiz's `questions` is asked, from 1 on.
    """

    groups: Sequence[Sequence[str]]
    presses: Sequence[Press]
    level: str | None = None
    number: int | None = None
    questions: int | None = None

    @property
    def is_over(self) -> bool:
        return not self.presses


def play(item: Item, step: str) -> Step:
    """The step of that name in an activity in the library's shape; an unknown one begins it.

    Of a story it is a node's name; of a quiz "question" or "question.answer", counted from 0; of a self-check the
    place of an item, counted from 0, or SKIP.
    """
    return {STORY: _play_story, QUIZ: _play_quiz, SELF_CHECK: _play_self_check}[item["kind"]](item, step)


def _play_story(story: Item, step: str) -> Step:
    nodes = story["nodes"]
    node = nodes.get(step) or nodes[story["start"]]
    return Step([node["bubbles"]], [(choice["to"], choice["label"]) for choice in node.get("choices") or []])


def _play_quiz(quiz: Item, step: str) -> Step:
    questions = quiz["questions"]
    number, _, answer = step.partition(".")
    place = _place(number, questions) or 0
    said = _place(answer, questions[place]["answers"])
    groups: list[Any] = []
    if said is not None:
        groups.append(questions[place]["answers"][said]["says"])
        place += 1
    if place == len(questions):
        return Step([*groups, quiz["end"]], [])
    answers = [(f"{place}.{number}", answer["label"]) for number, answer in enumerate(questions[place]["answers"])]
    return Step([*groups, [questions[place]["ask"]]], answers, number=place + 1, questions=len(questions))


def _play_self_check(check: Item, step: str) -> Step:
    items = check["items"]
    place = _place(step, items)
    if step == SKIP or place is not None:
        level = SKIP if place is None else items[place]["level"]
        return Step([check["says"][level]], [], level)
    return Step([check["intro"]], [*((str(n), item["label"]) for n, item in enumerate(items)), (SKIP, "")])


def _place(number: str, among: Sequence[Any]) -> int | None:
    """The number as a place in the list, or None."""
    return int(number) if number.isascii() and number.isdigit() and int(number) < len(among) else None
