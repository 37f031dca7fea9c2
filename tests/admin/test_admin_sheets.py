"""Import and export: what would change is shown first, and nothing is half imported."""

from __future__ import annotations

import csv
import io
import time
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from content import drafts, sheets
from content.models import AuditEntry, HeldImport, Revision, SystemWord
from content.reading import key_of, variant_for
from content.sheets.columns import TEXT_COLUMNS
from content.sheets.standing import variants_by_key
from tests.admin.browsing import Browser, Page

SignIn = Callable[[str], Browser]
KEY = ("grooming", "explain", "en", "young_person", "any", "standard")
WELSH = (*KEY[:2], "cy", *KEY[3:])


def line(*bubbles: str, key: tuple[str, ...] = KEY) -> list[str]:
    start = [*key, "", "", "", *bubbles]
    return [*start, *[""] * (len(TEXT_COLUMNS) - len(start))]


def xlsx(*lines: list[str], headings: Any = TEXT_COLUMNS) -> bytes:
    book = Workbook()
    for values in (headings, *lines):
        book.active.append(list(values))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def send(browser: Browser, file: bytes, name: str = "texts.xlsx", *, status: int = 200) -> Page:
    return browser.send(browser.open("/sheets/import"), file=(io.BytesIO(file), name), status=status)


def confirm(browser: Browser, page: Page, **changes: str) -> Page:
    """As browsers send it: a box that is not ticked is not sent."""
    page.form.fields.pop("leave_out", None)
    return browser.send(page, page.form, **changes)


def newest(session: Session, key: Any = KEY) -> Revision:
    session.expire_all()
    return variant_for(session, key).newest


def test_an_import_is_shown_then_drafted(ann: Browser, session: Session) -> None:
    before = newest(session)
    was = before.body[0]
    page = send(ann, xlsx(line("A new text.", "And more."), line("Newydd.", key=WELSH)))
    assert page.text_of("h1") == "What the spreadsheet would change"
    assert "texts.xlsx" in page.words
    assert "New 0 Changed 2 As they are 0 With problems 0 rows" in page.words
    assert was in page.words
    assert "A new text." in page.words
    assert newest(session).number == before.number
    page = confirm(ann, page)
    assert "2 drafts are saved from the spreadsheet" in page.words
    text = newest(session)
    assert (text.body, text.author) == (["A new text.", "And more."], "ann@example.org")
    assert text.note == "Imported from texts.xlsx"
    assert newest(session, WELSH).body == ["Newydd."]
    assert session.query(HeldImport).count() == 0
    logged = session.scalars(select(AuditEntry).where(AuditEntry.kind == "revisions")).all()
    assert {entry.name.split(",")[0] for entry in logged if entry.who == "ann@example.org"} == {
        "/".join(KEY),
        "/".join(WELSH),
    }


def test_what_was_exported_changes_nothing(ann: Browser) -> None:
    answer = ann.client.get("/sheets?tables=texts&tables=words&languages=cy&languages=en&state=newest&format=xlsx")
    page = send(ann, answer.data)
    assert "New 0 Changed 0" in page.words
    assert "There is nothing to import" in page.words
    assert "Save" not in page.text_of("button")


def test_nothing_is_half_imported(ann: Browser, session: Session) -> None:
    number = newest(session).number
    page = send(ann, xlsx(line("A good one."), line("Bad.", key=("knitting", *KEY[1:]))))
    assert "Texts, row 3 topic There is no topic “knitting”." in page.words
    page = confirm(ann, page)
    assert page.text_of("title").startswith("Error: ")
    assert "or choose to leave them out" in page.words
    assert newest(session).number == number
    assert "Import the good rows and leave this 1 out" in page.words
    page = confirm(ann, page, leave_out="y")
    assert "1 draft is saved" in page.words
    assert newest(session).body == ["A good one."]


