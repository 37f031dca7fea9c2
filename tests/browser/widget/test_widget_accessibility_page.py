"""docs/accessibility.md names tests that are there, and goes through all of WCAG 2.2 AA."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
# W3C, WCAG 2.2: the last criterion of each guideline, and those of level AAA among them.
LAST = {
    "1.1": 1, "1.2": 9, "1.3": 6, "1.4": 13,
    "2.1": 4, "2.2": 6, "2.3": 3, "2.4": 13, "2.5": 8,
    "3.1": 6, "3.2": 6, "3.3": 9,
    "4.1": 3,
}  # fmt: skip
AAA = (
    "1.2.6", "1.2.7", "1.2.8", "1.2.9", "1.3.6", "1.4.6", "1.4.7", "1.4.8", "1.4.9",
    "2.1.3", "2.2.3", "2.2.4", "2.2.5", "2.2.6", "2.3.2", "2.3.3", "2.4.8", "2.4.9", "2.4.10", "2.4.12", "2.4.13",
    "2.5.5", "2.5.6", "3.1.3", "3.1.4", "3.1.5", "3.1.6", "3.2.5", "3.3.5", "3.3.6", "3.3.9",
)  # fmt: skip
GONE = ("4.1.1",)


def test_every_criterion_of_a_and_aa_is_gone_through() -> None:
    wanted = {f"{part}.{number}" for part, last in LAST.items() for number in range(1, last + 1)} - {*AAA, *GONE}
    assert len(wanted) == 55
    rows = "\n".join(line.split("|")[1] for line in PAGE.splitlines() if line.startswith("| "))
    named = set(re.findall(r"\d\.\d\.\d+", rows))
    named |= {f"1.2.{number}" for number in range(1, 6)} if "1.2.1 to 1.2.5" in rows else set()
    assert wanted - named == set()


def test_every_test_it_names_is_there() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    missing = [name for name in set(re.findall(r"`(test_\w+)`", PAGE)) if f"def {name}(" not in sources]
    assert missing == []


def test_every_picture_it_shows_is_there() -> None:
    pictures = re.findall(r"\]\((images/[\w-]+\.png)\)", PAGE)
    assert pictures
    assert [picture for picture in pictures if not (ROOT / "docs" / picture).is_file()] == []
