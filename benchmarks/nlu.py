"""Our pipeline on a data set in CLINC150's format: `make bench-nlu DATA=file.json [SHOTS=n]`.

The file holds {"train": [[text, intent], …], "test": […], "oos_test": […]}. Prints one JSON line: accuracy on the test
messages, AUROC of the confidence between these and the out-of-scope ones, seconds to train.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import yaml
from rasa.model_training import train_nlu
from sklearn.metrics import roc_auc_score

from bot.assessment import understood
from bot.evaluate import load_agent, parse, quieten

# These learn from our own phrases, whatever the intents are.
OF_OUR_PHRASES = ("Spelling", "WelshGlosses", "TunedEncoder", "SectionClassifier", "RiskAssessment")
SEED = 7
Examples = list[list[str]]


def read_data(path: Path) -> dict[str, Examples]:
    """The data set. Ends with words that say what is wrong with the file."""
    try:
        data: dict[str, Examples] = json.loads(path.read_text(encoding="utf-8"))
        for part in ("train", "test", "oos_test"):
            for text, intent in data[part]:
                if not (isinstance(text, str) and isinstance(intent, str)):
                    raise TypeError(part)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SystemExit(f"{path} is not a data set in CLINC150's format: {type(error).__name__} {error}") from error
    return data


def take_shots(examples: Examples, shots: int | None) -> Examples:
    """`shots` examples of each intent, drawn at random and the same each time, or all of them.

    Not the first of the file: in CLINC150 those are one writer's, and alike.
    """
    taken: Counter[str] = Counter()
    kept = []
    for text, intent in random.Random(SEED).sample(examples, len(examples)):
        taken[intent] += 1
        if shots is None or taken[intent] <= shots:
            kept.append([text, intent])
    return kept


def train(examples: Examples, folder: Path) -> Path:
    """Train the pipeline of config.yml on the examples; the model's path."""
    by_intent: dict[str, list[str]] = {}
    for text, intent in examples:
        by_intent.setdefault(intent, []).append(text)
    # Brackets would be read as entities.
    clean = str.maketrans("[](){}", "      ")
    nlu = [
        {"intent": intent, "examples": "".join(f"- {text.translate(clean)}\n" for text in texts)}
        for intent, texts in by_intent.items()
    ]
    file = folder / "nlu.yml"
    file.write_text(yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True), encoding="utf-8")
    settings = yaml.safe_load(Path("config.yml").read_text(encoding="utf-8"))
    settings["pipeline"] = [part for part in settings["pipeline"] if part["name"].split(".")[-1] not in OF_OUR_PHRASES]
    config = folder / "config.yml"
    config.write_text(yaml.safe_dump(settings), encoding="utf-8")
    model = train_nlu(config=str(config), nlu_data=str(file), output=str(folder), fixed_model_name="model")
    if model is None:
        raise SystemExit("Training failed; the words above say why.")
    return Path(model)


def measure(model: Path, test: Examples, out_of_scope: Examples) -> dict[str, float]:
    """Accuracy on `test`, and how well the confidence tells it from `out_of_scope` (AUROC)."""
    agent = load_agent(model)
    inside = [understood(row["intent_ranking"]) for row in parse(agent, [text for text, _ in test])]
    outside = [understood(row["intent_ranking"]) for row in parse(agent, [text for text, _ in out_of_scope])]
    right = sum(found["name"] == intent for found, (_, intent) in zip(inside, test, strict=True))
    scores = [float(found["confidence"]) for found in [*inside, *outside]]
    labels = [1] * len(inside) + [0] * len(outside)
    return {"accuracy": round(right / len(test), 4), "oos_auroc": round(float(roc_auc_score(labels, scores)), 4)}


def main() -> int:
    """Read the arguments, train, measure, print."""
    arguments = argparse.ArgumentParser(description="Measure the pipeline on a data set in CLINC150's format.")
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--shots", type=int, help="examples an intent; default: all")
    given = arguments.parse_args()
    if given.shots is not None and given.shots < 1:
        raise SystemExit("SHOTS must be 1 or more.")
    data = read_data(given.data)
    quieten()
    examples = take_shots(data["train"], given.shots)
    print(f"Training on {len(examples)} examples ...", file=sys.stderr, flush=True)
    result: dict[str, Any] = {"data": given.data.name, "shots": given.shots, "examples": len(examples)}
    with tempfile.TemporaryDirectory() as folder:
        started = time.monotonic()
        model = train(examples, Path(folder))
        result["seconds_to_train"] = round(time.monotonic() - started, 1)
        result |= measure(model, data["test"], data["oos_test"])
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
