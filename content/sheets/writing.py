"""Writes texts and system messages as a spreadsheet that never runs what is in it."""

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from sqlalchemy.orm import Session

from content.helplines import london_time
from content.models.topics import ANY_AGE
from content.reading import newest_words, words_in_order
from content.release import Snapshot
from content.sheets.columns import (
    CSV,
    FEWEST_WORD_TEXTS,
    MOST_WORD_TEXTS,
    SHEET_NAMES,
    TABLES,
    TEXT_COLUMNS,
    TEXTS,
    guard,
    guard_quotes,
    word_columns,
)
from content.sheets.standing import days_of, standing_texts, variants_by_key
from content.taxonomy import LANGUAGES

Lines = list[Sequence[str]]
_BOLD, _WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")
_NARROW, _WIDE = 18, 48  # the width of a column, in characters


def newest(session: Session) -> Snapshot:
    """The newest texts and system messages, published or not, under "variants" and "system" as a release has them."""
    today = london_time(None).date()
    names = ("topic", "section", "language", "audience", "age_band", "reading_level")
    system: dict[str, dict[str, Any]] = {language: {} for language in LANGUAGES}
    for word in words_in_order(session):
        if (words := newest_words(word)) is not None:
            system[word.language][word.key] = words
    return {
        "variants": [
            dict(zip(names, key, strict=True)) | text
            for key, variant in variants_by_key(session).items()
            for text in standing_texts(variant.revisions, today).values()
        ],
        "system": system,
    }


def write(
    content: Snapshot,
    format_: str,
    tables: Collection[str] = TABLES,
    *,
    topics: Collection[str] = (),
    languages: Collection[str] = LANGUAGES,
) -> bytes:
    """The tables as a file: XLSX or CSV. No `topics` means all of them. Raises ValueError for two tables in a csv."""
    rows = {
        table: list(_text_lines(content, topics, languages) if table == TEXTS else _word_lines(content, languages))
        for table in TABLES
        if table in tables
    }
    if format_ == CSV:
        if len(rows) != 1:
            raise ValueError("A csv file holds one table.")
        return _as_csv(next(iter(rows.values())))
    return _as_xlsx(rows)


def _text_lines(content: Snapshot, topics: Collection[str], languages: Collection[str]) -> Iterator[Sequence[str]]:
    """A line for each text; of two texts for the same readers and days the one that is shown."""
    yield TEXT_COLUMNS
    today = london_time(None).date()
    seen = set()
    for item in content["variants"]:
        key = (item["topic"], item["section"], item["language"], item["audience"], item["age_band"] or ANY_AGE)
        fit = (*key, item["reading_level"], days_of(item, today))
        if fit in seen or (topics and item["topic"] not in topics) or item["language"] not in languages:
            continue
        seen.add(fit)
        options = [item.get(name) or "" for name in ("starts_on", "ends_on", "picture")]
        line = [*key, item["reading_level"], *options, *item["bubbles"]]
        yield [*line, *[""] * (len(TEXT_COLUMNS) - len(line))]


def _word_lines(content: Snapshot, languages: Collection[str]) -> Iterator[Sequence[str]]:
    lines = [
        [language, key, *([words] if isinstance(words, str) else words)]
        for language in languages
        for key, words in sorted(content["system"].get(language, {}).items())
    ]
    columns = word_columns(min(MOST_WORD_TEXTS, max([FEWEST_WORD_TEXTS, *(len(line) - 2 for line in lines)])))
    yield columns
    yield from ([*line, *[""] * (len(columns) - len(line))] for line in lines)


def _as_csv(lines: Lines) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([guard(text) for text in line] for line in lines)
    return file.getvalue().encode("utf-8-sig")  # the mark tells Excel that it is UTF-8


def _as_xlsx(tables: dict[str, Lines]) -> bytes:
    book = Workbook(write_only=True)
    for table, lines in tables.items():
        sheet = book.create_sheet(SHEET_NAMES[table])
        sheet.freeze_panes = "A2"
        for number, name in enumerate(lines[0], 1):
            is_wide = name.startswith(("bubble", "text"))
            sheet.column_dimensions[get_column_letter(number)].width = _WIDE if is_wide else _NARROW
        for row, line in enumerate(lines):
            sheet.append([_cell(sheet, text, is_heading=row == 0) for text in line])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: Any, text: str, *, is_heading: bool) -> Any:
    """A cell that is text and stays so, even when someone clicks into it and presses Enter."""
    if not text:
        return None
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", guard_quotes(text)))
    cell.data_type = "s"
    if is_heading:
        cell.font = _BOLD
    else:
        cell.alignment = _WRAPPED
        if guard(text) != text:
            cell.quotePrefix = True
    return cell
