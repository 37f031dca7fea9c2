"""Whether a text tells people of a helpline: by its name, or by a way to reach it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from content.models import Helpline
from content.release import Snapshot

FEWEST_DIGITS = 5  # of a number that can be told from others in a text; 999 and 111 belong to several lines
SIGNPOST = "signpost"  # "an adult you trust" is no name


def tells_of(line: Helpline, names: Sequence[str], texts: Iterable[str]) -> bool:
    """`names` say where the texts stand; a line's own steps are said only where the line is there."""
    if line.kind == SIGNPOST or f"guide.{line.id}" in names:
        return False
    told = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(_names(line))))
    return any(told.search(text) for text in texts)


def find_named(lines: Iterable[Helpline], snapshot: Snapshot) -> Iterator[str]:
    """A sentence for each text of the snapshot that tells people of one of these lines."""
    written = list(_texts_of(snapshot))
    for line in lines:
        for names, texts in written:
            if tells_of(line, names, texts):
                yield f"{'/'.join(names)}: tells people of {line.id!r}, which is being archived"


def _texts_of(snapshot: Snapshot) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    for item in snapshot["variants"]:
        yield (item["topic"], item["section"], item["language"]), list(_strings_in(item["bubbles"]))
    for item in snapshot["activities"]:
        yield (item["kind"], item["id"], item["language"]), list(_strings_in(item))
    for language, words in snapshot["system"].items():
        for key, value in words.items():
            yield (language, key), list(_strings_in(value))


def _strings_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings_in(part)


def _names(line: Helpline) -> set[str]:
    """What a text may call it: its names, without what stands in brackets where that leaves enough, and its routes."""
    names = set(line.name.values())
    names |= {short for name in names if " " in (short := re.split(r" *[(:]", name)[0])}
    routes = {text for route in line.routes for text in (route["label"], route["href"])}
    return names | {text for text in routes if "." in text or sum(map(str.isdigit, text)) >= FEWEST_DIGITS}
