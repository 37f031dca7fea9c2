"""What a publish would change, item by item: the difference between two snapshots."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from content.models.topics import ANY_AGE
from content.release import Snapshot

TEXT, WORDS, PAGE, ACTIVITY, PICTURE, HELPLINE, ROUTING, SITE = KINDS = (
    "text", "words", "page", "activity", "picture", "helpline", "routing", "site",
)  # fmt: skip

# How a site's fields are called where a change is told, and what it means that one is empty.
SITE_FIELDS = {
    "name": ("name", "none"),
    "origins": ("pages", "none"),
    "place": ("council area", "not said"),
    "nation": ("nation", "not said"),
    "language": ("language to begin with", "not said"),
    "audience": ("readers", "not said"),
    "topics": ("topics in the menus", "all"),
    "colours": ("colours", "Lantern's own"),
    "exit_url": ("where Exit leads", "Lantern's own choice"),
    "keeps_conversation": ("keeps the chat when the page changes", "no"),
    "is_open": ("open", "no"),
}
IN_ENGLISH = {"en": "English", "cy": "Welsh", True: "yes", False: "no"}
Names = tuple[str, ...]
Lines = tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """One item that differs. `before` is None for a new item, `after` is None for one that goes away.

    `names` are the ids that name it: of a text topic, section, language, audience, age band or "any", and
    reading level; of words language and key; of a page topic and language; of an
    activity kind, id and language; of a helpline or need its id; of a site its key.
    Of pages, activities, helplines, routing and sites the lines hold only the fields that differ, as "field: value".
    """

    kind: str
    names: Names
    before: Lines | None
    after: Lines | None

    def in_words(self) -> str:
        """The change over a few lines: what it is, then what goes and what comes."""
        verb = "new" if self.before is None else "gone" if self.after is None else "changed"
        gone = [f"  - {line}" for line in self.before or () if line not in (self.after or ())]
        come = [f"  + {line}" for line in self.after or () if line not in (self.before or ())]
        return "\n".join([f"{self.kind} {' / '.join(self.names)}: {verb}", *gone, *come])


def compare(before: Snapshot | None, after: Snapshot) -> list[Change]:
    """Everything that differs, in the order texts, words, pages, activities, pictures, helplines, routing, sites."""
    old, new = _items(before) if before else {}, _items(after)
    changes = []
    for kind, names in dict.fromkeys([*new, *old]):
        was, will_be = old.get((kind, names)), new.get((kind, names))
        if was == will_be:
            continue
        if kind not in (TEXT, WORDS) and was is not None and will_be is not None:
            was, will_be = _differing(was, will_be), _differing(will_be, was)
        changes.append(Change(kind, names, _lines(was), _lines(will_be)))
    return sorted(changes, key=lambda change: (KINDS.index(change.kind), change.names))


def _items(snapshot: Snapshot) -> dict[tuple[str, Names], Any]:
    """Every item of a snapshot by its kind and names: a list of texts, or a mapping of fields."""
    items: dict[tuple[str, Names], Any] = {}
    for item in snapshot["variants"]:
        place = (item["topic"], item["section"], item["language"], item["audience"])
        options = [f"{name}: {item[name]}" for name in ("picture", "starts_on", "ends_on") if item.get(name)]
        said = items.setdefault((TEXT, (*place, item["age_band"] or ANY_AGE, item["reading_level"])), [])
        said += [*options, *item["bubbles"]]
    for language, words in snapshot["system"].items():
        for key, value in words.items():
            items[WORDS, (language, key)] = [value] if isinstance(value, str) else value
    for topic, pages in snapshot["topics"].items():
        for language, page in pages.items():
            items[PAGE, (topic, language)] = page
    for item in snapshot.get("activities", []):
        items[ACTIVITY, (item["kind"], item["id"], item["language"])] = item
    for id_, picture in snapshot.get("pictures", {}).items():
        items[PICTURE, (id_,)] = picture
    for item in snapshot["helplines"]:
        items[HELPLINE, (item["id"],)] = item
    for name, value in snapshot["routing"].items():
        for need, rows in value.items() if isinstance(value, Mapping) else [(name, value)]:
            items[ROUTING, (need,)] = {"offer": rows}
    for item in snapshot.get("sites", []):
        items[SITE, (item["key"],)] = {
            words: _in_words(item.get(name)) or empty for name, (words, empty) in SITE_FIELDS.items()
        }
    return items


def _differing(item: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if other.get(name) != value}


def _lines(item: Any) -> Lines | None:
    if item is None:
        return None
    if isinstance(item, Mapping):
        return tuple(f"{name}: {_written(value)}" for name, value in sorted(item.items()))
    return tuple(item)


def _in_words(value: Any) -> str:
    """A field of a site, for people: ids as words; "" for nothing."""
    if isinstance(value, str | bool) and value in IN_ENGLISH:
        return IN_ENGLISH[value]
    if isinstance(value, Mapping):
        value = [f"{name} {colour}" for name, colour in sorted(value.items())]
    parts = value if isinstance(value, list) else [value]
    # An address is told as it is; an id reads as words.
    return ", ".join(part if ":" in part else part.replace("_", " ") for part in parts if part)


def _written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
