"""Files from any program, and files that are none of ours."""

from __future__ import annotations

import io
import random
import time
import zipfile
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy.orm import Session

from content import sheets
from content.sheets import BrokenSheet
from content.sheets.columns import LARGEST_UNPACKED, TEXT_COLUMNS
from tests.content.sheet_rows import as_csv, as_xlsx, cells


@pytest.fixture
def session(library_session: Session) -> Session:
    return library_session


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_of_any_program_is_read(delimiter: str, encoding: str) -> None:
    file = as_csv(cells(bubble_1='Tŷ, "dŵr"; a\nmwy'), delimiter=delimiter, encoding=encoding)
    (read,) = sheets.read(file, sheets.format_of(file))
    assert read.cells == cells(bubble_1='Tŷ, "dŵr"; a\nmwy')
    assert read.number == 2


def test_a_line_that_only_names_the_delimiter_is_not_a_row() -> None:
    (read,) = sheets.read(b"sep=;\r\n" + as_csv(cells(), delimiter=";"), "csv")
    assert (read.number, read.cells) == (2, cells())


def test_empty_rows_are_left_out_and_counted(session: Session) -> None:
    empty = dict.fromkeys(TEXT_COLUMNS, "")
    rows = sheets.read(as_csv(cells(), empty, empty, cells(language="cy"), empty), "csv")
    assert [row.number for row in rows] == [2, 5]
    assert sheets.plan(session, rows).empty == 2


def test_formulas_days_and_numbers_are_read_as_text(session: Session) -> None:
    line = list(cells().values())
    line[6], line[9], line[10], line[11], line[12] = date(2099, 5, 2), "=1+1", 116123, date(2027, 1, 2), 1.5
    rows = sheets.read(as_xlsx(list(TEXT_COLUMNS), line), "xlsx")
    assert [rows[0].cells[f"bubble {n}"] for n in range(1, 5)] == ["=1+1", "116123", "2027-01-02", "1.5"]
    assert rows[0].cells["starts on"] == "2099-05-02"
    notes = sheets.plan(session, rows).notes
    assert [(note.column, note.says.split(".")[0]) for note in notes] == [
        ("bubble 1", "The cell holds a formula"), ("bubble 3", "The cell holds a date"),
    ]  # fmt: skip


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def with_part(name: str, change: Any) -> bytes:
    """A sound workbook with one of its parts changed."""
    source = zipfile.ZipFile(io.BytesIO(as_xlsx(list(TEXT_COLUMNS), list(cells().values()))))
    return zipped(
        **{part: change(source.read(part)) if part == name else source.read(part) for part in source.namelist()}
    )


SHEET = "xl/worksheets/sheet1.xml"
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (b"", "is empty"),
        (b"  \n ", "is empty"),
        (b"%PDF-1.7\n\x00\x01", "not a spreadsheet"),
        (b"\x89PNG\r\n\x1a\n\x00", "letters of the file"),
        (b"PK\x03\x04 but no zip", "not a spreadsheet"),
        (zipped(hello=b"world"), "not a spreadsheet"),
        (zipped(**{"[Content_Types].xml": b"<no"}), "not a spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel (.xls)"),
        ("topic,bubble 1\nâ".encode("cp1252"), "Welsh letters"),
        (b"name,age\nx,1\n", "does not begin with our headings"),
        (b'topic,"open\nx', "not a spreadsheet"),
        (as_csv(), "nothing under the headings"),
        (b"x" * (sheets.LARGEST_FILE + 1), "larger than 5 MB"),
        (b",".join(name.encode() for name in TEXT_COLUMNS) + b"\n" + b"x\n" * 10_001, "more than 10,000 rows"),
        (b"topic,section\ngrooming,explain\n", "the column “language” is missing"),
        (as_csv(cells()).replace(b"bubble 12", b"bubble 13"), "the column “bubble 13” is not known"),
        (as_csv(cells()).replace(b"bubble 12", b"bubble 11"), "the column “bubble 11” is there twice"),
        (as_csv(cells()).replace(b"bubble 12", b"").replace(b"\r\ngroom", b",\r\ngroom"), "“bubble 12” is missing"),
        (as_csv(cells() | {"extra": "x"}), "row 2: there is something in a column that has no heading"),
        (as_csv(cells() | dict.fromkeys(map(str, range(90)), "") | {"x": "x"}), "no heading"),
        (zipped(**{SHEET: b"0" * (LARGEST_UNPACKED + 1)}), "too large when it is unpacked"),
        (with_part(SHEET, lambda xml: BOMB + xml), "not a spreadsheet"),
        (with_part(SHEET, lambda xml: (BOMB.decode() + xml.decode()).encode("utf-16")), "not a spreadsheet"),
        (with_part(SHEET, lambda xml: xml[: len(xml) // 2]), "not a spreadsheet"),
        (with_part(SHEET, lambda xml: xml.replace(b'r="2"', b'r="999999999999"')), "more than 10,000 rows"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_ours_is_refused_in_words(file: bytes, says: str) -> None:
    started = time.process_time()
    with pytest.raises(BrokenSheet) as caught:
        sheets.read(file, sheets.format_of(file))
    assert says in " ".join(caught.value.problems)
    assert time.process_time() - started < 5


def test_two_sheets_of_the_same_table_are_refused() -> None:
    book = Workbook()
    for sheet in (book.active, book.create_sheet("More")):
        sheet.append(TEXT_COLUMNS)
        sheet.append(list(cells().values()))
    file = io.BytesIO()
    book.save(file)
    with pytest.raises(BrokenSheet, match="Two sheets hold the same table"):
        sheets.read(file.getvalue(), "xlsx")


def test_damage_anywhere_in_a_workbook_is_said_in_words() -> None:
    sound = as_xlsx(list(TEXT_COLUMNS), list(cells().values()))
    chance = random.Random(1)
    refused = 0
    for _ in range(150):
        at = chance.randrange(4, len(sound))
        damaged = sound[:at] + bytes([sound[at] ^ (1 << chance.randrange(8))]) + sound[at + 1 :]
        try:
            sheets.read(damaged, "xlsx")
        except BrokenSheet:
            refused += 1
    assert refused > 50
