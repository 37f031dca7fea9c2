"""The form of a quiz."""

from __future__ import annotations

import re
from typing import ClassVar

from admin.activity_form import ActivityForm, Values, after_removal, as_bubbles, as_field, copy_room, fill
from content.activities import Item


class QuizForm(ActivityForm):
    rooms: ClassVar = {
        "questions": {"ask": "", "right": "", "answers": [{"label": "", "says": ""}, {"label": "", "says": ""}]},
        "answers": {"label": "", "says": ""},
    }

    @classmethod
    def values_of(cls, item: Item) -> Values:
        questions = [
            {
                "ask": question["ask"],
                "right": next((str(n) for n, answer in enumerate(question["answers"]) if answer.get("right")), ""),
                "answers": [{"label": a["label"], "says": as_field(a["says"])} for a in question["answers"]],
            }
            for question in item.get("questions", [])
        ]
        return {"questions": questions or [copy_room(cls.rooms["questions"])], "end": as_field(item.get("end", []))}

    def complete(self, room: Values) -> None:
        fill(room, {"end": "", "questions": []})
        for question in room["questions"]:
            fill(question, {"ask": "", "right": "", "answers": []})
            for answer in question["answers"]:
                fill(answer, self.rooms["answers"])

    def has_gone(self, what: str, inner: list[str], place: int) -> None:
        if what == "answers":
            question = self.values["questions"][int(inner[1])]
            question["right"] = after_removal(question["right"], place)

    def body(self) -> Values:
        questions = []
        for question in self.values["questions"]:
            answers: list[Values] = []
            for place, answer in enumerate(question["answers"]):
                if answer["label"] or answer["says"]:
                    right = {"right": True} if question["right"] == str(place) else {}
                    answers.append({"label": answer["label"], **right, "says": as_bubbles(answer["says"])})
            questions.append({"ask": question["ask"], "answers": answers})
        return {"questions": questions, "end": as_bubbles(self.values["end"])}

    def place_of(self, name: str, problem: str) -> tuple[str, str]:
        if name == "end":
            return "end", "what is said at the end"
        number = re.fullmatch(r"question (\d+)", name)
        return (f"question-{number[1]}", name) if number else ("title", name)
