"""A sequence of a rule, taken apart so that a page can say it in words. How one is written: safety/rules/README.md."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import yaml

from safety.rules import FOLDER, Guard, Rule, RuleBook

_GAP = re.compile(r"(~~?)(\d+)\Z")
ONE_OF, BUT, GAP, WIDE_GAP = ("one_of", "but", "gap", "wide_gap")


@dataclass(frozen=True)
class Part:
    """One step of a sequence. `words` are what may stand there; `{name}` among them is a list of words.

    A gap has up to `count` other words, a wide one negations too. Of BUT, none of the words may stand there.
    """

    kind: str
    words: tuple[str, ...] = ()
    count: int = 0
    is_optional: bool = False


def parts_of(sequence: str) -> list[Part]:
    """The steps of a sequence, in order."""
    return [_part_of(item) for item in sequence.split()]


def lists_in(rule: Rule) -> dict[str, list[str]]:
    """The word lists that the rule names, by name; a list may name others in braces."""
    names = {name for sequence in rule.sequences for name in re.findall(r"{(\w+)}", sequence.text)}
    return {name: _word_lists().get(name, []) for name in sorted(names)}


def guards_of(rule: Rule, book: RuleBook) -> list[Guard]:
    """What can hold this rule back."""
    return [
        guard
        for guard in book.guards
        if guard.id not in rule.despite and (guard.id in rule.unless or not guard.only_when_named)
    ]


def find_rules(book: RuleBook, search: str = "", file: str = "", level: str = "") -> dict[str, list[Rule]]:
    """Rules by file: of this file and level, with all words of the search in id, sequences, needs or examples."""
    found: dict[str, list[Rule]] = {}
    for rule in book.rules:
        text = " ".join((rule.id, *(s.text for s in rule.sequences), *rule.needs, *rule.examples)).lower()
        if file in ("", rule.file) and level in ("", rule.urgency) and all(w in text for w in search.lower().split()):
            found.setdefault(rule.file, []).append(rule)
    return found


def _part_of(item: str) -> Part:
    gap = _GAP.match(item)
    if gap:
        return Part(WIDE_GAP if gap[1] == "~~" else GAP, count=int(gap[2]))
    words = tuple(item.strip("!?").split("|"))
    return Part(BUT if item.startswith("!") else ONE_OF, words, is_optional=item.endswith("?"))


@cache
def _word_lists() -> dict[str, list[str]]:
    lists: dict[str, list[str]] = {}
    for path in sorted(FOLDER.glob("*.yml")):
        # Every value stays text: with YAML's own types "no" and "yes" would become booleans.
        lists |= yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader).get("lists") or {}
    return lists
