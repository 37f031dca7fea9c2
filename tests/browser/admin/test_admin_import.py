"""500 texts come back from a spreadsheet: first with three bad rows, then mended."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from admin.demo import email_of
from admin.models import AUTHOR
from content.checks import MAX_BUBBLE_LENGTH
from content.models import Revision
from content.sheets.columns import KEY_COLUMNS, TEXT_COLUMNS
from content.taxonomy import AGE_BANDS
from tests.browser.admin.looking import problems_of
from tests.browser.admin.serving import Site, sign_in

Cells = list[str]
ROWS = 500
KEYS = len(KEY_COLUMNS)
FIRST, SECOND = (TEXT_COLUMNS.index(name) for name in ("bubble 1", "bubble 2"))
# What is wrong: the row as the spreadsheet counts it, the cell, and what is said about it.
BAD = [
    (102, TEXT_COLUMNS.index("topic"), "groming", "There is no topic “groming”. Did you mean “grooming”?"),
    (202, TEXT_COLUMNS.index("age band"), "12", f"“12” is not one of any, {', '.join(AGE_BANDS)}. Write one of these."),
    (302, SECOND, "x" * 300, f"Bubble 2 has 300 characters, at most {MAX_BUBBLE_LENGTH} are allowed."),
]


def exported(page: Page, site: Site, folder: Path) -> list[Cells]:
    """The newest texts, as staff download them."""
    page.goto(f"{site.url}/sheets")
    page.get_by_label("CSV").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines))[1:]


def write_sheet(rows: list[Cells], file: Path) -> Path:
    book = Workbook()
    for row in (TEXT_COLUMNS, *rows):
        book.active.append(list(row))
    book.save(file)
    return file


def send(page: Page, site: Site, file: Path) -> None:
    page.goto(f"{site.url}/sheets")
    page.get_by_role("button", name="Import a spreadsheet").click()
    page.get_by_label("Spreadsheet").set_input_files(file)
    page.get_by_role("button", name="See what would change").click()
    expect(page.locator("h1")).to_have_text("What the spreadsheet would change")


def revisions(site: Site) -> int:
    with site.database() as session:
        return session.scalar(select(func.count()).select_from(Revision)) or 0


@pytest.fixture
def rows(own_site: Site, page: Page, tmp_path: Path) -> list[Cells]:
    """An export of which 500 texts that are shown at all times have a new first bubble."""
    sign_in(page, own_site, email_of(AUTHOR))
    lasting = [row for row in exported(page, own_site, tmp_path) if not any(row[KEYS : KEYS + 2])]
    changed = [[*row[:FIRST], f"Text {number}.", *row[SECOND:]] for number, row in enumerate(lasting[:ROWS], 2)]
    assert len(changed) == ROWS
    return changed


def test_nothing_comes_in_until_every_row_is_right(
    own_site: Site, page: Page, rows: list[Cells], tmp_path: Path
) -> None:
    before = revisions(own_site)
    bad = [list(row) for row in rows]
    for number, column, value, _ in BAD:
        bad[number - 2][column] = value
    send(page, own_site, write_sheet(bad, tmp_path / "bad.xlsx"))
    problems = page.locator("#problems tbody tr")
    expect(problems).to_have_count(len(BAD))
    for number, column, _, says in BAD:
        said = problems.filter(has_text=f"Texts, row {number}")
        expect(said).to_contain_text(TEXT_COLUMNS[column])
        expect(said).to_contain_text(says)
    page.get_by_role("button", name=f"Save {ROWS - len(BAD)} drafts").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Put the rows with problems right")
    wrong = problems_of(page, page.content())
    assert not wrong, "\n".join(wrong)
    assert revisions(own_site) == before

    mended = write_sheet(rows, tmp_path / "mended.xlsx")
    send(page, own_site, mended)
    expect(problems).to_have_count(0)
    expect(page.get_by_text(f"The first 50 of {ROWS} changes")).to_be_visible()
    assert revisions(own_site) == before
    page.get_by_role("button", name=f"Save {ROWS} drafts").click()
    expect(page.get_by_text(f"{ROWS} drafts are saved from the spreadsheet.")).to_be_visible()
    there = {tuple(row) for row in exported(page, own_site, tmp_path)}
    assert [row for row in rows if tuple(row) not in there] == []
    send(page, own_site, mended)
    expect(page.get_by_text("There is nothing to import")).to_be_visible()
