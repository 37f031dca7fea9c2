"""The forms of a quiz and of a self-check."""

from __future__ import annotations

import re
from typing import ClassVar

from admin.activity_form import ActivityForm, Values, after_removal, as_bubbles, as_field, copy_room, fill
from admin.labels import label
from content.activities import LEVELS, SKIP, Item


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


class SelfCheckForm(ActivityForm):
    rooms: ClassVar = {"items": {"label": "", "level": ""}}
    levels = (*LEVELS, SKIP)

    @classmethod
    def values_of(cls, item: Item) -> Values:
        items = [{"label": entry["label"], "level": entry["level"]} for entry in item.get("items", [])]
        says = item.get("says", {})
        return {
            "intro": as_field(item.get("intro", [])),
            "items": items or [copy_room(cls.rooms["items"])],
            **{level: as_field(says.get(level, [])) for level in cls.levels},
        }

    def complete(self, room: Values) -> None:
        fill(room, {"intro": "", "items": [], **dict.fromkeys(self.levels, "")})
        for entry in room["items"]:
            fill(entry, self.rooms["items"])

    def body(self) -> Values:
        return {
            "intro": as_bubbles(self.values["intro"]),
            "items": [dict(entry) for entry in self.values["items"] if entry["label"] or entry["level"]],
            "says": {level: as_bubbles(self.values[level]) for level in self.levels},
        }

    def place_of(self, name: str, problem: str) -> tuple[str, str]:
        for number, entry in enumerate(self.values["items"]):
            if problem.startswith(f"the button {entry['label']!r}"):
                return f"items-{number}-label", name
            if name == entry["label"] and problem.startswith("level"):
                return f"items-{number}-level", f"“{name}”"
        if name in self.levels:
            return name, label(name, "level")
        return ("intro", "introduction") if name == "intro" else ("title", name)
