"""The form of a story: scenes, each with its bubbles and choices."""

from __future__ import annotations

from typing import ClassVar

from admin.activity_form import MOST_ROOMS, ActivityForm, Values, after_removal, as_bubbles, as_field, copy_room, fill
from content.activities import Item
from content.activity_names import to_id


class StoryForm(ActivityForm):
    """Scenes are named by their place, so a new name changes nothing else. `to` is a place, "new" or nothing."""

    rooms: ClassVar = {
        "scenes": {"name": "", "text": "", "end": "", "choices": [{"label": "", "to": ""}]},
        "choices": {"label": "", "to": ""},
    }

    @classmethod
    def values_of(cls, item: Item) -> Values:
        nodes = item.get("nodes") or {"start": {"bubbles": [], "choices": [{"label": "", "to": ""}]}}
        places = {name: str(place) for place, name in enumerate(nodes)}
        scenes = [
            {
                "name": name.replace("_", " "),
                "text": as_field(node["bubbles"]),
                "end": "yes" if node.get("end") else "",
                "choices": [
                    {"label": choice["label"], "to": places.get(choice["to"], "")}
                    for choice in node.get("choices") or []
                ],
            }
            for name, node in nodes.items()
        ]
        return {"start": places.get(item.get("start", ""), "0"), "scenes": scenes}

    def complete(self, room: Values) -> None:
        room.setdefault("start", "0")
        for scene in room.setdefault("scenes", []):
            fill(scene, {"name": "", "text": "", "end": "", "choices": []})
            for choice in scene["choices"]:
                fill(choice, self.rooms["choices"])
        for scene in list(room["scenes"]):
            for choice in scene["choices"]:
                if choice["to"] == "new" and len(room["scenes"]) < MOST_ROOMS:
                    choice["to"] = str(len(room["scenes"]))
                    room["scenes"].append(copy_room(self.rooms["scenes"]) | {"name": choice["label"].lower()[:30]})
        for scene, name in zip(room["scenes"], self.names, strict=True):
            scene["name"] = name.replace("_", " ")

    @property
    def names(self) -> list[str]:
        """An id for each scene, no two the same; a scene without a name is called by its number."""
        names: list[str] = []
        for number, scene in enumerate(self.values["scenes"], 1):
            name = to_id(scene["name"]) or f"scene_{number}"
            while name in names:
                name = f"{name}_{number}"
            names.append(name)
        return names

    def has_gone(self, what: str, inner: list[str], place: int) -> None:
        if what == "scenes":
            self.values["start"] = after_removal(self.values["start"], place) or "0"
            for scene in self.values["scenes"]:
                for choice in scene["choices"]:
                    choice["to"] = after_removal(choice["to"], place)

    def body(self) -> Values:
        names = self.names
        named = {str(place): name for place, name in enumerate(names)}
        nodes: dict[str, Values] = {}
        for name, scene in zip(names, self.values["scenes"], strict=True):
            nodes[name] = {"bubbles": as_bubbles(scene["text"])}
            choices = [
                {"label": choice["label"], "to": named.get(choice["to"], "")}
                for choice in scene["choices"]
                if choice["label"] or choice["to"]
            ]
            if choices:
                nodes[name]["choices"] = choices
            if scene["end"]:
                nodes[name]["end"] = True
        return {"start": named.get(self.values["start"], ""), "nodes": nodes}

    def place_of(self, name: str, problem: str) -> tuple[str, str]:
        if name not in self.names:
            return "title", name
        place = self.names.index(name)
        if "bubble" in problem:
            return f"scenes-{place}-text", f"scene “{name.replace('_', ' ')}”"
        for number, choice in enumerate(self.values["scenes"][place]["choices"]):
            if problem.startswith(f"the button {choice['label']!r}"):
                return f"scenes-{place}-choices-{number}-label", f"scene “{name.replace('_', ' ')}”"
            if problem.startswith("leads to") and not choice["to"]:
                return f"scenes-{place}-choices-{number}-to", f"scene “{name.replace('_', ' ')}”"
        return f"scene-{place + 1}", f"scene “{name.replace('_', ' ')}”"
