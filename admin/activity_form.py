"""The form that stories, quizzes and self-checks share: rooms grow and go with a press; nothing typed is lost.

A form's `values` are what the page shows: texts, and lists of rooms. A field's name is its path in there, such as
scenes-0-choices-1-label. Bubbles stand in one field, an empty line between two of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from content.activities import Item
from content.activity_drafts import next_review
from content.taxonomy import DEFAULT_LANGUAGE

Values = dict[str, Any]
MOST_ROOMS = 60  # of one list
ABOUT = ("title", "topic", "review_by", "sources", "checked_by_welsh_speaker")
# What the checks say, in words for people who never see the files.
PLAIN = {
    "bubbles must be a list with at least one text": "write at least one bubble",
    "has choices or is an end, not both": "give it choices, or mark it as an end, and not both",
    "leads to '', which is not there": "choose where each button leads",
    "title or topic is missing or not known": "give it a title and a topic",
}


class ActivityForm:
    """What the three kinds share. `problems` are (words, id of the field or section they belong to)."""

    rooms: ClassVar[Mapping[str, Values]] = {}  # a new room of each list

    def __init__(self, values: Values, based_on: str) -> None:
        self.values, self.based_on = values, based_on
        self.problems: list[tuple[str, str]] = []

    @classmethod
    def from_item(cls, item: Item, based_on: str) -> ActivityForm:
        about: Values = {
            "title": item.get("title", ""),
            "topic": item.get("topic", ""),
            "review_by": item.get("review_by") or next_review(),
            "sources": "\n".join(item.get("sources") or []),
            "checked_by_welsh_speaker": bool(item.get("checked_by_welsh_speaker")),
        }
        return cls(about | cls.values_of(item), based_on)

    @classmethod
    def from_sent(cls, sent: Mapping[str, str]) -> ActivityForm:
        """What was typed. Rooms are read as long as they follow each other."""
        values: Values = {}
        for name in sent:
            *path, last = name.split("-")
            room: Any = values
            for part, below in zip(path, [*path, last][1:], strict=True):
                if isinstance(room, list):
                    place = int(part) if part.isdigit() and int(part) < MOST_ROOMS else len(room)
                    while len(room) <= place:
                        room.append({})
                    room = room[place]
                elif isinstance(room, dict):
                    room = room.setdefault(part, [] if below.isdigit() else {})
            if isinstance(room, dict):
                room[last] = sent[name].replace("\r\n", "\n").strip()
        fill(values, dict.fromkeys(ABOUT, ""))
        form = cls(values, sent.get("based_on", ""))
        form.complete(values)
        return form

    def complete(self, room: Values) -> None:
        """Gives every room what a browser leaves out: unticked boxes, lists without a room."""
        raise NotImplementedError

    @classmethod
    def values_of(cls, item: Item) -> Values:
        raise NotImplementedError

    def body(self) -> Values:
        """What is special to the kind, in the library's shape."""
        raise NotImplementedError

    def press(self, button: str) -> None:
        """add:PATH or remove:PATH, such as add:scenes-0-choices or remove:scenes-0; anything else changes nothing."""
        verb, _, path = button.partition(":")
        *inner, last = path.split("-")
        room: Any = self.values
        try:
            for part in inner:
                room = room[int(part) if isinstance(room, list) else part]
            if verb == "add" and last in self.rooms and len(room[last]) < MOST_ROOMS:
                room[last].append(copy_room(self.rooms[last]))
            elif verb == "remove" and isinstance(room, list):
                del room[int(last)]
                self.has_gone(inner[-1], inner, int(last))
        except (KeyError, IndexError, ValueError, TypeError):
            return

    def has_gone(self, what: str, inner: list[str], place: int) -> None:
        """A room of the list `what` was taken out."""

    def to_item(self, base: Item) -> dict[str, Any]:
        """What was typed in the library's shape, over what `base` holds beside it: kind, id and language."""
        about = {name: self.values.get(name, "") for name in ABOUT}
        about["sources"] = [line.strip() for line in about["sources"].splitlines() if line.strip()]
        is_english = base["language"] == DEFAULT_LANGUAGE
        about["checked_by_welsh_speaker"] = is_english or bool(about["checked_by_welsh_speaker"])
        return {**base, **about, **self.body()}

    def say(self, problems: Iterable[str]) -> None:
        """Puts problems of content's checks in plain words, each beside what it is about."""
        for problem in problems:
            name, _, rest = problem.rpartition(": ") if problem.endswith(tuple(PLAIN)) else problem.partition(": ")
            plain = PLAIN.get(rest or name, rest or name)
            where, what = self.place_of(name if rest else "", rest or name)
            words = f"{what}: {plain}" if what else plain
            self.problems.append((words[:1].upper() + words[1:].rstrip(".") + ".", where))

    def place_of(self, name: str, problem: str) -> tuple[str, str]:
        """The id of the field or section, and what people call it."""
        raise NotImplementedError

    def check_about(self) -> None:
        """What the checks of content do not look at."""
        try:
            date.fromisoformat(self.values.get("review_by", ""))
        except ValueError:
            self.problems.append(("Give the day of the next review, such as 2027-05-22.", "review_by"))

    def errors_at(self, id_: str) -> list[str]:
        return [words for words, where in self.problems if where == id_]


def as_field(bubbles: Iterable[str]) -> str:
    return "\n\n".join(bubbles)


def as_bubbles(text: str) -> list[str]:
    return [bubble.strip() for bubble in re.split(r"\n\s*\n", text) if bubble.strip()]


def copy_room(room: Values) -> Values:
    return {name: [dict(inner) for inner in part] if isinstance(part, list) else part for name, part in room.items()}


def fill(room: Values, blank: Values) -> None:
    for name, value in copy_room(blank).items():
        if type(room.get(name)) is not type(value):
            room[name] = value


def after_removal(place: str, gone: int) -> str:
    """Where a place of a list is after another was taken out; nothing for the one that is gone."""
    if not place.isdigit() or int(place) < gone:
        return place
    return "" if int(place) == gone else str(int(place) - 1)
