"""A release: everything Lantern may say at one time, immutable, with its number and hash beside it."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from content.activities import Activity
from content.errors import BrokenRelease, MissingWords
from content.helplines import Helpline
from content.routing_table import RoutingTable
from content.sites import Site
from content.taxonomy import DEFAULT_LANGUAGE, TOPICS
from content.topics import Topic
from content.variants import Fit, Place, Variant

# topics, variants, activities, pictures, helplines, routing, system and, where there are any, sites; as the library
# has them.
Snapshot = dict[str, Any]

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def to_canonical_json(snapshot: Snapshot) -> str:
    """The one way to write a snapshot: keys sorted, no spaces, UTF-8 characters as they are."""
    return json.dumps(snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def hash_of(text: str) -> str:
    """sha256 of the text in UTF-8, in hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@dataclass(frozen=True)
class Release:
    """`number` 0 is the starter that ships with the code; published releases count from 1.

    `created_at` is ISO 8601 in UTC. The number, hash and time are not part of the hashed text, so a release
    that is rolled back to has its old hash under a new number.
    """

    number: int
    sha256: str
    created_at: str
    topics: tuple[Topic, ...]  # those it can teach, in the order to show them
    variants: tuple[Variant, ...]
    helplines: Mapping[str, Helpline]
    routing: RoutingTable
    system: Mapping[str, Mapping[str, str | list[str]]]  # language -> key -> words
    activities: Mapping[tuple[str, str, str], Activity]  # by kind, id and language, in the order to offer them
    pictures: Mapping[str, Mapping[str, Any]]  # by id: svg, and alt by language
    sites: Mapping[str, Site]  # by key, those that are closed too
    snapshot: Snapshot

    @classmethod
    def from_json(cls, text: str, sha256: str | None = None, *, number: int = 0, created_at: str = "") -> "Release":
        """The release in canonical JSON. Raises BrokenRelease when it is not what `sha256` was made from."""
        actual = hash_of(text)
        if sha256 is not None and sha256 != actual:
            raise BrokenRelease(f"Release {number} does not match its hash.")
        try:
            snapshot: Snapshot = json.loads(text)
            return cls(
                number=number,
                sha256=actual,
                created_at=created_at,
                topics=tuple(Topic(id_, snapshot["topics"][id_]) for id_ in TOPICS if id_ in snapshot["topics"]),
                variants=tuple(Variant.from_mapping(item) for item in snapshot["variants"]),
                helplines={item["id"]: Helpline.from_mapping(item) for item in snapshot["helplines"]},
                routing=RoutingTable.from_mapping(snapshot["routing"]),
                system=snapshot["system"],
                activities={
                    (item["kind"], item["id"], item["language"]): Activity.from_mapping(item)
                    for item in snapshot.get("activities", [])  # a release of before they came has none
                },
                pictures=snapshot.get("pictures", {}),
                sites={item["key"]: Site.from_mapping(item) for item in snapshot.get("sites", [])},
                snapshot=snapshot,
            )
        except Exception as error:  # whatever is wrong with its shape, the old release is kept
            problem = f"{type(error).__name__}: {error}"
            raise BrokenRelease(f"Release {number} can not be read: {problem}") from error

    @classmethod
    def from_snapshot(cls, snapshot: Snapshot, *, number: int = 0, created_at: str = "") -> "Release":
        return cls.from_json(to_canonical_json(snapshot), number=number, created_at=created_at)

    def to_json(self) -> str:
        return to_canonical_json(self.snapshot)

    @cached_property
    def variants_by_place(self) -> dict[Place, dict[Fit, tuple[Variant, ...]]]:
        """The texts of each place by whom they fit, the newest in front: it is shown first, where its days allow."""
        index: dict[Place, dict[Fit, tuple[Variant, ...]]] = {}
        for variant in self.variants:
            fits = index.setdefault(variant.place, {})
            fits[variant.fit] = (*fits.get(variant.fit, ()), variant)
        return index

    def topic_title(self, topic: str, language: str) -> str:
        """A topic's title in `language`, or else in English. Raises MissingWords for an unknown topic."""
        for known in self.topics:
            if known.id == topic:
                return known.title(language)
        raise MissingWords(topic)

    def has_words(self, key: str, language: str) -> bool:
        """Whether `key` exists in this very language."""
        return key in self.system.get(language, {})

    def say(self, key: str, language: str, **values: object) -> list[str]:
        """The bubbles of a system message, in `language` or else in English, placeholders filled.

        A {name} without a value stays as it is. Raises MissingWords when no language has the key.
        """
        for tried in (language, DEFAULT_LANGUAGE):
            words = self.system.get(tried, {}).get(key)
            if words:
                bubbles = [words] if isinstance(words, str) else words
                return [_fill(bubble, values) for bubble in bubbles]
        raise MissingWords(key)

    def word(self, key: str, language: str, **values: object) -> str:
        """A system message as one text; several bubbles are joined by a new line."""
        return "\n".join(self.say(key, language, **values))


def _fill(text: str, values: Mapping[str, object]) -> str:
    return _PLACEHOLDER.sub(lambda match: str(values.get(match[1], match[0])), text)
