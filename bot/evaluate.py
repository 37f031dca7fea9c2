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
GATE_INTENT = {"en": 0.80, "cy": 0.70}
GATE_HELP = {"en": 0.90, "cy": 0.90}
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
    def is_understood(self) -> bool:
        """The right intent; a disclosure counts whichever of its three levels the model chose."""
        found = self.parsed["intent"]["name"]
        return found == self.intent or (found in DISCLOSING and self.intent in DISCLOSING)

    @property
    def is_offered_help(self) -> bool:
        """Whether the conversation would go to help."""
        return self.parsed["intent"]["name"] in (*DISCLOSING, "request_help")


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


def evaluate(agent: Agent) -> str:
    """The figures in words. Raises GatesMissed when one is below its gate."""
    phrases = [
        (language, text, intent)
        for intent, by_language in yaml.safe_load(UNSEEN.read_text(encoding="utf-8")).items()
        for language, texts in by_language.items()
        for text in texts
    ]
    parsed = parse(agent, [text for _, text, _ in phrases])
    rows = [Row(language, text, intent, found) for (language, text, intent), found in zip(phrases, parsed, strict=True)]
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

    agent = load_agent(model_path())
    for intent, by_language in yaml.safe_load(UNSEEN.read_text(encoding="utf-8")).items():
        for language, texts in by_language.items():
            for text, parsed in zip(texts, parse(agent, texts), strict=True):
                if not Row(language, text, intent, parsed).is_understood:
                    print(f"{language} {intent} <- {parsed['intent']['name']}: {text}")
    print(evaluate(agent))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