def test_500_rows_with_three_bad_ones_are_shown_in_time(ann: Browser, session: Session) -> None:
    keys = [key_of(variant) for variant in list(variants_by_key(session).values())[:500]]
    lines = [line(f"Text {number}.", "A second bubble. " * 8, key=key) for number, key in enumerate(keys, 2)]
    lines[100][0], lines[200][4], lines[300][10] = "knitting", "12", "x" * 300
    file = xlsx(*lines)
    started = time.process_time()
    page = send(ann, file)
    assert time.process_time() - started < 3
    assert "Changed 497 As they are 0 With problems 3 rows" in page.words
    for row, column in ((102, "topic"), (202, "age band"), (302, "bubble 2")):
        assert f"row {row} {column}" in page.words
    assert "The first 50 of 497 changes" in page.words
    assert len([tag for tag, given in page.tags if given.get("class") == "card"]) == 50
    count = session.query(Revision).count()
    assert "497 drafts are saved" in confirm(ann, page, leave_out="y").words
    assert session.query(Revision).count() == count + 497


def test_who_has_not_seen_the_newest_looks_again(ann: Browser, session: Session) -> None:
    page = send(ann, xlsx(line("Mine.")))
    drafts.save_draft(session, variant_for(session, KEY), ["Someone else's."], "bea")
    session.commit()
    page = confirm(ann, page)
    assert "The texts have changed since you opened this page" in page.words
    assert "Someone else's." in page.words
    assert newest(session).body == ["Someone else's."]
    confirm(ann, page)
    assert newest(session).body == ["Mine."]


def test_a_sheet_is_for_who_sent_it_once_and_for_a_day(ann: Browser, signed_in: SignIn, session: Session) -> None:
    page = send(ann, xlsx(line("Mine.")))
    author = signed_in("author")
    author.open(page.path, status=404)
    token = author.open("/account").forms[-1].fields["csrf_token"]
    sent = {"csrf_token": token, "seen": page.form.fields["seen"]}
    assert author.client.post(page.path, data=sent).status_code == 404
    held = session.query(HeldImport).one()
    held.created_at -= timedelta(days=1, seconds=1)
    session.commit()
    ann.open(page.path, status=404)
    page = send(ann, xlsx(line("Again.")))
    session.expire_all()
    assert session.query(HeldImport).count() == 1
    confirm(ann, page)
    ann.open(page.path, status=404)


def test_system_messages_are_imported_too(ann: Browser, session: Session) -> None:
    file = xlsx(
        ["en", "joke", "Ha."], ["cy", "phone_bill", "Un.", "Dau."], headings=["language", "key", "text 1", "text 2"]
    )
    page = confirm(ann, send(ann, file))
    assert "2 drafts are saved" in page.words
    session.expire_all()
    assert session.get_one(SystemWord, ("en", "joke")).draft == "Ha."
    assert session.get_one(SystemWord, ("cy", "phone_bill")).draft == ["Un.", "Dau."]
    assert session.get_one(SystemWord, ("en", "joke")).author == "ann@example.org"


def test_html_in_a_sheet_is_shown_as_text(ann: Browser) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    page = send(ann, xlsx(line(evil), line("x", key=(evil, *KEY[1:]))), name=f"..\\folder/{evil[:8]}.xlsx")
    assert "<script>" in page.words
    assert "<script" not in page.html
    assert "<img" not in page.html
    assert "folder" not in page.words


def test_a_formula_is_pointed_out(ann: Browser) -> None:
    page = send(ann, xlsx(line("=HYPERLINK(1)")))
    assert "row 2 bubble 1 The cell holds a formula" in page.words


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(10):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b"0" * 20_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("file", "name", "says"),
    [
        (b"", "", "Choose a file."),
        (b"", "a.csv", "The file is empty."),
        (b"%PDF-1.7\x00", "a.xlsx", "not a spreadsheet"),
        (bomb(), "a.xlsx", "too large when it is unpacked"),
        (b"a,b\n1,2\n", "a.csv", "does not begin with our headings"),
        (xlsx(line("x")[:-1], headings=TEXT_COLUMNS[:-1]), "a.xlsx", "the column “bubble 12” is missing"),
    ],
)
def test_a_file_that_is_not_ours_is_refused(ann: Browser, session: Session, file: bytes, name: str, says: str) -> None:
    page = send(ann, file, name)
    assert page.text_of("h1") == "Import a spreadsheet"
    assert page.text_of("title").startswith("Error: ")
    assert says in page.words
    assert session.query(HeldImport).count() == 0


