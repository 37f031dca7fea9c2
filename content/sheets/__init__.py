"""Texts as spreadsheets: write() them, read() them back, plan() what a sheet would change, draft() it.

A workbook (xlsx) may hold both tables, the texts of topics and the system messages; a csv file holds one.
"""

from content.sheets.columns import CSV, FORMATS, LARGEST_FILE, MOST_ROWS, TABLES, TEXTS, WORDS, XLSX, Row
from content.sheets.drafting import draft
from content.sheets.holding import held_by, hold, rows_of
from content.sheets.planning import Plan, Problem, plan
from content.sheets.reading import BrokenSheet, format_of, read
from content.sheets.writing import newest, write

__all__ = [
    "CSV",
    "FORMATS",
    "LARGEST_FILE",
    "MOST_ROWS",
    "TABLES",
    "TEXTS",
    "WORDS",
    "XLSX",
    "BrokenSheet",
    "Plan",
    "Problem",
    "Row",
    "draft",
    "format_of",
    "held_by",
    "hold",
    "newest",
    "plan",
    "read",
    "rows_of",
    "write",
]
