"""Texts out to a spreadsheet and back: nothing runs, nothing changes on the way."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from content import drafts, sheets
from content.library import read_library
from content.publishing import latest
from content.reading import variant_for
from content.release import Snapshot
from content.sheets.columns import guard, guard_quotes, unguard
from content.zipping import zip_of
from tests.content.sheet_rows import KEY

HOSTILE = [
    "=1+1", '=HYPERLINK("http://x.example","press")', "+44 20", "-1", "@SUM(A1)", "'=1", "''-x", "\tx", "'fel 'na",
    'Dwed "na".', "ŵ ŷ â ï Ŵ", "a,b;c", "two\nlines", "<b>hi</b>", "007", "1e5", "TRUE", "2027-05-22",
]  # fmt: skip


@pytest.fixture
def session(library_session: Session) -> Session:
    return library_session


@pytest.mark.parametrize(
    ("format_", "tables"),
    [("xlsx", sheets.TABLES), ("csv", [sheets.TEXTS]), ("csv", [sheets.WORDS])],
)
@pytest.mark.parametrize("state", ["live", "newest"])
def test_the_whole_library_comes_back_as_it_was(session: Session, format_: str, tables: list[str], state: str) -> None:
    release = latest(session)
    content = sheets.newest(session) if state == "newest" else release.snapshot
    rows = sheets.read(sheets.write(content, format_, tables), format_)
    plan = sheets.plan(session, rows)
    texts = len(release.variants) if sheets.TEXTS in tables else 0
    words = sum(map(len, release.system.values())) if sheets.WORDS in tables else 0
    assert (plan.problems, plan.changes, plan.notes, plan.empty) == ([], [], [], 0)
    assert plan.unchanged == plan.rows == texts + words
    assert plan.rows > 500
    read = sorted([row.cells[f"bubble {n}"] for n in range(1, 13)] for row in rows if row.table == sheets.TEXTS)
    wrote = sorted([*v.bubbles, *[""] * (12 - len(v.bubbles))] for v in release.variants)
    assert read == (wrote if texts else [])


@pytest.mark.parametrize("format_", sheets.FORMATS)
def test_what_a_spreadsheet_would_run_comes_back_and_does_not_run(format_: str) -> None:
    content = one_text(HOSTILE[:12])
    more = one_text(HOSTILE[12:])
    content["variants"] += [more["variants"][0] | {"section": "signs"}]
    file = sheets.write(content, format_, [sheets.TEXTS])
    read = [row.cells[f"bubble {n}"] for row in sheets.read(file, format_) for n in range(1, 13)]
    assert [text for text in read if text] == HOSTILE
    if format_ == "csv":
        written = [cell for line in csv.reader(io.StringIO(file.decode("utf-8-sig"))) for cell in line]
        assert not [cell for cell in written if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and cell]
    else:
        made = [cell for line in load_workbook(io.BytesIO(file)).active for cell in line if cell.value is not None]
        assert {cell.data_type for cell in made} == {"s"}
        assert all(cell.quotePrefix for cell in made if str(cell.value)[0] in "=+-@")


def one_text(bubbles: list[str], **changes: str) -> Snapshot:
    names = ("topic", "section", "language", "audience", "age_band", "reading_level")
    item = dict(zip(names, KEY, strict=True)) | {"bubbles": bubbles} | changes
    return {"variants": [item], "system": {}}


@given(st.text())
@settings(max_examples=300)
def test_a_guarded_text_is_the_same_again(text: str) -> None:
    assert unguard(guard(text)) == text
    assert unguard(guard_quotes(text)) == text
    assert guard(text)[:1] not in ("=", "+", "-", "@", "\t", "\r") or not text


def test_an_export_holds_what_was_chosen(session: Session) -> None:
    content = sheets.newest(session)
    file = sheets.write(content, "xlsx", topics=["consent"], languages=["cy"])
    rows = sheets.read(file, "xlsx")
    assert {(r.cells["topic"], r.cells["language"]) for r in rows if r.table == sheets.TEXTS} == {("consent", "cy")}
    assert {r.cells["language"] for r in rows if r.table == sheets.WORDS} == {"cy"}
    with pytest.raises(ValueError, match="one table"):
        sheets.write(content, "csv", sheets.TABLES)


def test_the_newest_is_not_what_is_live(session: Session) -> None:
    drafts.save_draft(session, variant_for(session, KEY), ["Not live yet."], "bea")
    drafts.save_words(session, "en", "joke", "A better one.", "bea")
    newest, live = sheets.newest(session), latest(session).snapshot
    for content, is_there in ((newest, True), (live, False)):
        file = sheets.write(content, "csv", [sheets.TEXTS], topics=["grooming"]).decode()
        assert ("Not live yet." in file) is is_there
        assert ("A better one." in sheets.write(content, "csv", [sheets.WORDS]).decode()) is is_there


def test_a_release_as_a_zip_is_read_back_as_it_was(session: Session, tmp_path: Path) -> None:
    release = latest(session)
    made = zip_of(release)
    assert made == zip_of(release)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        archive.extractall(tmp_path)
    assert (tmp_path / "release-1" / "topics" / "grooming.en.yml").exists()
    assert len(read_library(tmp_path / "release-1")["variants"]) == len(release.variants)
