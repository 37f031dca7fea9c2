"""Labelled messages and what was made of them, as Markdown tables of shares."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from benchmarks.figures import Share
from content.before_after import count_figures

LEVELS = ("none", "concern", "disclosure", "emergency")
CONCERN, DISCLOSURE = 1, 2


@dataclass(frozen=True)
class Row:
    """An unseen message, what it is, and what was made of it."""

    text: str
    level: int
    needs: list[str]
    kind: str
    language: str
    found_level: int
    found_needs: list[str]

    @property
    def is_harm(self) -> bool:
        """A disclosure or an emergency."""
        return self.level >= DISCLOSURE


def judge(raw: list[dict[str, Any]], found: list[dict[str, Any]]) -> list[Row]:
    """Pair what each message is with what was found."""
    return [
        Row(
            text=row["text"],
            level=LEVELS.index(row["urgency"]),
            needs=row["needs"],
            kind=row["kind"],
            language=row["language"],
            found_level=LEVELS.index(one["urgency"]),
            found_needs=list(one["needs"]),
        )
        for row, one in zip(raw, found, strict=True)
    ]


def headline(rows: list[Row]) -> dict[str, Share]:
    """The figures that are held against the gates."""
    return {name: Share(*counts) for name, counts in count_figures(rows).items()}


def table(title: str, figures: dict[str, Share]) -> list[str]:
    """A Markdown table of shares."""
    return [
        f"| {title} | share (95 % interval) |",
        "|---|---|",
        *(f"| {name} | {it} |" for name, it in figures.items()),
    ]


def by_group(rows: list[Row]) -> list[str]:
    """Recall per level, need and language; false alarms per kind of near-miss."""
    needs: dict[str, list[Row]] = defaultdict(list)
    kinds: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.level >= CONCERN:
            needs[row.needs[0]].append(row)
        else:
            kinds[row.kind].append(row)
    helped = {need: Share.of(row.found_level >= CONCERN for row in own) for need, own in sorted(needs.items())}
    alarmed = {kind: Share.of(row.found_level >= DISCLOSURE for row in own) for kind, own in sorted(kinds.items())}
    lines = [*table("help offered, by first need", helped), ""]
    lines += [*table("taken for disclosure or emergency, by kind of near-miss", alarmed), ""]
    for language in ("en", "cy", "mixed"):
        lines += [*table(f"language: {language}", headline([row for row in rows if row.language == language])), ""]
    return lines


def describe_missed(rows: list[Row]) -> list[str]:
    """A line for each message judged wrongly: what it is, what was found, its words."""
    return [
        " | ".join(
            (f"{LEVELS[row.level]} -> {LEVELS[row.found_level]}", f"{row.needs[:1]} -> {row.found_needs[:1]}", row.text)
        )
        for row in rows
        if row.found_level != row.level or (row.level and row.needs[:1] != row.found_needs[:1])
    ]
