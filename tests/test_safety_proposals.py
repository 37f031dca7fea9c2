"""`make safety-proposals` with a small trainer in place of Rasa's: what it makes, measures and leaves alone."""

from __future__ import annotations

import io
import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from benchmarks import proposals as ends
from benchmarks.candidate import Workshop, clear_up, measure, own_data_folder, prepare
from content.before_after import BeforeAfter, read_kept
from content.database import make_engine, migrate
from content.models import Proposal
from content.models.workflow import APPROVED, IN_REVIEW
from safety import Assessor

LABELS = {"urgency": "concern", "about": "self", "needs": ["bullying"], "kind": "plain", "language": "en"}
EXAMPLE = {"id": 1, "kind": "example", "phrase": "they hide my bag every day", "labels": LABELS}
RULE = {"id": 2, "kind": "rule", "phrase": "Bags.", "labels": {**LABELS, "pattern": "hide ~1 bag"}}
IN_WORDS = {"id": 3, "kind": "rule", "phrase": "More about bags.", "labels": LABELS}
IN_USE = Path("model-in-use")


class Small:
    """A workshop that learns by heart: it finds a concern in every text it has learned, and in nothing else."""

    def __init__(self) -> None:
        self.trained: list[Path] = []
        self.rules: list[Assessor | None] = []

    def train(self, folder: Path) -> Path:
        self.trained.append(folder)
        config = (folder / "config.yml").read_text(encoding="utf-8")
        assert f"phrases: {folder / 'phrases'}\n" in config
        assert "phrases: data/assessor" not in config
        learned = folder / "model"
        learned.write_text("".join(file.read_text("utf-8") for file in sorted((folder / "phrases").glob("*.jsonl"))))
        return learned

    def assess(self, model: Path, texts: Sequence[str], rules: Assessor | None) -> list[dict[str, Any]]:
        self.rules.append(rules)
        learned = model.read_text("utf-8") if model != IN_USE else ""
        return [{"urgency": "concern", "needs": ["bullying"]} if text in learned else NOTHING for text in texts]

    def missed(self, model: Path, figures: BeforeAfter) -> list[str]:
        return [f"{model.name} of {figures.messages}"]


NOTHING = {"urgency": "none", "needs": []}


@pytest.fixture
def small() -> Small:
    return Small()


def run(small: Small, folder: Path, *given: dict[str, Any]) -> BeforeAfter:
    return measure(given, IN_USE, folder, Workshop(small.train, small.assess, small.missed))


def test_a_model_learns_from_the_examples_in_a_folder_of_its_own(small: Small, tmp_path: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in Path("data/assessor").iterdir()}
    figures = run(small, tmp_path, EXAMPLE | {"phrase": "what does county lines actually mean"}, IN_WORDS)
    assert small.trained == [tmp_path]
    rows = [json.loads(line) for line in (tmp_path / "phrases" / "proposed.jsonl").read_text("utf-8").splitlines()]
    assert rows == [{"text": "what does county lines actually mean", **LABELS}]
    assert {file: file.stat().st_mtime_ns for file in Path("data/assessor").iterdir()} == before
    # The phrase stands in the development set, so this trainer, which learns by heart, raises a false alarm there.
    false_alarms = "nothing wrong: taken for concern"
    assert figures.after[false_alarms][0] > figures.before[false_alarms][0] == 0
    assert figures.missed == [f"model of {figures.messages}"]
    assert (figures.proposals, figures.about) == ([1, 3], {"examples": 1, "rules": 0, "untried": 1})
    assert small.rules == [None, None]


def test_rules_need_no_training_and_count_only_after(small: Small, tmp_path: Path) -> None:
    figures = run(small, tmp_path, RULE)
    assert (small.trained, figures.about) == ([], {"examples": 0, "rules": 1, "untried": 0})
    before, after = small.rules
    assert before is None
    assert after is not None
    assert after.assess("they hide my bag").urgency == "concern"


def test_training_keeps_what_it_makes_to_its_own_folder(tmp_path: Path) -> None:
    data, folder = tmp_path / "data", tmp_path / "own"
    for name in ("encoder", "known_vectors", "tuned", "models"):
        (data / name).mkdir(parents=True)
        (data / name / "file").write_text("kept")
    folder.mkdir()
    with own_data_folder(data, folder):
        assert os.environ["LANTERN_DATA_DIR"] == str(folder)
        own = Path(os.environ["LANTERN_DATA_DIR"])
        assert (own / "encoder" / "file").read_text() == "kept"
        (own / "known_vectors" / "file").write_text("changed")
        assert not (own / "tuned").exists()
        assert not (own / "models").exists()
    assert os.environ.get("LANTERN_DATA_DIR") != str(folder)
    assert {(data / name / "file").read_text() for name in ("encoder", "known_vectors", "tuned", "models")} == {"kept"}


def test_what_a_run_that_was_cut_short_left_is_taken_away(tmp_path: Path) -> None:
    for name, age in (("candidate-old", 2 * 24 * 3600), ("candidate-now", 60), ("models", 2 * 24 * 3600)):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    clear_up(tmp_path)
    assert {left.name for left in tmp_path.iterdir()} == {"candidate-now", "models"}


def test_a_configuration_that_names_no_phrases_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "other.yml").write_text("pipeline: []\n")
    monkeypatch.setattr("benchmarks.candidate.CONFIG", tmp_path / "other.yml")
    with pytest.raises(SystemExit, match=r"other.yml does not say 'phrases: data/assessor'"):
        prepare([EXAMPLE], tmp_path)


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("LANTERN_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    url = f"sqlite:///{tmp_path / 'var' / 'lantern.db'}"
    migrate(url)
    return url


def test_only_what_is_approved_goes_out(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ends.read() == 1
    assert "No approved proposal waits" in capsys.readouterr().err
    engine = make_engine(database)
    with Session(engine) as session, session.begin():
        for given, stage in ((RULE, APPROVED), (EXAMPLE, APPROVED), (IN_WORDS, IN_REVIEW)):
            session.add(Proposal(**given, why="why", author="bea", stage=stage))
    engine.dispose()
    assert ends.read() == 0
    assert json.loads(capsys.readouterr().out) == [EXAMPLE, RULE]


def test_the_figures_are_kept_for_the_admin(
    database: str, small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "own").mkdir()
    figures = run(small, tmp_path / "own", EXAMPLE)
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(asdict(figures))))
    assert ends.keep() == 0
    assert read_kept() == figures
    assert "Gates: model of" in capsys.readouterr().out
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert ends.keep() == 1
    assert read_kept() == figures