@pytest.mark.parametrize(("size", "status"), [(sheets.LARGEST_FILE + 1, 200), (6_000_000, 413)])
def test_a_large_file_is_refused_in_words(ann: Browser, session: Session, size: int, status: int) -> None:
    token = ann.open("/sheets/import").form.fields["csrf_token"]
    sent = {"csrf_token": token, "file": FileStorage(io.BytesIO(b"x" * size), "a.csv")}
    boundary, body = encode_multipart(sent)
    answer = ann.client.post("/sheets/import", data=body, content_type=f"multipart/form-data; boundary={boundary}")
    assert answer.status_code == status
    assert "The file is larger than 5 MB. Split it into smaller ones." in answer.text
    assert session.query(HeldImport).count() == 0


def test_only_the_import_takes_large_forms(ann: Browser) -> None:
    token = ann.open("/account").forms[-1].fields["csrf_token"]
    sent = {"csrf_token": token, "why": "x" * 300_000}
    assert ann.client.post("/releases/publish", data=sent).status_code == 413


def test_a_file_from_elsewhere_is_refused(ann: Browser, session: Session) -> None:
    sent = {"file": (io.BytesIO(xlsx(line("x"))), "a.xlsx")}
    assert ann.client.post("/sheets/import", data=sent).status_code == 400
    assert session.query(HeldImport).count() == 0


def test_an_export_has_what_was_chosen_and_a_name(ann: Browser, session: Session) -> None:
    drafts.save_draft(session, variant_for(session, KEY), ["=Not live yet."], "bea")
    session.commit()
    choice = "tables=texts&topics=grooming&languages=en"
    live = ann.client.get(f"/sheets?{choice}&state=live&format=csv")
    assert "lantern-release-1.csv" in live.headers["Content-Disposition"]
    assert live.headers["Content-Disposition"].startswith("attachment")
    rows = list(csv.DictReader(io.StringIO(live.data.decode("utf-8-sig"))))
    assert {(row["topic"], row["language"]) for row in rows} == {("grooming", "en")}
    assert b"Not live yet" not in live.data
    new = ann.client.get(f"/sheets?{choice}&state=newest&format=csv")
    assert "'=Not live yet." in new.data.decode()
    book = load_workbook(io.BytesIO(ann.client.get(f"/sheets?{choice}&tables=words&state=newest&format=xlsx").data))
    assert book.sheetnames == ["Texts", "System messages"]


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        ("languages=en&state=live&format=csv", "Choose at least one of the two."),
        ("tables=texts&state=live&format=csv", "Choose at least one language."),
        ("tables=texts&tables=words&languages=en&state=live&format=csv", "A CSV file holds one table."),
        ("tables=texts&languages=en&topics=knitting&state=live&format=csv", "There is a problem"),
        ("tables=texts&languages=en&state=old&format=pdf", "There is a problem"),
    ],
)
def test_a_choice_that_does_not_work_is_said(ann: Browser, choice: str, says: str) -> None:
    page = ann.open(f"/sheets?{choice}")
    assert page.text_of("title").startswith("Error: Import and export")
    assert says in page.words


def test_import_and_export_are_in_the_navigation(signed_in: SignIn) -> None:
    page = signed_in("author").open("/")
    assert "/sheets" in [given.get("href") for tag, given in page.tags if tag == "a"]


def test_a_release_is_downloaded_as_files(signed_in: SignIn) -> None:
    author = signed_in("author")
    answer = author.client.get("/releases/1/files.zip")
    assert "lantern-release-1.zip" in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert "release-1/topics/grooming.en.yml" in archive.namelist()
        assert not archive.testzip()
    author.open("/releases/99/files.zip", status=404)
