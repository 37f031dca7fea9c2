"""Several people write at the same time on the admin as it runs; for a minute and with twenty: `make bench-editors`."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from benchmarks.editors import NO_MARK, SHARED, Done, add_editors, find_lost, serve, write_together
from content.models import AuditEntry

EDITORS, SECONDS = 6, 3
WORDS = SHARED[2]


def test_no_update_is_lost_and_no_request_fails(database_url: str, tmp_path: Path) -> None:
    add_editors(database_url, EDITORS)
    with serve(database_url, tmp_path) as url:
        done = write_together(url, EDITORS, SECONDS)
    assert done.failed == []
    assert done.counts["5xx"] == 0
    assert find_lost(database_url, done) == []
    assert done.counts["by button"]
    assert done.counts["by itself"]


def test_a_lost_update_would_be_noticed(database_url: str, session: Session) -> None:
    first, second, third = (f"Mark 1 of {number}" for number in range(3))
    for mark in (first, second):
        session.add(AuditEntry(who="bea", what="changed", kind="system_words", name=WORDS.name, before={},
                               after={"draft": [mark]}))  # fmt: skip
    session.commit()
    assert find_lost(database_url, Done({WORDS: {first: NO_MARK, second: first}})) == []
    (unseen,) = find_lost(database_url, Done({WORDS: {first: NO_MARK, second: NO_MARK}}))
    assert unseen.endswith(f"{second} came after {first}, but its writer had seen {NO_MARK}")
    (missing,) = find_lost(database_url, Done({WORDS: {first: NO_MARK, second: first, third: second}}))
    assert missing.endswith(f"{third} was accepted and is not in the log")
