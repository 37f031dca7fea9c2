"""Files that staff send or take away: bombs, formulas, odd names, drawings and backups with more in them."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import resource
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.backup import back_up, restore
from content.backup_file import FIRST_LINE, BackupFailed
from content.models import Helpline, Revision, SystemWord
from content.pictures import check_picture
from content.sheets.columns import TEXT_COLUMNS, unguard
from tests.admin.browsing import Browser
from tests.attack.conftest import Attack
from tests.attack.poison import POISON, Sound
from tests.content.sheet_rows import as_csv, as_xlsx, cells

SLOWEST = 15.0  # seconds for a file
MOST_MEMORY = 400  # MB more than before
SHEET = "xl/worksheets/sheet1.xml"
MEGABYTE = b"0" * 1024 * 1024
FORMULAS = (
    "=1+1", "+1+1", "-1+1", "@SUM(1)", "=HYPERLINK(\"https://example.org\",\"x\")", "=cmd|' /C calc'!A0", "\t=1+1",
    "\r=1+1", "=IMPORTXML(\"https://example.org\",\"//a\")", "'=1+1", "''=1+1", "=1+1\n=2+2", "＝1+1", "+447700900000",
    "-", "=", "@",
)  # fmt: skip
NAMES = (
    "../../../etc/passwd", "..\\..\\x.csv", "/etc/passwd", "C:\\x.csv", "x\0.csv", "x\r\nSet-Cookie: a=b.csv", POISON,
    "." * 300, "con.csv", "x.csv\u202exsl.exe", "a" * 5000, "", " ", "\u2028",
)  # fmt: skip


def packed(parts: dict[str, bytes], level: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", level) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def workbook(change: Callable[[bytes], bytes] = lambda xml: xml, **more: bytes) -> bytes:
    """A sound workbook, its sheet changed."""
    sound = zipfile.ZipFile(io.BytesIO(as_xlsx(list(TEXT_COLUMNS), list(cells().values()))))
    parts = {name: sound.read(name) for name in sound.namelist()}
    return packed(parts | {SHEET: change(parts[SHEET])} | more)


def lying(file: bytes) -> bytes:
    """The same zip, which says that its parts are small."""
    at = file.rfind(b"PK\x01\x02")
    return file[: at + 24] + (100).to_bytes(4, "little") + file[at + 28 :]


def bombs() -> dict[str, bytes]:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY a%d "%s">' % (n, (b"&a%d;" % (n - 1) if n else b"&a;") * 10) for n in range(9)
    )
    rows = b"".join(b'<row r="%d"><c t="inlineStr"><is><t>x</t></is></c></row>' % n for n in range(1, 200_000))
    return {
        "zeros": workbook(**{"xl/zeros": MEGABYTE * 200}),
        "zeros in the sheet": workbook(lambda xml: xml + MEGABYTE * 100),
        "zeros that say they are few": lying(workbook(**{"zz": MEGABYTE * 100})),
        "many parts": packed({f"x{number}": b"" for number in range(20_000)}),
        "a zip in a zip": packed({"a.zip": packed({"b.zip": packed({"c": MEGABYTE * 30})})}),
        "entities": workbook(lambda xml: laughs + b"]><x>&a8;</x>" + xml),
        "an entity from a file": workbook(lambda xml: b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + xml),
        "many rows": workbook(lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>")),
        "a far row": workbook(lambda xml: xml.replace(b'r="2"', b'r="1048576"')),
        "a far column": workbook(lambda xml: xml.replace(b'r="A2"', b'r="XFD2"')),
        "deep elements": workbook(lambda xml: xml.replace(b"<sheetData>", b"<sheetData>" + b"<a>" * 100_000)),
        "a long cell": as_csv(cells(bubble_1="x" * 4_000_000)),
        "quotes without end": b'topic,"' + b"x" * 4_000_000,
        "only delimiters": b"," * 5_000_000,
        "only line ends": b"topic,section\n" + b"\n" * 5_000_000,
        "only quotes": b'"' * 5_000_000,
        "too large": b"x" * 30_000_000,
    }


def send_file(browser: Browser, file: bytes, name: str = "texts.xlsx") -> tuple[int, str, float]:
    token = browser.open("/sheets/import").form.fields["csrf_token"]
    started = time.process_time()
    answer = browser.client.post(
        "/sheets/import",
        data={"csrf_token": token, "file": (io.BytesIO(file), name)},
        content_type="multipart/form-data",
        follow_redirects=True,
    )
    return answer.status_code, answer.text, time.process_time() - started


def attack_bombs(attack: Attack, ann: Browser) -> None:
    """Spreadsheets that unpack to gigabytes, or call for them: refused soon, in words, and in bounded memory."""
    for what, file in bombs().items():
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        status, html, took = send_file(ann, file)
        memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        attack.expect(status in (200, 413), f"{what}: {status}")
        attack.expect("There is a problem" in html or "root:" not in html, f"{what} is taken")
        attack.expect(took < SLOWEST, f"{what}: {took:.0f} s")
        attack.expect(memory < MOST_MEMORY, f"{what}: {memory:.0f} MB")


def attack_names_of_files(attack: Attack, ann: Browser) -> None:
    """Names of files that lead elsewhere, and markup in names, headings and cells."""
    for name in NAMES:
        status, html, _ = send_file(ann, as_csv(cells(bubble_1="New words.")), name or "x")
        attack.expect(status == 200 and not Sound(html).found, f"{name[:30]!r}: {status} {Sound(html).found}")
    odd = [
        cells(topic=POISON),
        cells(language=POISON),
        cells(bubble_1=POISON),
        cells(starts_on=POISON),
        cells(picture=POISON),
    ]
    files = [as_csv(line) for line in odd] + [as_csv(cells()).replace(b"bubble 12", POISON.replace('"', '""').encode())]
    for file in files:
        status, html, _ = send_file(ann, file, "x.csv")
        attack.expect(status == 200 and not Sound(html).found, f"{status}: {Sound(html).found}")


def attack_formulas(attack: Attack, ann: Browser, session: Session) -> None:
    """Texts that a spreadsheet would run: not in an export, and back again as they were."""
    revisions = session.scalars(select(Revision).where(Revision.stage == "published")).all()
    words = session.scalars(select(SystemWord).where(SystemWord.language == "en")).all()
    for number, formula in enumerate(FORMULAS):
        revisions[number].body = [formula, "x"]
        words[number].value = formula if isinstance(words[number].value, str) else [formula]
    session.commit()
    seen = set()
    for table in ("texts", "words"):
        for state in ("newest",):
            query = f"/sheets?tables={table}&languages=en&languages=cy&state={state}&format="
            for line in csv.reader(io.StringIO(ann.client.get(query + "csv").data.decode("utf-8-sig"), newline="")):
                for cell in line:
                    attack.expect(
                        cell.lstrip("'")[:1] not in "=+-@\t\r\n＝＋－＠" or cell[:1] in ("'", ""), f"csv: {cell[:40]!r}"
                    )
                    seen.add(unguard(cell))
            book = load_workbook(io.BytesIO(ann.client.get(query + "xlsx").data))
            for row in book.worksheets[0].iter_rows():
                for found in row:
                    runs = found.data_type == "f" or (
                        str(found.value or "")[:1] in "=+-@" and found.value and not found.quotePrefix
                    )
                    attack.expect(not runs, f"xlsx: {found.value!r}")
    missing = [formula for formula in FORMULAS if formula not in seen]
    attack.expect(len(missing) < len(FORMULAS) / 3, f"not exported, so not shown to be harmless: {missing}")


def attack_drawings(attack: Attack) -> None:
    """Drawings with a script, a style, a link or an entity in them."""
    head, alt = '<svg viewBox="0 0 1 1" xmlns="http://www.w3.org/2000/svg"', {"en": "x", "cy": "x"}
    for inside in (
        "<script>ran()</script>",
        "<a href='javascript:ran()'><path d='M0 0'/></a>",
        "<use href='https://example.org/x.svg#a'/>",
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>",
        "<style>*{fill:red}</style>",
        "<image href='https://example.org/x.png'/>",
        "<animate attributeName='href' to='javascript:ran()'/>",
        "<set/>",
        "<path onload='ran()' d='M0 0'/>",
        "<path style='fill:url(https://example.org)' d='M0 0'/>",
        "<iframe/>",
        "<?x y?>",
        "<path fill='url(https://example.org)' d=''/>",
        "<path fill=' url( //example.org )' d=''/>",
        "<!--x-->",
        "<handler/>",
        "<path fill='URL(data:x)' d=''/>",
        "<svg:script xmlns:svg='http://www.w3.org/2000/svg'>ran()</svg:script>",
        "<g xml:base='x'/>",
        "<script xmlns='http://www.w3.org/1999/xhtml'>ran()</script>",
        "<path d='" + "M0 0 " * 5000 + "'/>",
        "<text>&#60;script&#62;</text>",
    ):
        attack.expect(bool(list(check_picture({"svg": f"{head}>{inside}</svg>", "alt": alt}))), f"taken: {inside[:60]}")
    for whole in (
        '<!DOCTYPE svg [<!ENTITY a "x">]>' + head + ">&a;</svg>",
        head + " onload='ran()'></svg>",
        "<html/>",
        "",
        "x",
        f"<?xml-stylesheet href='https://example.org'?>{head}/>",
        head.replace("svg ", "SVG "),
        f"{head}></svg><script/>",
    ):
        attack.expect(bool(list(check_picture({"svg": whole, "alt": alt}))), f"taken: {whole[:60]}")
    attack.expect(
        not list(check_picture({"svg": f"{head}><path d='M0 0'/></svg>", "alt": alt})), "a sound one is refused"
    )


def attack_routes(attack: Attack, ann: Browser, session: Session) -> None:
    """Helplines and sites that lead to a script or to nowhere."""
    for href in (
        "javascript:ran()",
        "JaVaScRiPt:ran()",
        "data:text/html,x",
        "vbscript:x",
        " javascript:ran()",
        "//example.org",
        "https:javascript:x",
        "http://example.org",
        "tel:999\njavascript:x",
        "file:///etc/passwd",
        "",
    ):
        page = ann.open("/helplines/childline/edit")
        fields = page.form.fields
        names = [name for name in fields if name.endswith("href") or ("route" in name and "address" in name)]
        attack.expect(bool(names), f"no field for an address among {sorted(fields)[:60]}")
        for name in names[:2]:
            ann.client.post("/helplines/childline/edit", data=fields | {name: href})
        session.expire_all()
        line = session.get(Helpline, "childline")
        kept = json.dumps([line.routes, line.draft]) if line else ""
        attack.expect(
            not href.strip() or (href.strip() not in ("",) and json.dumps(href.strip())[1:-1] not in kept),
            f"kept: {href!r}",
        )


def attack_backups(attack: Attack, tmp_path: Path, database_url: str) -> None:
    """Backups that are none, are changed, or unpack to more than they say: the database stays as it was."""
    file, database = tmp_path / "backup", Path(database_url.removeprefix("sqlite:///"))
    facts = back_up(database_url, file)
    sound, before = file.read_bytes(), hashlib.sha256(database.read_bytes()).hexdigest()
    line = sound.split(b"\n")[1]
    bomb = gzip.compress(MEGABYTE * 300)
    tampered = {
        "empty": b"", "another file": b"SQLite format 3\0", "cut off": sound[: len(sound) // 2],
        "one bit": sound[:-200] + bytes([sound[-200] ^ 1]) + sound[-199:],
        "a bomb": FIRST_LINE + line + b"\n" + hashlib.sha256(line + b"\n").hexdigest().encode() + b"\n" + bomb,
        "a size too small": sound.replace(str(facts.size).encode(), b"9", 1),
        "a size below nothing": sound.replace(str(facts.size).encode(), b"-1", 1),
        "facts that are none": FIRST_LINE + b"[]\n" + sound.split(b"\n", 2)[2],
        "a path for a migration": sound.replace(facts.migration.encode(), b"../../../etc"[: len(facts.migration)], 1),
        "another database": sound.replace(b'"sqlite"', b'"postgresql"', 1),
    }  # fmt: skip
    for what, content in tampered.items():
        file.write_bytes(content)
        with pytest.raises(BackupFailed):
            restore(database_url, file, force=True)
        attack.expect(hashlib.sha256(database.read_bytes()).hexdigest() == before, f"{what}: the database is another")
    left = sorted(path.name for path in tmp_path.iterdir() if path.name.startswith("."))
    attack.expect(not left, f"left behind: {left}")
