"""How long the pages for staff take with a lot of content and a long log: `make bench-admin`."""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from itertools import islice, product
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from admin.app import create_app
from admin.database import ENGINE, current_session
from admin.models import Staff
from admin.security import SEEN, SINCE
from admin.settings import Settings
from admin.staff import create_admin
from content.archived import text_item
from content.database import make_engine, migrate
from content.importing import import_library
from content.library import read_library
from content.models import Archiving, AuditEntry
from content.models.topics import ANY_AGE
from content.publishing import publish
from content.settings import LIBRARY
from content.taxonomy import AGE_BANDS, AUDIENCES, LANGUAGES, READING_LEVELS, SECTIONS, TOPICS

VARIANTS, ENTRIES, TIMES = 5_000, 50_000, 20
ARCHIVED = 500  # of these texts
SLOWEST = 300  # milliseconds, of the median
EMAIL, PASSWORD = "bench@example.org", "only for this measurement"
# Pages that list; one of each that shows a single thing is fast when these are.
PAGES = ("/", "/topics", "/topics/grooming", "/words", "/helplines", "/activities", "/routing", "/releases",
         "/log", "/log?page=900", "/log?search=bea+text", "/people", "/archive")  # fmt: skip


def fill(database: str) -> None:
    """The library, texts for ever more readers until there are VARIANTS, and ENTRIES in the log."""
    library = read_library(LIBRARY)
    texts: list[dict[str, Any]] = library["variants"]
    names = ("topic", "section", "language", "audience", "age_band", "reading_level")
    there = {tuple(text[name] for name in names) for text in texts}
    every = product(TOPICS, SECTIONS, LANGUAGES, AUDIENCES, (None, *AGE_BANDS), READING_LEVELS)
    more = list(islice((fit for fit in every if fit not in there), VARIANTS - len(texts)))
    texts += [
        dict(zip(names, fit, strict=True)) | {"bubbles": ["You can say no. It is OK to ask."] * 3} for fit in more
    ]
    rare = [text_item(fit[0], fit[1], fit[3], fit[4] or ANY_AGE, fit[5]) for fit in more[:ARCHIVED]]
    engine = make_engine(database)
    with Session(engine) as session, session.begin():
        import_library(session, library, "bench", "many")
        session.add_all(Archiving(kind=kind, item=item, is_archived=True) for kind, item in dict.fromkeys(rare))
        publish(session, "bench", "many")
        session.add_all(
            AuditEntry(
                who="bea", what="changed", kind="revisions", name=f"text {number}", before={}, after={"n": number}
            )
            for number in range(ENTRIES)
        )
    engine.dispose()


def sign_in(client: FlaskClient, app: Flask) -> None:
    """A session as it is after both factors."""
    with app.app_context():
        create_admin(EMAIL, PASSWORD).totp_secret = "none, for this measurement"
        current_session().commit()
        name = current_session().query(Staff).filter_by(email=EMAIL).one().fs_uniquifier
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = name, True
        session[SINCE] = session[SEEN] = time.time()


def main() -> int:
    """Print one JSON line; exit code 1 when a page is slower than SLOWEST."""
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{Path(folder) / 'lantern.db'}"
        migrate(database)
        fill(database)
        app = create_app(Settings("only-for-measuring-only-for-measuring", database))
        client = app.test_client()
        sign_in(client, app)
        medians: dict[str, float] = {}
        for page in PAGES:
            took = []
            for _ in range(TIMES):
                started = time.perf_counter()
                answer = client.get(page)
                took.append((time.perf_counter() - started) * 1000)
                assert answer.status_code == 200, f"{page}: {answer.status}"
            medians[page] = round(statistics.median(took), 1)
        app.extensions[ENGINE].dispose()
    print(json.dumps({"variants": VARIANTS, "log": ENTRIES, "median_ms": medians}))
    return 1 if max(medians.values()) > SLOWEST else 0


if __name__ == "__main__":
    raise SystemExit(main())
