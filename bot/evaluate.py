"""Measure a model on phrases it never saw (tests/nlu/unseen.yml) and hold it against the gates."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from rasa.core.agent import Agent
from rasa.utils.log_utils import configure_structlog

UNSEEN = Path("tests/nlu/unseen.yml")
# The least share of unseen phrases, in each language, that must be understood (GATE_INTENT) and, of those that
# disclose something, that must be offered help (GATE_HELP). A model below either is refused.
GATE_INTENT = {"en": 0.83, "cy": 0.84}
GATE_HELP = {"en": 0.90, "cy": 0.90}
ASK = "ask_"
# Follow-ups and skills are asked too, but are no topics of their own.
NOT_TOPICS = (
    "ask_signs", "ask_what_to_do", "ask_more", "ask_who_are_you", "ask_privacy", "ask_follow_up", "ask_phone_bill",
    "ask_what_happens", "ask_got_through", "ask_after_telling", "ask_how_to_help",
)  # fmt: skip
DISCLOSING = ("disclose_emergency", "disclose_harm", "express_concern")


class GatesMissed(RuntimeError):
    """The model is worse than the gates allow; the message holds the figures."""


@dataclass(frozen=True)
class Row:
    """One unseen phrase, what it means, and what the model made of it."""

    language: str
    text: str
    intent: str
    parsed: dict[str, Any]

    @property
    def found(self) -> str:
        """The intent that decides the answer."""
        return str(self.parsed["intent"]["name"])

    @property
    def meant(self) -> str:
        """The classifier's best intent, before the assessor and the fallback had their word."""
        return str(self.parsed["understood"]["name"])

    @property
    def confidence(self) -> float:
        """How sure the classifier is of it."""
        return float(self.parsed["understood"]["confidence"])

    @property
    def is_understood(self) -> bool:
        """The right intent; a disclosure counts whichever of its three levels the model chose.

        A plain request for help is a concern in the project's vocabulary, and is answered with the same lines.
        """
        if self.intent == "request_help" and self.found == "express_concern":
            return True
        return self.found == self.intent or (self.found in DISCLOSING and self.intent in DISCLOSING)

    @property
    def is_offered_help(self) -> bool:
        """Whether the conversation would go to help."""
        return self.found in (*DISCLOSING, "request_help")

    @property
    def topic(self) -> str | None:
        """The topic the phrase is about, if any."""
        return topic_of(self.intent)

    @property
    def found_topic(self) -> str | None:
        """The topic that would be taught, if any."""
        return topic_of(self.found)


def quieten() -> None:
    """Warnings only. Without it Rasa prints every message it parses, words and all."""
    configure_structlog(logging.WARNING)


def load_agent(model: Path) -> Agent:
    """The trained model, ready to parse; no server, no actions."""
    quieten()
    return Agent.load(str(model))


def parse(agent: Agent, texts: list[str]) -> list[dict[str, Any]]:
    """What the model makes of each text."""

    async def run() -> list[dict[str, Any]]:
        return [await agent.parse_message(text) for text in texts]

    return asyncio.run(run())


def topic_of(intent: str) -> str | None:
    """The topic of an intent; None for skills, follow-ups and help."""
    return intent.removeprefix(ASK) if intent.startswith(ASK) and intent not in NOT_TOPICS else None


def read_rows(agent: Agent) -> list[Row]:
    """All unseen phrases with what the model makes of them."""
    phrases = [
        (language, text, intent)
        for intent, by_language in yaml.safe_load(UNSEEN.read_text(encoding="utf-8")).items()
        for language, texts in by_language.items()
        for text in texts
    ]
    parsed = parse(agent, [text for _, text, _ in phrases])
    return [Row(language, text, intent, found) for (language, text, intent), found in zip(phrases, parsed, strict=True)]


def evaluate(agent: Agent) -> str:
    """The figures in words. Raises GatesMissed when one is below its gate."""
    return evaluate_rows(read_rows(agent))


def evaluate_rows(rows: list[Row]) -> str:
    """The same of rows that were parsed before."""
    lines, missed = [], False
    for language in GATE_INTENT:
        own = [row for row in rows if row.language == language]
        disclosing = [row for row in own if row.intent in DISCLOSING]
        understood = sum(row.is_understood for row in own) / len(own)
        helped = sum(row.is_offered_help for row in disclosing) / len(disclosing)
        missed |= understood < GATE_INTENT[language] or helped < GATE_HELP[language]
        lines.append(
            f"{language}: {understood:.1%} of {len(own)} unseen phrases understood (gate {GATE_INTENT[language]:.0%}), "
            f"{helped:.1%} of {len(disclosing)} disclosing ones offered help (gate {GATE_HELP[language]:.0%})"
        )
    figures = "\n".join(lines)
    if missed:
        raise GatesMissed(figures)
    return figures


def main() -> int:
    """Print the figures of the model in use and each phrase it got wrong: `python -m bot.evaluate`."""
    from bot.train import model_path

    rows = read_rows(load_agent(model_path()))
    for row in rows:
        if not row.is_understood:
            print(f"{row.language} {row.intent} <- {row.found}: {row.text}")
    print(evaluate_rows(rows))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
