"""Reads and checks the rule files: word lists, guards and rules. What they may hold: rules/README.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from safety.normalise import Normaliser
from safety.sequences import BrokenRule, Sequence, SequenceReader
from safety.taxonomy import ABOUTS, EMERGENCY_NEEDS, LANGUAGES, NEEDS, URGENCIES

Item = dict[str, Any]
FOLDER = Path(__file__).parent / "rules"
WORDS_LOOKED_AT = ("writer", "writer_acted_on", "writer_speaks", "others", "they")
_TEXT_ONLY = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
SCOPES = ("over", "right_before", "before", "sentence", "message")
_RULE_KEYS = {
    "id", "urgency", "needs", "about", "language", "sequences", "examples", "never", "unless", "despite",
    "now", "recent", "weight", "accompanies",
}  # fmt: skip
_GUARD_KEYS = {"id", "scope", "at_most", "spares_writer", "only_when_named", "sequences", "examples"}


@dataclass(frozen=True)
class Rule:
    """One rule. `now` and `recent` are the needs that come first when the words say so.

    `despite` names guards that do not hold for it; `unless` names guards that hold only where they are named.
    A rule that `accompanies` only adds its needs to other rules, when the message is about someone else.
    """

    id: str
    file: str
    urgency: str
    needs: tuple[str, ...]
    sequences: tuple[Sequence, ...]
    examples: tuple[str, ...]
    never: tuple[str, ...]
    about: str | None
    language: str
    unless: frozenset[str]
    despite: frozenset[str]
    now: str | None
    recent: str | None
    weight: int
    accompanies: bool


@dataclass(frozen=True)
class Guard:
    """Words after which a rule counts no higher than `at_most`; `none` takes it back altogether."""

    id: str
    scope: str
    at_most: str
    spares_writer: bool
    only_when_named: bool
    sequences: tuple[Sequence, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True)
class RuleBook:
    """Everything the files say. `words` are the word lists that the assessor itself looks at."""

    rules: tuple[Rule, ...]
    guards: tuple[Guard, ...]
    marks: dict[str, tuple[Sequence, ...]]
    words: dict[str, frozenset[str]]
    settings: dict[str, Any]
    spellings: dict[str, str]
    emoji: dict[str, str]
    languages: dict[str, str]

    def sequences(self) -> list[Sequence]:
        """The sequences of all rules, guards and marks."""
        of_rules = [sequence for rule in self.rules for sequence in rule.sequences]
        of_guards = [sequence for guard in self.guards for sequence in guard.sequences]
        return of_rules + of_guards + [sequence for several in self.marks.values() for sequence in several]

    def normaliser(self, vocabulary: Collection[str]) -> Normaliser:
        """A normaliser that knows the words of the rules, and so can put slips and masked words right."""
        joins, real_words = self.settings["welsh_joins"], self.settings["real_words"].split()
        return Normaliser(self.spellings, self.emoji, joins, vocabulary, real_words)


def read_rule_book(folder: Path = FOLDER) -> RuleBook:
    """All files of `folder`. Raises BrokenRule, which names the file and the rule or list."""
    files = {path.name: _read_file(path) for path in sorted(folder.glob("*.yml"))}
    settings, spellings = _gather(files, "settings"), _gather(files, "spellings")
    normaliser = Normaliser(spellings, {}, settings["welsh_joins"])
    reader = SequenceReader(_gather(files, "lists"), normaliser.plain, "negations")
    guards = tuple(_read_guard(item, name, reader) for name, item, _ in _items(files, "guards"))
    named = {guard.id for guard in guards}
    rules = tuple(_read_rule({**all_, **item}, name, reader, named) for name, item, all_ in _items(files, "rules"))
    twice = sorted(id_ for id_, count in Counter(rule.id for rule in rules).items() if count > 1)
    if twice:
        raise BrokenRule(f"rule ids used twice: {', '.join(twice)}")
    marks = {
        mark: tuple(_read_sequence(text, name, mark, reader) for text in texts)
        for name, content in files.items()
        for mark, texts in (content.get("marks") or {}).items()
    }
    words = {name: reader.words_of(name) for name in WORDS_LOOKED_AT}
    emoji, languages = _gather(files, "emoji"), _gather(files, "function_words")
    return RuleBook(rules, guards, marks, words, settings, spellings, emoji, languages)


def _read_file(path: Path) -> dict[str, Any]:
    try:
        # Every value stays text: with YAML's own types the words "no", "yes" and "on" would become booleans.
        content = yaml.load(path.read_text("utf-8"), Loader=_TEXT_ONLY)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BrokenRule(f"{path.name}: cannot be read: {error}") from error
    if not isinstance(content, dict):
        raise BrokenRule(f"{path.name}: must hold named parts such as `lists:` or `rules:`")
    return content


def _gather(files: dict[str, dict[str, Any]], part: str) -> dict[str, Any]:
    gathered: dict[str, Any] = {}
    for name, content in files.items():
        for key, value in (content.get(part) or {}).items():
            if key in gathered:
                raise BrokenRule(f"{name}: {part}: {key!r} is already in another file")
            gathered[key] = value
    return gathered


def _items(files: dict[str, Item], part: str) -> Iterator[tuple[str, Item, Item]]:
    """The file, the item and the file's defaults, for each item of a part."""
    for name, content in files.items():
        for item in content.get(part) or ():
            if not isinstance(item, dict) or not item.get("id"):
                raise BrokenRule(f"{name}: {part}: each one needs an id: {item!r}")
            yield name, item, content.get("defaults") or {}


