"""The last published figures of the assessor, read from docs/safety-evaluation.md."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from content.settings import ROOT

REPORT = ROOT / "docs" / "safety-evaluation.md"
_BETWEEN = re.compile(r"<!-- make safety: start -->\n(.*?)<!-- make safety: end -->", re.DOTALL)
_SAYS_DATE = re.compile(r"\b(\d{4}-\d{2}-\d{2})\b")


@dataclass(frozen=True)
class Figures:
    """Tables by what they are about, each with its rows (what, share). `measured_on` where the report says it."""

    tables: list[tuple[str, list[tuple[str, str]]]]
    measured_on: date | None
    written_on: date


def read_figures(report: Path = REPORT) -> Figures | None:
    """None when there is no report, or nothing between its marks."""
    try:
        between = _BETWEEN.search(report.read_text("utf-8"))
        written_on = datetime.fromtimestamp(report.stat().st_mtime).date()
    except OSError:
        return None
    tables = _tables_in(between[1]) if between else []
    if not between or not tables:
        return None
    says = _SAYS_DATE.search(between[1])
    return Figures(tables, date.fromisoformat(says[1]) if says else None, written_on)


def _tables_in(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    tables: list[tuple[str, list[tuple[str, str]]]] = []
    for block in re.findall(r"(?:^\|.*\n)+", text, flags=re.MULTILINE):
        head, _, *rows = [_cells_of(line) for line in block.splitlines()]
        tables.append((head[0], [(row[0], row[1]) for row in rows if len(row) > 1]))
    return tables


def _cells_of(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
