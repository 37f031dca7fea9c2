"""Which texts tell people of a helpline: by its name, or by a way to reach it."""

import re
from collections.abc import Iterator

from content.models import Helpline
from content.release import Snapshot
from content.strings_in import strings_in

FEWEST_DIGITS = 5  # of a number that can be told from others in a text; 999 and 111 belong to several lines
SIGNPOST = "signpost"  # "an adult you trust" is no name


def mention_of(line: Helpline) -> re.Pattern[str] | None:
    """What a text says that tells people of this line; None for a signpost, which has no name of its own."""
    if line.kind == SIGNPOST:
        return None
    return re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(_names(line))))


def own_steps(line: Helpline) -> str:
    """The system message with the line's own steps; it is said only where the line is there."""
    return f"guide.{line.id}"


def find_mentions(line: Helpline, snapshot: Snapshot) -> Iterator[str]:
    """A sentence for each text of the snapshot that tells people of a line that goes."""
    mention = mention_of(line)
    if mention is None:
        return
    for part in ("variants", "activities", "system"):
        for where, text in strings_in(snapshot[part], part):
            if mention.search(text) and own_steps(line) not in where.split():
                yield f"{where}: tells people of {line.id!r}, which is being archived."


def _names(line: Helpline) -> set[str]:
    """What a text may call it: its names, without what stands in brackets where that leaves enough, and its routes."""
    names = set(line.name.values())
    names |= {short for name in names if " " in (short := re.split(r" *[(:]", name)[0])}
    routes = {text for route in line.routes for text in (route["label"], route["href"])}
    return names | {text for text in routes if "." in text or sum(map(str.isdigit, text)) >= FEWEST_DIGITS}