def _read_sequence(text: Any, file: str, owner: str, reader: SequenceReader) -> Sequence:
    try:
        return reader.read(str(text))
    except BrokenRule as error:
        raise BrokenRule(f"{file}: {owner}: {text!r}: {error}") from error


def _read_guard(item: dict[str, Any], file: str, reader: SequenceReader) -> Guard:
    _check(item, file, _GUARD_KEYS, scope=SCOPES, at_most=URGENCIES[:-1])
    return Guard(
        id=item["id"],
        scope=item["scope"],
        at_most=item["at_most"],
        spares_writer=item.get("spares_writer") == "true",
        only_when_named=item.get("only_when_named") == "true",
        sequences=tuple(_read_sequence(text, file, item["id"], reader) for text in item["sequences"]),
        examples=tuple(item.get("examples") or ()),
    )


def _read_rule(item: dict[str, Any], file: str, reader: SequenceReader, guards: set[str]) -> Rule:
    where = f"{file}: {item['id']}"
    _check(item, file, _RULE_KEYS, urgency=URGENCIES[1:], about=(*ABOUTS, None), language=LANGUAGES)
    needs = tuple(item.get("needs") or ())
    extra = [need for need in (item.get("now"), item.get("recent")) if need]
    wrong = [need for need in (*needs, *extra) if need not in NEEDS]
    if wrong or not needs:
        raise BrokenRule(f"{where}: needs must be ids of the taxonomy; not known: {wrong}")
    if item["urgency"] == "emergency" and needs[0] not in EMERGENCY_NEEDS:
        raise BrokenRule(f"{where}: in an emergency the first need is one of {EMERGENCY_NEEDS}")
    if item.get("now") and item["now"] not in EMERGENCY_NEEDS:
        raise BrokenRule(f"{where}: now is {item['now']!r}; it must be one of {EMERGENCY_NEEDS}")
    if not item.get("examples"):
        raise BrokenRule(f"{where}: give at least one example")
    unknown = {*(item.get("unless") or ()), *(item.get("despite") or ())} - guards
    if unknown:
        raise BrokenRule(f"{where}: there is no guard called {sorted(unknown)}")
    return Rule(
        id=item["id"],
        file=file,
        urgency=item["urgency"],
        needs=needs,
        sequences=tuple(_read_sequence(text, file, item["id"], reader) for text in item["sequences"]),
        examples=tuple(item["examples"]),
        never=tuple(item.get("never") or ()),
        about=item.get("about"),
        language=item.get("language", "en"),
        unless=frozenset(item.get("unless") or ()),
        despite=frozenset(item.get("despite") or ()),
        now=item.get("now"),
        recent=item.get("recent"),
        weight=int(item.get("weight", 0)),
        accompanies=item.get("accompanies") == "true",
    )


def _check(item: dict[str, Any], file: str, keys: set[str], **choices: tuple[str | None, ...]) -> None:
    where = f"{file}: {item['id']}"
    if set(item) - keys:
        raise BrokenRule(f"{where}: does not know {sorted(set(item) - keys)}; it knows {sorted(keys)}")
    if not item.get("sequences"):
        raise BrokenRule(f"{where}: give at least one sequence")
    for key, allowed in choices.items():
        value = item.get(key, "en" if key == "language" else None)
        if value not in allowed:
            raise BrokenRule(f"{where}: {key} is {value!r}; it must be one of {allowed}")
