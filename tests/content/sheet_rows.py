"""Builders of rows and files, for the tests of spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import Any

from openpyxl import Workbook
from sqlalchemy.orm import Session

from content import sheets
from content.sheets import Row
from content.sheets.columns import TEXT_COLUMNS

KEY = ("grooming", "explain", "en", "young_person", "any", "standard")


def cells(**changes: str) -> dict[str, str]:
    """A sound row for KEY; `bubble_1` names the column "bubble 1"."""
    line = dict.fromkeys(TEXT_COLUMNS, "") | dict(zip(TEXT_COLUMNS, KEY, strict=False)) | {"bubble 1": "A new text."}
    return line | {name.replace("_", " "): value for name, value in changes.items()}


def row(number: int = 2, **changes: str) -> Row:
    return Row(sheets.TEXTS, number, cells(**changes), {})


def words_row(number: int = 2, language: str = "en", key: str = "joke", **texts: str) -> Row:
    said = {name.replace("_", " "): text for name, text in texts.items()}
    return Row(sheets.WORDS, number, {"language": language, "key": key, **said}, {})


def as_csv(*lines: dict[str, str], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow(TEXT_COLUMNS)
    writer.writerows(list(line.values()) for line in lines)
    return file.getvalue().encode(encoding)


def as_xlsx(*lines: list[Any]) -> bytes:
    book = Workbook()
    for line in lines:
        book.active.append(line)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def problems_of(session: Session, *rows: Row) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.says) for problem in sheets.plan(session, rows).problems]
