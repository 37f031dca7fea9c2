"""Reads rows from a file that someone sent: a workbook or csv, whatever state it is in."""

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook

from content.errors import BrokenContent
from content.sheets.columns import (
    CSV,
    LARGEST_FILE,
    LARGEST_UNPACKED,
    MOST_ROWS,
    MOST_WORD_TEXTS,
    TEXT_COLUMNS,
    TEXTS,
    WORD_KEY_COLUMNS,
    WORDS,
    XLSX,
    Row,
    unguard,
    word_columns,
)

MOST_COLUMNS = 100  # looked at in a workbook; far more than any table has
MOST_LINES = 100_000  # looked at, empty ones too: a file of a few letters can claim to have billions
FORMULA, DAY = "formula", "day"
Cell = tuple[str, str]  # the text, and FORMULA or DAY where it was that, else ""
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")  # XML in which a DOCTYPE would not be found
_NOT_ONE = "The file is not a spreadsheet that can be read. Save it as an Excel workbook (.xlsx) or as CSV UTF-8."
_TOO_MANY = f"The file has more than {MOST_ROWS:,} rows. Split it into smaller ones."


class BrokenSheet(BrokenContent):
    """A file that is not one of our tables; nothing in it was looked at."""

    def __init__(self, *problems: str) -> None:
        super().__init__(problems)


def format_of(data: bytes) -> str:
    """XLSX or CSV, by what the file is and not by its name."""
    return XLSX if data.startswith(b"PK") else CSV


def read(data: bytes, format_: str) -> list[Row]:
    """The rows that have something in them. Raises BrokenSheet for a file that is not ours, or too large."""
    if len(data) > LARGEST_FILE:
        raise BrokenSheet(f"The file is larger than {LARGEST_FILE // 1024**2} MB. Split it into smaller ones.")
    if not data.strip():
        raise BrokenSheet("The file is empty.")
    rows = list(_read_xlsx(data) if format_ == XLSX else _rows_of(_read_csv(data), "The file"))
    if len(rows) > MOST_ROWS:
        raise BrokenSheet(_TOO_MANY)
    if not rows:
        raise BrokenSheet("There is nothing under the headings.")
    return rows


def _read_csv(data: bytes) -> Iterator[Sequence[Cell]]:
    if data.startswith(_OLD_EXCEL):
        raise BrokenSheet("This is a workbook of an old Excel (.xls). Save it as an Excel workbook (.xlsx).")
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        raise BrokenSheet(
            "The letters of the file can not be read. In Excel choose “CSV UTF-8” or “Excel workbook” when you save: "
            "plain CSV loses Welsh letters."
        ) from None
    if "\0" in text:
        raise BrokenSheet(_NOT_ONE)
    first = text.partition("\n")[0].strip()
    if first.casefold().startswith("sep=") and len(first) == 5:  # a line that only says what parts the cells
        text = text.partition("\n")[2]
    headings = text.lstrip().partition("\n")[0]
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=headings.count), strict=True):
            yield [(cell, "") for cell in line]
    except csv.Error:
        raise BrokenSheet(_NOT_ONE) from None


def _read_xlsx(data: bytes) -> Iterator[Row]:
    _refuse_bombs(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about parts of a workbook that are of no use here
            book = load_workbook(io.BytesIO(data), read_only=True)
            seen: set[str] = set()
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # what the file says about its own size may be wrong
                lines = map(_cells, sheet.iter_rows(max_col=MOST_COLUMNS))
                rows = list(_rows_of(lines, f"The sheet “{sheet.title}”"))
                if rows and rows[0].table in seen:
                    raise BrokenSheet("Two sheets hold the same table. Put their rows into one.")
                seen |= {row.table for row in rows}
                yield from rows
    except BrokenSheet:
        raise
    except Exception as error:  # a damaged file can fail in any way
        raise BrokenSheet(_NOT_ONE) from error


def _refuse_bombs(data: bytes) -> None:
    """A small zip can hold gigabytes, and a few letters of XML can call for them."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > LARGEST_UNPACKED or len(parts) > 1000:
                raise BrokenSheet(
                    f"The file is too large when it is unpacked: at most {LARGEST_UNPACKED // 1024**2} MB."
                )
            for part in parts:
                content = archive.read(part)
                if b"<!DOCTYPE" in content or content.startswith(_UTF_16):
                    raise BrokenSheet(_NOT_ONE)
    except BrokenSheet:
        raise
    except Exception as error:
        raise BrokenSheet(_NOT_ONE) from error


def _cells(line: Sequence[Any]) -> list[Cell]:
    """The cells of a row, none for an empty one."""
    is_empty = all(cell.value is None for cell in line)
    return [] if is_empty else [("", "") if cell.value is None else _cell(cell) for cell in line]


def _cell(cell: Any) -> Cell:
    value = cell.value
    if cell.data_type == "f":
        return str(getattr(value, "text", None) or value), FORMULA
    if isinstance(value, datetime):
        return (value.date().isoformat() if value.time() == time() else value.isoformat(" ")), DAY
    if isinstance(value, date | time):
        return value.isoformat(), DAY
    if isinstance(value, float) and value.is_integer():
        return str(int(value)), ""
    return (value if isinstance(value, str) else str(value)), ""


def _rows_of(lines: Iterable[Sequence[Cell]], where: str) -> Iterator[Row]:
    """The rows under the first line with something in it, which holds the headings."""
    table, columns, full = "", [""], 0
    for number, line in enumerate(lines, 1):
        if number > MOST_LINES:
            raise BrokenSheet(_TOO_MANY)
        if not any(text.strip() for text, _ in line):
            continue
        if not table:
            columns = [" ".join(text.replace("_", " ").casefold().split()) for text, _ in line]
            table = _table_of(columns, where)
            continue
        full += 1
        if full > MOST_ROWS:
            raise BrokenSheet(_TOO_MANY)
        known = [(name, text, odd) for name, (text, odd) in zip(columns, line, strict=False) if name]
        lost = [text for name, (text, _) in zip(columns, line, strict=False) if not name and text.strip()]
        if lost or any(text.strip() for text, _ in line[len(columns) :]):
            raise BrokenSheet(f"{where}, row {number}: there is something in a column that has no heading.")
        cells = dict.fromkeys(filter(None, columns), "") | {name: unguard(text) for name, text, _ in known}
        yield Row(table, number, cells, {name: odd for name, _, odd in known if odd})


def _table_of(columns: Sequence[str], where: str) -> str:
    """Which table has these headings. Raises BrokenSheet, naming those that are wrong, missing or there twice."""
    given = [name for name in columns if name]
    table = WORDS if "key" in given else TEXTS
    needed = (*WORD_KEY_COLUMNS, "text 1") if table == WORDS else TEXT_COLUMNS
    known = word_columns(MOST_WORD_TEXTS) if table == WORDS else TEXT_COLUMNS
    if not set(given) & set(known):
        raise BrokenSheet(f"{where} does not begin with our headings. Start from an export and keep its first row.")
    problems = [f"the column “{name}” is missing" for name in needed if name not in given]
    problems += [f"the column “{name[:80]}” is not known" for name in dict.fromkeys(given) if name not in known]
    problems += [f"the column “{name[:80]}” is there twice" for name in dict.fromkeys(given) if given.count(name) > 1]
    if problems:
        raise BrokenSheet(*(f"{where}: {problem}." for problem in problems))
    return table
