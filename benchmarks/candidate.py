"""Train a model with approved proposals and measure it beside the one in use: the middle of `make safety-proposals`.

Proposals come in as JSON from benchmarks.proposals, figures go out as JSON. Everything is made in a folder of its own
that is gone afterwards: the model in use, data/ and what was tuned for it stay as they are. Measured on
tests/assessor/development.jsonl, on which settings are chosen; tests/assessor/unseen.jsonl stays unseen.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from unittest.mock import patch

from admin.proposed_rules import has_pattern, with_proposed
from content.before_after import BeforeAfter, compare, read_rows
from safety import Assessor

Given = Sequence[Mapping[str, Any]]  # proposals with id, kind, phrase and labels
PHRASES, CONFIG = Path("data/assessor"), Path("config.yml")
FOLDER, LEFT_AFTER = "candidate-", 24 * 3600  # seconds
LABELS = ("urgency", "about", "needs", "kind", "language")
ENCODER, VECTORS = "encoder", "known_vectors"  # in the data folder: what training only reads, and what it adds to


@dataclass(frozen=True)
class Workshop:
    """How to train and measure; a test has its own.

    `train` takes a folder with config.yml and gives the model; `assess` takes a model, texts and the rules to use, and
    gives an assessment for each; `missed` names the gates that a model and its figures miss.
    """

    train: Callable[[Path], Path]
    assess: Callable[[Path, Sequence[str], Assessor | None], list[dict[str, Any]]]
    missed: Callable[[Path, BeforeAfter], list[str]]


def measure(given: Given, in_use: Path, folder: Path, workshop: Workshop) -> BeforeAfter:
    """The figures of the model in use, and of one that learned from the proposals too."""
    rows = read_rows()
    if rows is None:
        raise SystemExit("The messages to measure with, tests/assessor/development.jsonl, are not here.")
    texts = [row["text"] for row in rows]
    examples = [one for one in given if one["kind"] == "example"]
    candidate = in_use  # rules are no part of what is trained
    if examples:
        prepare(examples, folder)
        candidate = workshop.train(folder)
    before = workshop.assess(in_use, texts, None)
    rules = [one for one in given if has_pattern(one)]
    with_rules = Assessor(with_proposed(Assessor.load().book, rules)) if rules else None
    after = workshop.assess(candidate, texts, with_rules)
    figures = compare(rows, before, after, given, datetime.now(timezone.utc).isoformat(timespec="seconds"))
    about = {"examples": len(examples), "rules": len(rules), "untried": len(given) - len(examples) - len(rules)}
    return replace(figures, about=about, missed=workshop.missed(candidate, figures))


def prepare(examples: Given, folder: Path) -> None:
    """The labelled phrases with these examples beside them, and a configuration that learns from both."""
    phrases = folder / "phrases"
    shutil.copytree(PHRASES, phrases)
    lines = [{"text": one["phrase"]} | {name: one["labels"][name] for name in LABELS} for one in examples]
    written = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (phrases / "proposed.jsonl").write_text(written, encoding="utf-8")
    setting = f"phrases: {PHRASES}\n"
    config = CONFIG.read_text(encoding="utf-8")
    if setting not in config:
        raise SystemExit(f"{CONFIG} does not say {setting.strip()!r}, so it is not known how to add the proposals.")
    (folder / "config.yml").write_text(config.replace(setting, f"phrases: {phrases}\n"), encoding="utf-8")


def clear_up(data: Path) -> None:
    """Take away the folders of runs that were cut short; a run takes minutes, so those of a day ago are over."""
    for left in data.glob(f"{FOLDER}*"):
        if time.time() - left.stat().st_mtime > LEFT_AFTER:
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def own_data_folder(data: Path, folder: Path) -> Iterator[None]:
    """Let training keep what it makes in `folder`: it reads the encoder of `data`, and what it tunes is its own."""
    (folder / ENCODER).symlink_to((data / ENCODER).resolve())
    if (data / VECTORS).is_dir():
        shutil.copytree(data / VECTORS, folder / VECTORS)
    with patch.dict(os.environ, {"LANTERN_DATA_DIR": str(folder)}):
        yield


def real_workshop() -> Workshop:
    """Rasa, the encoder and the gates. Needs the bot environment."""
    from benchmarks.safety import GATES
    from bot.evaluate import GatesMissed, evaluate, load_agent, parse, quieten

    def train(folder: Path) -> Path:
        from rasa.model_training import train as train_model

        quieten()
        result = train_model(
            domain="bot/domain",
            config=str(folder / "config.yml"),
            training_files="data",
            output=str(folder / "models"),
            fixed_model_name="candidate",
            force_training=True,
        )
        if result.code or not result.model:
            raise SystemExit("Training failed; the words above say why. The model in use was left as it is.")
        return Path(result.model)

    def assess(model: Path, texts: Sequence[str], rules: Assessor | None) -> list[dict[str, Any]]:
        with patch.object(Assessor, "load", return_value=rules or Assessor.load()):
            agent = load_agent(model)
        return [parsed["assessment"] for parsed in parse(agent, list(texts))]

    def missed(model: Path, figures: BeforeAfter) -> list[str]:
        names = []
        for name, (bound, side) in GATES.items():
            hits, total = figures.after.get(name, (0, 0))
            share = hits / total if total else None
            if share is not None and (share < bound if side == "at least" else share > bound):
                names.append(f"{name}: {share:.1%}, must be {side} {bound:.1%}")
        try:
            evaluate(load_agent(model))
        except GatesMissed:
            names.append("questions and disclosures of tests/nlu/unseen.yml: fewer understood than make train allows")
        return names

    return Workshop(train, assess, missed)


def main() -> int:
    """Read proposals from standard input, print the figures; nothing for nothing."""
    told = sys.stdin.read()
    if not told.strip():
        return 1
    from bot.train import model_path

    in_use = model_path().absolute()
    data = in_use.parent.parent
    print("Training a model with the proposals (two minutes, and up to six for new phrases) ...", file=sys.stderr)
    clear_up(data)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # leaves the block below, which takes the folder away
    with (
        tempfile.TemporaryDirectory(dir=data, prefix=FOLDER) as made,
        redirect_stdout(sys.stderr),  # Rasa says there what it has done
        own_data_folder(data, Path(made)),
    ):
        figures = measure(json.loads(told), in_use, Path(made), real_workshop())
    print(json.dumps(asdict(figures), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
