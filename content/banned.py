"""Finds the numbers and words of banned_numbers.yml in a snapshot."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from content.release import Snapshot
from content.strings_in import strings_in
from content.yaml_files import read_yaml

BLOCK_LIST = Path(__file__).resolve().parent / "banned_numbers.yml"
_DIGIT = re.compile(r"\d")


def find_banned(snapshot: Snapshot) -> Iterator[str]:
    """One sentence for each banned number or word, naming where it stands and what to use instead."""
    for part in ("topics", "variants", "activities", "helplines", "system"):
        for where, text in strings_in(snapshot.get(part, []), part):
            yield from find_banned_in(text, where)
    for line in snapshot["helplines"]:
        yield from _find_of_others(line)


def find_banned_in_line(line: Mapping[str, Any]) -> Iterator[str]:
    """The same for one helpline in the library's shape."""
    for where, text in strings_in(line, "helpline"):
        yield from find_banned_in(text, where)
    yield from _find_of_others(line)


def _find_of_others(line: Mapping[str, Any]) -> Iterator[str]:
    """Numbers that belong to another line than this, and an age that turns away whom it has to take."""
    _numbers, _words, of_others, youngest = _read_block_list()
    for pattern, rule in of_others:
        if line["id"] == rule["helpline"]:
            hits = (where for where, text in strings_in(line, line["id"]) if pattern.search(text))
            yield from (_refuse(where, rule) for where in hits)
    for rule in youngest:
        if line["id"] == rule["helpline"] and ((line.get("ages") or [0])[0] or 0) < rule["age"]:
            yield f"{line['id']}: turns away anyone under {rule['age']}. Use instead: {rule['instead']}."


def find_banned_in(text: str, where: str) -> Iterator[str]:
    """The same for one text; `where` is the name that each sentence starts with."""
    numbers, words, _of_others, _youngest = _read_block_list()
    if _DIGIT.search(text):
        yield from (_refuse(where, rule) for pattern, rule in numbers if pattern.search(text))
    plain = " ".join(text.casefold().split())
    yield from (_refuse(where, rule) for phrase, rule in words if phrase in plain)


def _refuse(where: str, rule: Mapping[str, Any]) -> str:
    what = rule.get("number") or rule["words"]
    return f"{where}: {what!r} must not be shown. {rule['why']} Use instead: {rule['instead']}."


Rule = Mapping[str, Any]
Patterns = Sequence[tuple[re.Pattern[str], Rule]]


@cache
def _read_block_list() -> tuple[Patterns, Sequence[tuple[str, Rule]], Patterns, Sequence[Rule]]:
    rules = read_yaml(BLOCK_LIST)
    numbers = [(_number_pattern(rule["number"]), rule) for rule in rules["numbers"]]
    words = [(rule["words"].casefold(), rule) for rule in rules["words"]]
    of_others = [(_number_pattern(rule["number"]), rule) for rule in rules["numbers_of_others"]]
    return numbers, words, of_others, rules["youngest"]


def _number_pattern(number: str) -> re.Pattern[str]:
    """The number however it is spaced, and with +44 in place of its first 0."""
    digits = re.sub(r"\D", "", number)
    gap = r"[\s().\-]*"
    first = rf"(?:\+?44{gap}(?:0{gap})?|0{gap})" if digits[0] == "0" else digits[0]
    rest = gap.join(digits[1:])
    between = "" if digits[0] == "0" else gap
    return re.compile(rf"(?<!\d){first}{between}{rest}(?!\d)")
