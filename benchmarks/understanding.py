"""How well Lantern understands what it is asked: `make nlu`.

Measured on tests/nlu/unseen.yml and tests/nlu/sections.jsonl, which training never sees and which were written apart
from the training phrases. Prints Markdown; `--write` puts it into docs/nlu-evaluation.md, between its marks; exit code
1 below a gate of bot/evaluate.py.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np
from rasa.core.agent import Agent

from benchmarks.figures import Share
from benchmarks.perturb import PERTURBATIONS, perturb
from benchmarks.safety_tables import table
from benchmarks.written import write_between
from bot.evaluate import GatesMissed, Row, evaluate_rows, load_agent, parse, read_rows
from bot.train import model_path

SECTIONS = Path("tests/nlu/sections.jsonl")
REPORT = Path("docs/nlu-evaluation.md")
OUT_OF_SCOPE = "out_of_scope"
KEPT = 0.95  # of the messages in scope, when the confidence is to tell the others
BINS = 10
WORST = 12


def figures(rows: list[Row]) -> dict[str, Share | str]:
    """The figures of some rows; a share with its interval, or a number in words."""
    outside = [row for row in rows if row.intent == OUT_OF_SCOPE]
    return {
        "intent": Share.of(row.is_understood for row in rows),
        "topic, or rightly none": Share.of(row.topic == row.found_topic for row in rows),
        "off topic, answered as if on topic": Share.of(row.found_topic is not None for row in outside),
        f"out of scope, told by confidence with {KEPT:.0%} kept": rejected(rows),
        "calibration error": f"{calibration_error(rows):.3f}",
    }


def rejected(rows: list[Row]) -> Share:
    """Messages out of scope whose confidence in anything else is below that of nearly all messages in scope."""
    inside = [row.confidence for row in rows if row.intent != OUT_OF_SCOPE]
    edge = float(np.quantile(inside, 1 - KEPT))
    outside = [row for row in rows if row.intent == OUT_OF_SCOPE]
    return Share.of(row.meant == OUT_OF_SCOPE or row.confidence < edge for row in outside)


def calibration_error(rows: list[Row]) -> float:
    """The expected calibration error: how far, on average, confidence is from the share that is right, in ten bins."""
    confidence = np.array([row.confidence for row in rows])
    right = np.array([row.meant == row.intent for row in rows])
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [abs(confidence[bins == one].mean() - right[bins == one].mean()) * (bins == one).sum() for one in set(bins)]
    return float(sum(gaps) / len(rows))


def perturbed(agent: Agent, rows: list[Row]) -> dict[str, Share]:
    """Intents understood after each perturbation."""
    shares = {}
    for name in PERTURBATIONS:
        if name == "no spaces":
            continue  # nobody asks to learn without a single space
        found = parse(agent, perturb([row.text for row in rows], name))
        again = [Row(row.language, row.text, row.intent, one) for row, one in zip(rows, found, strict=True)]
        shares[name] = Share.of(row.is_understood for row in again)
    return shares


def sections(agent: Agent) -> dict[str, Share]:
    """Questions whose part of a topic was found, or left open, by language."""
    asked = [json.loads(line) for line in SECTIONS.read_text(encoding="utf-8").splitlines()]
    found = parse(agent, [row["text"] for row in asked])
    return {
        language: Share.of(
            one["section"] == row["section"]
            for row, one in zip(asked, found, strict=True)
            if row["language"] == language and one.get("section")
        )
        for language in ("en", "cy")
    }


def main() -> int:
    """Measure, print, and hold against the gates."""
    arguments = argparse.ArgumentParser(description="Measure how well questions are understood.")
    arguments.add_argument("--write", action="store_true", help=f"put the figures into {REPORT}")
    chosen = arguments.parse_args()
    agent = load_agent(model_path())
    rows = read_rows(agent)
    lines = []
    for language in ("en", "cy"):
        own = [row for row in rows if row.language == language]
        lines += [*table(f"language: {language} ({len(own)})", figures(own)), ""]
    lines += [*table("all, intent after", perturbed(agent, rows)), ""]
    lines += [*table("section of a topic, where one is told", sections(agent)), ""]
    confused = Counter((row.intent, row.found) for row in rows if not row.is_understood)
    lines += ["| meant | understood as | messages |", "|---|---|---|"]
    lines += [f"| {meant} | {found} | {count} |" for (meant, found), count in confused.most_common(WORST)]
    report = "\n".join(lines)
    print(report)
    if chosen.write:
        write_between(REPORT, "make nlu", report)
    try:
        evaluate_rows(rows)
    except GatesMissed as error:
        print(f"GATE MISSED: {error}")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
