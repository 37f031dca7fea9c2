"""The forms of the assessor's pages and of the launch checklist."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm  # type: ignore[import-untyped]
from wtforms import HiddenField, RadioField, SelectField, TextAreaField  # type: ignore[import-untyped]

from admin import proposed_rules
from admin.proposed_rules import PATTERN
from content import proposals
from content.models.proposals import EXAMPLE, PROPOSAL_KINDS, RULE, Proposal
from content.taxonomy import ABOUT, NEEDS, URGENCIES

MOST_MESSAGES, LONGEST_MESSAGE = 50, 1000


def _tidy(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()


def _in_one_line(text: str | None) -> str:
    return " ".join((text or "").split())


def _choice(label: str, values: tuple[str, ...], **more: Any) -> Any:
    return SelectField(label, choices=["", *values], validate_choice=False, **more)


class TryForm(FlaskForm):  # type: ignore[misc]
    """Messages, one a line."""

    messages = TextAreaField(filters=[_tidy])

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in (self.messages.data or "").split("\n") if line.strip()]

    def validate(self, extra_validators: object = None) -> bool:
        is_sound = bool(super().validate(extra_validators))
        problems = []
        if not self.lines:
            problems.append("Write at least one message.")
        if len(self.lines) > MOST_MESSAGES:
            problems.append(f"There are {len(self.lines)} messages. Try at most {MOST_MESSAGES} at once.")
        for number, line in enumerate(self.lines, 1):
            if len(line) > LONGEST_MESSAGE:
                problems.append(f"Message {number} has {len(line)} characters. Use at most {LONGEST_MESSAGE}.")
        self.messages.errors = [*self.messages.errors, *problems]
        return is_sound and not problems


class ProposalForm(FlaskForm):  # type: ignore[misc]
    """A phrase or the words of a rule, and what the assessor should say. What may be is decided in content."""

    kind = RadioField("What do you propose?", choices=PROPOSAL_KINDS, default=EXAMPLE, validate_choice=False)
    phrase = TextAreaField("The words", filters=[_in_one_line])
    urgency = _choice("Level", URGENCIES)
    about = _choice("Whom it is about", ABOUT)
    need = _choice("First need", NEEDS)
    style = _choice("What sort of message it is", (*proposals.STYLES, *proposals.NEAR_MISSES))
    language = _choice("Language", proposals.LANGUAGES)
    why = TextAreaField("Why", filters=[_tidy])
    pattern = TextAreaField("Pattern", filters=[_tidy])

    @property
    def labels(self) -> dict[str, Any]:
        pattern = {PATTERN: self.pattern.data} if self.pattern.data else {}
        return pattern | {
            "urgency": self.urgency.data,
            "about": self.about.data,
            "needs": [self.need.data] if self.need.data else [],
            "kind": self.style.data,
            "language": self.language.data,
        }

    def start(self, proposal: Proposal) -> None:
        """Fills a form that nobody has sent yet."""
        if not self.is_submitted():
            labels = proposal.labels
            self.phrase.data, self.why.data = proposal.phrase, proposal.why
            self.urgency.data, self.about.data = labels["urgency"], labels["about"]
            self.style.data, self.language.data = labels["kind"], labels["language"]
            self.need.data = (labels["needs"] or [""])[0]
            self.kind.data = proposal.kind
            self.pattern.data = labels.get(PATTERN, "")

    def validate(self, extra_validators: object = None) -> bool:
        is_sound = bool(super().validate(extra_validators))
        self._say(self.phrase, proposals.find_problems_of_phrase(self.phrase.data))
        self._say(self.why, proposals.find_problems_of_reason(self.why.data))
        for field, words in (
            (self.urgency, "Choose the level that it should have."),
            (self.about, "Choose whom it is about."),
            (self.style, "Choose what sort of message it is."),
            (self.language, "Choose the language."),
        ):
            if not field.data:
                self._say(field, [words])
        if self.urgency.data and (self.urgency.data == "none") is bool(self.need.data):
            nothing_wrong = self.urgency.data == "none"
            self._say(
                self.need,
                ["A message with nothing wrong has no need." if nothing_wrong else "Choose the need that comes first."],
            )
        if self.pattern.data and self.kind.data != RULE:
            self._say(self.pattern, ["Only a rule has a pattern. Leave it empty, or choose “A rule”."])
        elif self.urgency.data:
            self._say(self.pattern, proposed_rules.find_problems(self.labels))
        fitting = proposals.NEAR_MISSES if self.urgency.data == "none" else proposals.STYLES
        if self.urgency.data and self.style.data and self.style.data not in fitting:
            self._say(self.style, ["This sort does not go with the level. Choose one of the other group."])
        return is_sound and not any(field.errors for field in self)

    def refuse(self, problems: list[str]) -> None:
        self._say(self.phrase, problems)

    @staticmethod
    def _say(field: Any, problems: Any) -> None:
        said = [problem[:1].upper() + problem[1:].rstrip(".") + "." for problem in problems]
        field.errors = [*field.errors, *said]


class SignForm(FlaskForm):  # type: ignore[misc]
    """A signature. `seen` is the hash of what the signer looked at."""

    note = TextAreaField(filters=[_tidy])
    seen = HiddenField()

    def refuse(self, problems: list[str]) -> None:
        self.note.errors = [problem[:1].upper() + problem[1:].rstrip(".") + "." for problem in problems]
