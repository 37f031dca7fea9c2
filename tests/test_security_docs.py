"""docs/security.md: the tests and files that it names are there, each row is whole, nothing of level 1 is left out."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import ROOT

PAGE = ROOT / "docs" / "security.md"
MET, NONE, NOT_MET, THEIRS = STATES = ("met", "does not apply", "not met", "up to whoever installs it")
FOLDERS = "actions|admin|bot|chat|content|docs|ops|safety|tests"
# Of version 5.0.0 of the standard. A chapter or section that does not apply has one row.
LEVEL_1 = re.findall(
    r"\S+",
    """
    1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.5.1 2.1.1 2.2.1 2.2.2 2.3.1 3.2.1 3.2.2 3.3.1 3.4.1 3.4.2 3.5.1 3.5.2
    3.5.3 4.1.1 4.4.1 5.2.1 5.2.2 5.3.1 5.3.2 6.1.1 6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.3.1 6.3.2 6.4.1
    6.4.2 7.2.1 7.2.2 7.2.3 7.2.4 7.4.1 7.4.2 8.1.1 8.2.1 8.2.2 8.3.1 9.1.1 9.1.2 9.1.3 9.2.1 10.4.1 10.4.2 10.4.3
    10.4.4 10.4.5 11.3.1 11.3.2 11.4.1 12.1.1 12.2.1 12.2.2 13.4.1 14.2.1 14.3.1 15.1.1 15.2.1 15.3.1
""",
)


class Row(NamedTuple):
    id: str
    level: str
    asks: str
    state: str
    how: str
    test: str


def rows() -> list[Row]:
    lines = PAGE.read_text("utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if re.match(r"\| V\d", line)]
    assert all(len(row) == len(Row._fields) for row in cells), [row[0] for row in cells if len(row) != 6]
    return [Row(*row) for row in cells]


@cache
def functions_in(file: Path) -> set[str]:
    return {node.name for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)}


def missing_tests(words: str) -> list[str]:
    """Tests that are named and not there."""
    named = re.findall(r"`(tests/[\w/.]+\.py)::(\w+)`", words)
    return [
        f"{file}::{name}"
        for file, name in named
        if not (ROOT / file).is_file() or name not in functions_in(ROOT / file)
    ]


def missing_files(words: str) -> list[str]:
    """Files that are named, or linked to, and not there."""
    named = re.findall(rf"`((?:{FOLDERS})/[\w/.-]+\.\w+)(?:::\w+)?`", words)
    linked = [(PAGE.parent / link).resolve() for link in re.findall(r"\]\(([\w./-]+)\)", words)]
    return [str(file) for file in [*(ROOT / name for name in named), *linked] if not file.is_file()]


def test_every_test_that_is_named_is_there() -> None:
    words = PAGE.read_text("utf-8")
    assert words.count("::") > 100
    assert missing_tests(words) == []


def test_every_file_that_is_named_is_there() -> None:
    assert missing_files(PAGE.read_text("utf-8")) == []


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.id)
def test_a_row_is_whole(row: Row) -> None:
    assert row.state in STATES
    assert row.level in ("1", "2")
    assert row.asks
    if row.state == MET:
        has_file = "`" in row.how
        assert "::" in row.test or (row.test == "by reading" and has_file), "met, and nothing shows it"
    else:
        assert row.how, "it does not say why"
    for test in row.test.split(", ") if row.test else []:
        assert test == "by reading" or re.fullmatch(r"`tests/[\w/]+\.py::(test|attack)_\w+`", test), test


def test_every_requirement_of_level_1_has_a_row() -> None:
    ids = [row.id.removeprefix("V") for row in rows()]
    assert [id_ for id_, times in Counter(ids).items() if times > 1] == []
    whole = {row.id.removeprefix("V") for row in rows() if row.state == NONE}
    left_out = [
        id_ for id_ in LEVEL_1 if id_ not in ids and not whole & {id_.partition(".")[0], id_.rpartition(".")[0]}
    ]
    assert left_out == []
    of_level_1 = {row.id.removeprefix("V") for row in rows() if row.level == "1"}
    assert of_level_1 - set(LEVEL_1) == {"10"}, "the level is another one"


def test_the_count_is_that_of_the_rows() -> None:
    counts = Counter((row.state, row.level) for row in rows())
    lines = [f"| {state} | {counts[state, '1']} | {counts[state, '2']} |" for state in STATES]
    page = PAGE.read_text("utf-8")
    assert [line for line in lines if line not in page] == [], "\n".join(lines)


def test_what_is_gone_would_be_noticed() -> None:
    assert missing_tests("`tests/test_security_docs.py::test_that_never_was`")
    assert missing_tests("`tests/never/test_was.py::test_x`")
    assert missing_files("`admin/never_was.py` and [this](never-was.md)")
