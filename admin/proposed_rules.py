"""Proposed rules that can be tried: their patterns beside the rules there are. Knows only the assessor, no Flask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import yaml

from safety.normalise import Normaliser
from safety.rules import FOLDER, Rule, RuleBook
from safety.sequences import BrokenRule, Sequence, SequenceReader
from safety.taxonomy import EMERGENCY_NEEDS, LANGUAGES

PATTERN = "pattern"  # of a rule's labels: one sequence a line, as safety/rules/README.md says
LONGEST, MOST_LINES = 1000, 10
_TEXT_ONLY = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def has_pattern(proposal: Mapping[str, Any]) -> bool:
    """Whether it is a rule that can be tried. `proposal` has id, kind, phrase and labels."""
    return proposal["kind"] == "rule" and bool(proposal["labels"].get(PATTERN))


def find_problems(labels: Mapping[str, Any]) -> list[str]:
    """What keeps the pattern of a proposed rule from being tried; nothing where it has none."""
    pattern = str(labels.get(PATTERN) or "")
    lines = [line for line in pattern.split("\n") if line.strip()]
    if not lines:
        return []
    problems = []
    if len(pattern) > LONGEST or len(lines) > MOST_LINES:
        problems.append(f"A pattern has at most {MOST_LINES} lines and {LONGEST} characters.")
    if labels["urgency"] == "none":
        problems.append("A pattern finds something, so it needs a level. Choose one, or leave the pattern empty.")
    elif labels["urgency"] == "emergency" and (labels["needs"] or [""])[0] not in EMERGENCY_NEEDS:
        problems.append("In an emergency, the need that comes first is immediate danger or suicidal now.")
    for number, line in enumerate(lines, 1):
        try:
            _reader().read(line)
        except BrokenRule as error:
            problems.append(f"Line {number} of the pattern can not be read: {error}.")
    return problems


def with_proposed(book: RuleBook, proposals: Iterable[Mapping[str, Any]]) -> RuleBook:
    """The rules there are, and those of the proposals that have a pattern. Raises BrokenRule."""
    return replace(book, rules=(*book.rules, *(_rule_of(one) for one in proposals if has_pattern(one))))


def _rule_of(proposal: Mapping[str, Any]) -> Rule:
    labels = proposal["labels"]
    return Rule(
        id=f"proposed-{proposal['id']}",
        file="proposed",
        urgency=labels["urgency"],
        needs=tuple(labels["needs"]),
        sequences=_sequences(labels[PATTERN]),
        examples=(proposal["phrase"],),
        never=(),
        about=None if labels["about"] == "unknown" else labels["about"],
        language=labels["language"] if labels["language"] in LANGUAGES else "en",
        unless=frozenset(),
        despite=frozenset(),
        now=None,
        recent=None,
        weight=0,
        accompanies=False,
    )


def _sequences(pattern: str) -> tuple[Sequence, ...]:
    return tuple(_reader().read(line) for line in pattern.split("\n") if line.strip())


@cache
def _reader() -> SequenceReader:
    """Reads patterns with the word lists of the rules."""
    parts: dict[str, dict[str, Any]] = {"lists": {}, "spellings": {}, "settings": {}}
    for file in sorted(FOLDER.glob("*.yml")):
        # Every value stays text: with YAML's own types "no" and "yes" would become booleans.
        content = yaml.load(file.read_text("utf-8"), Loader=_TEXT_ONLY)
        for name, found in parts.items():
            found |= content.get(name) or {}
    normaliser = Normaliser(parts["spellings"], {}, parts["settings"]["welsh_joins"])
    return SequenceReader(parts["lists"], normaliser.plain, "negations")
