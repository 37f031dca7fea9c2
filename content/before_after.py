"""What approved proposals would change: the assessor's figures before and with them, on the development set.

Knows neither the database nor Rasa, so that the admin (rules alone) and `make safety-proposals` (the whole model) count
alike. Nothing of a proposal is written down but its id.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol

from content.settings import ROOT, data_dir
from content.taxonomy import URGENCIES

DEVELOPMENT = ROOT / "tests" / "assessor" / "development.jsonl"
FILE = "proposal-figures.json"  # in the data folder
NONE, CONCERN, DISCLOSURE, EMERGENCY = range(len(URGENCIES))
MOST_CHANGES = 10
FEWER_IS_BETTER = "nothing wrong"  # how the names of false alarms begin

Row = Mapping[str, Any]  # of the development set: text, urgency, needs, language
Found = Mapping[str, Any]  # what was made of it: urgency and needs
Counts = dict[str, tuple[int, int]]  # by the name of a figure: how many of how many


class Judged(Protocol):
    """A labelled message and what was made of it; levels as places in URGENCIES."""

    @property
    def level(self) -> int: ...
    @property
    def needs(self) -> Sequence[str]: ...
    @property
    def found_level(self) -> int: ...
    @property
    def found_needs(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class Pair:
    """One message as it should be read, and as it was."""

    level: int
    needs: Sequence[str]
    found_level: int
    found_needs: Sequence[str]


@dataclass(frozen=True)
class Change:
    """A message of the development set that is read otherwise. Needs are the first ones, "" for none."""

    text: str
    language: str
    level: str
    level_before: str
    level_after: str
    need: str
    need_before: str
    need_after: str


@dataclass(frozen=True)
class BeforeAfter:
    """`proposals` are the ids of those that were counted in; `fingerprint` is of their words and labels.

    `missed` names the gates that the candidate misses, None where none were held against it. `measured_at`: ISO 8601.
    """

    fingerprint: str
    proposals: list[int]
    measured_at: str
    messages: int
    before: Counts
    after: Counts
    changes: list[Change]
    changed: int
    missed: list[str] | None = None
    about: dict[str, Any] = field(default_factory=dict)


def count_figures(judged: Iterable[Judged]) -> Counts:
    """The figures that are held against the gates of `make safety`."""
    rows = list(judged)
    harm = [row for row in rows if row.level >= DISCLOSURE]
    calm = [row for row in rows if row.level == NONE]
    needing = [row for row in rows if row.level >= CONCERN and row.found_needs]
    return {
        "disclosure or emergency: help offered": _share(row.found_level >= CONCERN for row in harm),
        "disclosure or emergency: right level or higher": _share(row.found_level >= row.level for row in harm),
        "emergency recognised": _share(row.found_level == EMERGENCY for row in rows if row.level == EMERGENCY),
        "concern: help offered": _share(row.found_level >= CONCERN for row in rows if row.level == CONCERN),
        "nothing wrong: taken for disclosure or emergency": _share(row.found_level >= DISCLOSURE for row in calm),
        "nothing wrong: taken for concern": _share(row.found_level == CONCERN for row in calm),
        "first need right": _share(row.found_needs[0] == row.needs[0] for row in needing),
    }


def compare(
    rows: Sequence[Row], before: Sequence[Found], after: Sequence[Found], given: Sequence[Mapping[str, Any]], at: str
) -> BeforeAfter:
    """Both sets of figures, and the messages that change, the gravest first. `given` are the proposals counted in."""
    changes = [_change(*one) for one in zip(rows, before, after, strict=True) if _reads(one[1]) != _reads(one[2])]
    changes.sort(key=_gravity)
    return BeforeAfter(
        fingerprint=fingerprint(given),
        proposals=sorted(proposal["id"] for proposal in given),
        measured_at=at,
        messages=len(rows),
        before=count_figures(_pair(row, found) for row, found in zip(rows, before, strict=True)),
        after=count_figures(_pair(row, found) for row, found in zip(rows, after, strict=True)),
        changes=changes[:MOST_CHANGES],
        changed=len(changes),
    )


def fingerprint(given: Iterable[Mapping[str, Any]]) -> str:
    """A hash of proposals, each with id, kind, phrase and labels, in whatever order they come."""
    told = sorted(json.dumps([one["id"], one["kind"], one["phrase"], one["labels"]], sort_keys=True) for one in given)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def read_rows(file: Path = DEVELOPMENT) -> list[Row] | None:
    """The labelled messages of the development set; None where it did not come with the code."""
    if not file.is_file():
        return None
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def keep(figures: BeforeAfter, folder: Path | None = None) -> Path:
    """Write the figures into the data folder, whole or not at all; the file."""
    file = (folder or data_dir()) / FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".new")
    draft.write_text(json.dumps(asdict(figures), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    draft.replace(file)
    return file


def read_kept(folder: Path | None = None) -> BeforeAfter | None:
    """The figures that were measured last; None where there are none that can be read."""
    try:
        return from_json((folder or data_dir()).joinpath(FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def from_json(text: str) -> BeforeAfter:
    """The figures as keep() wrote them. Raises an error of its shape for anything else."""
    told = json.loads(text)
    told["changes"] = [Change(**one) for one in told["changes"]]
    for side in ("before", "after"):
        told[side] = {name: (int(hits), int(total)) for name, (hits, total) in told[side].items()}
    return BeforeAfter(**told)


def _gravity(change: Change) -> tuple[int, bool]:
    """Those whose level moves most come first; of these, what is wrong now."""
    moved = abs(URGENCIES.index(change.level_after) - URGENCIES.index(change.level_before))
    return -moved, change.level_after == change.level


def _share(outcomes: Iterable[bool]) -> tuple[int, int]:
    found = list(outcomes)
    return sum(found), len(found)


def _reads(found: Found) -> tuple[str, str]:
    return found["urgency"], next(iter(found["needs"]), "")


def _pair(row: Row, found: Found) -> Pair:
    levels = (URGENCIES.index(row["urgency"]), URGENCIES.index(found["urgency"]))
    return Pair(levels[0], row["needs"], levels[1], list(found["needs"]))


def _change(row: Row, before: Found, after: Found) -> Change:
    (level, need), (was, needed), (becomes, needs) = _reads(row), _reads(before), _reads(after)
    return Change(row["text"], row["language"], level, was, becomes, need, needed, needs)
