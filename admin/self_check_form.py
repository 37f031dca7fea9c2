"""The form of a self-check."""

from __future__ import annotations

from typing import ClassVar

from admin.activity_form import ActivityForm, Values, as_bubbles, as_field, copy_room, fill
from admin.labels import label
from content.activities import LEVELS, SKIP, Item


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
