"""What each part of the pipeline is worth: the trained model without it, on the unseen phrases. `make nlu-parts`.

Prints Markdown; `--write` puts it into docs/nlu-evaluation.md, between its marks.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from rasa.core.agent import Agent

from benchmarks.figures import Share
from benchmarks.perturb import perturb
from benchmarks.understanding import REPORT, rejected
from benchmarks.written import write_between
from bot.components.intent_classifier import IntentClassifier
from bot.components.spelling import Spelling
from bot.components.tuned_encoder import TunedEncoder
from bot.components.welsh_glosses import WelshGlosses
from bot.evaluate import Row, load_agent, parse, read_rows
from bot.train import model_path

SLIPS = ("typos", "dropped letters", "keyboard neighbours")
OUT_OF_SCOPE = "out of scope, told by confidence"


def nothing(*_: Any) -> None:
    """In place of what a component does to a message."""


def leave_out_centres(classifier: IntentClassifier) -> None:
    """As if every message were near to what its likeliest intent is about."""
    assert classifier._centroids is not None
    classifier._centroids.nearness = lambda *_: 1.0  # type: ignore[method-assign]


# What is left out, in words, the component it is of, and how.
PARTS: dict[str, tuple[type, Callable[[Any], None]]] = {
    "without slips and spaces put right": (Spelling, lambda part: setattr(part, "handle", nothing)),
    "without Welsh in rough English": (WelshGlosses, lambda part: setattr(part, "handle", nothing)),
    "without the tuned encoder": (TunedEncoder, lambda part: setattr(part, "handle", nothing)),
    "without the distance to the centre of an intent": (IntentClassifier, leave_out_centres),
}


def figures(agent: Agent) -> dict[str, Share]:
    """Intents understood, as written by language and after slips, and what is told to be out of scope."""
    rows = read_rows(agent)
    shares = {
        language: Share.of(row.is_understood for row in rows if row.language == language) for language in ("en", "cy")
    }
    for name in SLIPS:
        found = parse(agent, perturb([row.text for row in rows], name))
        again = [Row(row.language, row.text, row.intent, one) for row, one in zip(rows, found, strict=True)]
        shares[name] = Share.of(row.is_understood for row in again)
    return shares | {OUT_OF_SCOPE: rejected(rows)}


def without(kind: type, leave_out: Callable[[Any], None]) -> Agent:
    """The trained model without one part."""
    agent = load_agent(model_path())
    # Rasa has no public way to a component of a loaded model.
    nodes = agent.processor.graph_runner._instantiated_nodes.values()  # type: ignore[union-attr,attr-defined]
    for node in nodes:
        if isinstance(node._component, kind):
            leave_out(node._component)
    return agent


def main() -> int:
    """Measure all of it, then without each part; print a table."""
    arguments = argparse.ArgumentParser(description="Measure what each part of the pipeline is worth.")
    arguments.add_argument("--write", action="store_true", help=f"put the figures into {REPORT}")
    chosen = arguments.parse_args()
    found = {"all of it": figures(load_agent(model_path()))}
    found |= {name: figures(without(*part)) for name, part in PARTS.items()}
    names = list(next(iter(found.values())))
    lines = [f"| | {' | '.join(names)} |", "|" + "---|" * (len(names) + 1)]
    lines += [f"| {what} | {' | '.join(_percent(share) for share in row.values())} |" for what, row in found.items()]
    report = "\n".join(lines)
    print(report)
    if chosen.write:
        write_between(REPORT, "make nlu-parts", report)
    return 0


def _percent(share: Share) -> str:
    return f"{share.value:.1%}"


if __name__ == "__main__":
    raise SystemExit(main())
