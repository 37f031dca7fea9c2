"""The shape of a sheet: its columns, its limits, one row as it was read, and how a cell is kept from being run."""

import re
from dataclasses import dataclass

from content.checks import MAX_BUBBLES_OF_TEXT

XLSX, CSV = FORMATS = ("xlsx", "csv")
TEXTS, WORDS = TABLES = ("texts", "words")  # texts of topics; system messages
SHEET_NAMES = {TEXTS: "Texts", WORDS: "System messages"}

KEY_COLUMNS = ("topic", "section", "language", "audience", "age band", "reading level")
BUBBLE_COLUMNS = tuple(f"bubble {number}" for number in range(1, MAX_BUBBLES_OF_TEXT + 1))
TEXT_COLUMNS = (*KEY_COLUMNS, "starts on", "ends on", "picture", *BUBBLE_COLUMNS)
WORD_KEY_COLUMNS = ("language", "key")
FEWEST_WORD_TEXTS, MOST_WORD_TEXTS = 12, 40  # columns written at least, read at most

LARGEST_FILE = 5 * 1024 * 1024  # bytes
LARGEST_UNPACKED = 40 * 1024 * 1024  # bytes of everything in an xlsx, which is a zip
MOST_ROWS = 10_000  # with something in them, without the headings

_RUNS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")  # the wide ones in East Asian spreadsheets
_GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


@dataclass(frozen=True)
class Row:
    """One row with something in it. `number` as the spreadsheet counts, the headings are row 1.

    `cells` holds every column of the table, empty ones as "". `odd` says how cells of a kind other than text
    were read: "formula" or "day" by column.
    """

    table: str
    number: int
    cells: dict[str, str]
    odd: dict[str, str]


def word_columns(texts: int) -> tuple[str, ...]:
    """The columns of system messages with this many texts at most."""
    return (*WORD_KEY_COLUMNS, *(f"text {number}" for number in range(1, texts + 1)))


def guard(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would run it: it begins with = + - or @."""
    return "'" + text if _RUNS.match(text) else text


def guard_quotes(text: str) -> str:
    """For a cell that is marked as text and so never runs: only what unguard() would mistake gets an apostrophe."""
    return "'" + text if _GUARDED.match(text) else text


def unguard(text: str) -> str:
    """The text as it was before guard() or guard_quotes()."""
    return text[1:] if _GUARDED.match(text) else text
