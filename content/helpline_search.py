"""Finds helplines for staff by words, nation, need and state of check."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from content.helplines import WORDS
from content.models import Helpline
from content.reading import check_state_of

_BETWEEN_DIGITS = re.compile(r"(?<=\d)\s+(?=\d)")


def find_lines(
    lines: Iterable[Helpline],
    today: date,
    *,
    words: str = "",
    nation: str = "",
    need: str = "",
    state: str = "",
) -> list[Helpline]:
    """The lines that fit everything asked for; what is empty is not asked for. Spaces within numbers do not count.

    Drafts are searched as well as what is live.
    """
    wanted = _BETWEEN_DIGITS.sub("", words.casefold()).split()
    return [
        line
        for line in lines
        if (not nation or not line.nations or nation in line.nations)
        and (not need or need in line.needs)
        and (not state or check_state_of(line, today) == state)
        and all(word in _text_of(line) for word in wanted)
    ]


def _text_of(line: Helpline) -> str:
    return "\n".join(_texts(line.as_library_item()) + _texts(line.draft or {}))


def _texts(item: dict[str, Any]) -> list[str]:
    said = [text for name in WORDS for text in (item.get(name) or {}).values()]
    reached = [f"{route['label']} {route['href']}" for route in item.get("routes") or ()]
    return [_BETWEEN_DIGITS.sub("", text.casefold()) for text in (item.get("id", ""), *said, *reached)]
