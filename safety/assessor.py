"""Text in, an Assessment out: rules find harm, guards take back what is only talk."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from spacy.vocab import Vocab

from safety.assessment import Assessment, Evidence
from safety.language import LanguageGuesser
from safety.matching import Finder, Message, Span
from safety.normalise import Word
from safety.rules import FOLDER, Guard, Rule, RuleBook, read_rule_book
from safety.sequences import known_words
from safety.taxonomy import EMERGENCY_NEEDS, URGENCIES, is_at_least


class Fired(NamedTuple):
    """A rule that counts, with the urgency and needs it has here."""

    rule: Rule
    span: Span
    urgency: str
    needs: tuple[str, ...]


def _by_likelihood(fired: Fired) -> tuple[bool, int, int, int]:
    """Emergencies first, then what weighs more, then the more urgent, then the longer match."""
    length = fired.span.end - fired.span.start
    return fired.urgency != "emergency", -fired.rule.weight, -URGENCIES.index(fired.urgency), -length


class Assessor:
    """Make one with `Assessor.load()` and keep it: loading takes a second or two, a message about 1 ms."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book
        self._words = book.words
        self._breaks = frozenset(book.settings["clause_breaks"].split())
        self._short = int(book.settings["short_message_words"])
        self._known = known_words(book.sequences()).union(self._breaks, *book.words.values())
        self._vocab = Vocab()
        self._rules = Finder(self._vocab, ((rule, rule.sequences) for rule in book.rules))
        self._guards = Finder(self._vocab, ((guard, guard.sequences) for guard in book.guards))
        self._marks = Finder(self._vocab, book.marks.items())
        self._normaliser = book.normaliser(self._known)
        self._guesser = LanguageGuesser({code: text.split() for code, text in book.languages.items()})

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Assessor:
        """The assessor with the rules of `folder`. Raises BrokenRule, which names the file and the rule."""
        return cls(read_rule_book(folder))

    def assess(self, text: str, previous: Assessment | None = None) -> Assessment:
        """Assesses one message; `previous` is the assessment of the one before. Never raises for any text."""
        words = self._normaliser.read(text)
        message = Message(words, self._vocab, self._known)
        found = self._judge(message, self._fire(message), self._guess_language(words))
        return self._keep(message, found, previous) if previous is not None else found

    def _guess_language(self, words: list[Word]) -> str | None:
        return self._guesser.guess(part for word in words for part in word.written.split())

    def _fire(self, message: Message) -> list[Fired]:
        places: dict[str, tuple[Rule, list[Span]]] = {}
        for rule, span in self._rules.find(message):
            places.setdefault(rule.id, (rule, []))[1].append(span)
        if not places:
            return []
        guards = list(self._guards.find(message))
        marks = [(mark, span) for mark, span in self._marks_of(message) if mark in ("now", "recent")]
        fired = []
        for rule, spans in places.values():
            counting = [(self._urgency(rule, span, guards, message), span) for span in spans]
            # The first of equals, which is the longest.
            urgency, span = max(counting, key=lambda pair: URGENCIES.index(pair[0]))
            if urgency != "none":
                fired.append(self._heighten(Fired(rule, span, urgency, rule.needs), marks, message))
        return fired

    def _marks_of(self, message: Message) -> list[tuple[str, Span]]:
        return list(self._marks.find(message))

    def _urgency(self, rule: Rule, span: Span, guards: list[tuple[Guard, Span]], message: Message) -> str:
        urgency = rule.urgency
        for guard, place in guards:
            if guard.id in rule.despite or (guard.only_when_named and guard.id not in rule.unless):
                continue
            if guard.spares_writer and message.has_between(*span, self._words["writer"]):
                continue
            if not self._reaches(guard, place, span, message):
                continue
            urgency = min(urgency, guard.at_most, key=URGENCIES.index)
        return urgency

    def _reaches(self, guard: Guard, place: Span, span: Span, message: Message) -> bool:
        if guard.scope == "message":
            return True
        if guard.scope == "right_before":
            return place.end == span.start
        if guard.scope == "over":
            return place.start < span.end and span.start < place.end
        if not message.is_same_sentence(place, span):
            return False
        if guard.scope == "sentence":
            return True
        before = place.start <= span.start
        return before and not message.has_between(place.end, span.start, self._breaks)

    def _heighten(self, fired: Fired, marks: list[tuple[str, Span]], message: Message) -> Fired:
        """With "right now" some harm is an emergency; with "last night" some harm is recent."""
        rule, span, urgency, needs = fired
        if urgency != rule.urgency:  # a guard has lowered it
            calmer = tuple(need for need in needs if need not in EMERGENCY_NEEDS)
            return Fired(rule, span, urgency, calmer or needs)
        for mark, place in marks:
            if mark == "recent" and rule.recent:
                needs = (rule.recent, *needs)
            if mark == "now" and rule.now and message.is_same_sentence(place, span):
                urgency, needs = "emergency", (rule.now, *needs)
        return Fired(rule, span, urgency, tuple(dict.fromkeys(needs)))

    def _judge(self, message: Message, fired: list[Fired], language: str | None) -> Assessment:
        leading = [one for one in fired if not one.rule.accompanies]
        if not leading:
            return Assessment(language=language)
        urgency = max((one.urgency for one in leading), key=URGENCIES.index)
        about = self._about(message, [one for one in leading if one.urgency == urgency], leading)
        counting = fired if about == "other" else leading
        counting.sort(key=_by_likelihood)
        return Assessment(
            urgency=urgency,
            about=about,
            needs=tuple(dict.fromkeys(need for one in counting for need in one.needs)),
            evidence=tuple(Evidence(one.rule.id, message.written(one.span)) for one in counting),
            language=language,
        )

    def _about(self, message: Message, worst: list[Fired], leading: list[Fired]) -> str:
        """Whom the matched words speak of; else whom the message speaks of."""
        if any(one.rule.weight > 0 for one in leading):  # adults who write about a child
            return "other"
        told = {one.rule.about or self._speaks_of(message, one.span) for one in worst} - {"unknown"}
        if len(told) == 1:
            return told.pop()
        whole = Span(0, len(message.words))
        if told:
            to_writer = any(message.has_between(*one.span, self._words["writer_acted_on"]) for one in worst)
            return "self" if to_writer or not message.has_between(*whole, self._words["others"]) else "other"
        about = self._speaks_of(message, whole)
        for words, otherwise in (("they", "other"), ("writer", "self")):
            if about == "unknown" and message.has_between(*whole, self._words[words]):
                about = otherwise
        return about

    def _speaks_of(self, message: Message, span: Span) -> str:
        for words, about in (("writer_acted_on", "self"), ("others", "other"), ("writer_speaks", "self")):
            if message.has_between(*span, self._words[words]):
                return about
        return "unknown"

    def _keep(self, message: Message, found: Assessment, previous: Assessment) -> Assessment:
        """A short or continuing message keeps urgency and needs of the one before; a new topic does not."""
        if is_at_least(found.urgency, previous.urgency):
            return found
        marks = {mark for mark, _ in self._marks_of(message)}
        count = sum(word.plain != "." for word in message.words)
        is_short = count <= self._short and "new_topic" not in marks
        if not is_short and "continues" not in marks:
            return found
        about = found.about if found.urgency != "none" and found.about != "unknown" else previous.about
        return Assessment(
            urgency=previous.urgency,
            about=about,
            needs=tuple(dict.fromkeys((*previous.needs, *found.needs))),
            evidence=(*found.evidence, Evidence("continues", message.written(Span(0, len(message.words))))),
            language=found.language or previous.language,
        )
