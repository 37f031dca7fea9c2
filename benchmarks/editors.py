"""People who write at the same time, on the admin as it runs: `make bench-editors`.

Each writes on a text of their own and on things that they share, by the button and as a page that saves by itself.
Every save that was accepted must stand in the log, right after the one that its writer had seen.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import secrets
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.app import create_app
from admin.database import ENGINE, current_session
from admin.models import AUTHOR
from admin.settings import Settings
from admin.staff import add_staff, set_password
from benchmarks.forms import Fields, read_form, with_values
from content.database import make_engine, migrate
from content.importing import import_library
from content.library import read_library
from content.models import AuditEntry
from content.publishing import publish
from content.settings import LIBRARY
from content.taxonomy import TOPICS
from ops.stack import ROOT, free_ports

EDITORS, SECONDS = 20, 60
PASSWORD, KEY = "only for this measurement", "only-for-measuring-only-for-measuring"
PATIENCE, TRIES = 30, 5  # seconds for an answer; times that someone saves again after another was first
MARK = re.compile(r"Mark \d+ of \d+")
NO_MARK = "as it was"


@dataclass(frozen=True)
class Item:
    """Something to write on: its page, the field that takes the mark, and what the log calls it (how that begins)."""

    path: str
    field: str
    name: str


def text_item(topic: str, rest: str) -> Item:
    return Item(f"/topics/{topic}/{rest}", "bubbles-0", f"{topic}/{rest},")


SHARED = (
    text_item("grooming", "explain/en/young_person/any/standard"),
    text_item("consent", "signs/cy/young_person/any/standard"),
    Item("/words/en/welcome", "bubbles-0", "en welcome"),
    Item("/words/cy/button.help", "bubbles-0", "cy button.help"),
    Item("/activities/story/gaming_friend/en/edit", "title", "story gaming_friend, en"),
    Item("/helplines/childline/edit", "what_for_en", "childline"),
)


@dataclass
class Done:
    """What all of them did: `seen` holds for each accepted mark which one its writer had seen, by item."""

    seen: dict[Item, dict[str, str]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    milliseconds: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def accept(self, item: Item, mark: str, seen: str) -> None:
        with self.lock:
            self.seen.setdefault(item, {})[mark] = seen


class Editor:
    """One who writes: at `number`, with an item of their own."""

    def __init__(self, number: int, url: str, done: Done) -> None:
        self.number, self.done, self.marks = number, done, 0
        self.random = random.Random(number)
        topics = list(TOPICS)
        rest = f"next/en/{('professional', 'community')[number // len(topics) % 2]}/16_17/standard"
        self.own = text_item(topics[number % len(topics)], rest)
        self.client = httpx.Client(base_url=url, timeout=PATIENCE)
        page = self.client.get("/sign-in").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert token is not None
        sent = {"email": email_of(number), "password": PASSWORD, "csrf_token": token[1]}
        assert self.client.post("/sign-in", data=sent).status_code == 302, "an editor could not sign in"

    def write_until(self, end: float) -> None:
        """Opens something, writes on it a few times, and goes on to the next."""
        while time.monotonic() < end:
            item = self.own if self.random.random() < 0.5 else self.random.choice(SHARED)
            try:
                self._write_on(item)
            except httpx.HTTPError as error:
                self._note(type(error).__name__)

    def _write_on(self, item: Item) -> None:
        fields, seen = self._open(item)
        page = secrets.token_hex(8)
        for _ in range(self.random.randint(1, 4)):
            if not fields:
                return
            self.marks += 1
            mark = f"Mark {self.marks} of {self.number}"
            fields = with_values(fields, **{item.field.replace("-", "__"): mark})
            if self.random.random() < 0.3:
                self._send(f"{item.path}/lint" if "bubbles" in item.field else "/presence", fields, place=item.path)
            fields, seen = self._save(item, mark, fields, seen, page if self.random.random() < 0.6 else "")

    def _save(self, item: Item, mark: str, fields: Fields, seen: str, page: str) -> tuple[Fields, str]:
        """Until it is accepted; what is in the form then, and what its writer has seen. `page` saves by itself."""
        for _ in range(TRIES):
            answer = self._send(item.path, with_values(fields, by_itself="yes", page=page) if page else fields)
            if answer.status_code in (200, 302) and self._is_accepted(answer, page):
                self.done.accept(item, mark, seen)
                self.done.counts["by itself" if page else "by button"] += 1
                if page:
                    return with_values(fields, based_on=answer.json()["based_on"]), mark
                return [], mark
            if answer.status_code >= 500 or "while you were writing" not in answer.text:
                self._note(f"{item.path} answers {answer.status_code}, and nobody was first")
                return [], seen
            self.done.counts["told that another was first"] += 1
            if item == self.own:
                self._note(f"{item.path} was changed by nobody else, and it says so")
            newer, seen = self._open(item)
            fields = with_values(fields, based_on=dict(newer).get("based_on", ""))
        self.done.counts["given up"] += 1
        return [], seen

    def _is_accepted(self, answer: httpx.Response, page: str) -> bool:
        return bool(answer.json()["outcome"] == "saved") if page else answer.status_code == 302

    def _open(self, item: Item) -> tuple[Fields, str]:
        answer = self._ask("GET", item.path)
        fields = read_form(answer.text, "writing")
        if answer.status_code != 200 or not fields:
            self._note(f"{item.path} answers {answer.status_code} without a form")
        found = MARK.search(dict(fields).get(item.field, ""))
        return fields, found[0] if found else NO_MARK

    def _send(self, path: str, fields: Fields, **more: str) -> httpx.Response:
        sent: dict[str, list[str]] = {}
        for name, value in with_values(fields, **more):
            sent.setdefault(name, []).append(value)
        return self._ask("POST", path, sent)

    def _ask(self, method: str, path: str, sent: dict[str, list[str]] | None = None) -> httpx.Response:
        started = time.perf_counter()
        answer = self.client.request(method, path, data=sent)
        with self.done.lock:
            self.done.milliseconds.append((time.perf_counter() - started) * 1000)
            self.done.counts["requests"] += 1
            self.done.counts["5xx"] += answer.status_code >= 500
        return answer

    def _note(self, problem: str) -> None:
        with self.done.lock:
            self.done.failed.append(problem)


def email_of(number: int) -> str:
    return f"editor-{number}@example.org"


def add_editors(database: str, editors: int) -> None:
    """People who may write, and sign in with a password alone."""
    app = create_app(Settings(KEY, database))
    with app.app_context():
        first = add_staff(email_of(0), [AUTHOR])
        set_password(first, PASSWORD)
        for number in range(1, editors):
            add_staff(email_of(number), [AUTHOR]).password = first.password
        current_session().commit()
    app.extensions[ENGINE].dispose()


@contextmanager
def serve(database: str, folder: Path) -> Iterator[str]:
    """The admin as `make run` starts it; its address."""
    port = str(free_ports(1)[0])
    environment = {**os.environ, "DATABASE_URL": database, "LANTERN_DATA_DIR": str(folder), "LANTERN_SECRET_KEY": KEY,
                   "LANTERN_ADMIN_PORT": port, "LANTERN_ADMIN_HOST": "127.0.0.1"}  # fmt: skip
    command = [sys.executable, "-m", "gunicorn", "--config", "admin/gunicorn.conf.py", "admin.wsgi:app"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                httpx.get(f"{url}/healthz")
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def write_together(url: str, editors: int, seconds: float) -> Done:
    """All of them, for so long."""
    done = Done()
    people = [Editor(number, url, done) for number in range(editors)]
    end = time.monotonic() + seconds
    threads = [threading.Thread(target=one.write_until, args=(end,)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for one in people:
        one.client.close()
    return done


def find_lost(database: str, done: Done) -> list[str]:
    """A sentence for each accepted save that is not in the log, or that someone wrote over who had not seen it."""
    engine = make_engine(database)
    with Session(engine) as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    engine.dispose()
    lost = []
    for item, seen in done.seen.items():
        before, there = NO_MARK, set()
        for entry in entries:
            found = MARK.search(json.dumps(entry.after)) if entry.name.startswith(item.name) else None
            if found is None:
                continue
            mark = found[0]
            there.add(mark)
            if seen.get(mark, before) != before:
                lost.append(f"{item.path}: {mark} came after {before}, but its writer had seen {seen[mark]}")
            before = mark
        lost += [f"{item.path}: {mark} was accepted and is not in the log" for mark in seen if mark not in there]
    return lost


def figures(done: Done, lost: list[str], editors: int, seconds: float) -> dict[str, object]:
    """What happened, for one line."""
    slow = sorted(done.milliseconds)
    return {
        "editors": editors,
        "seconds": seconds,
        "requests": done.counts["requests"],
        "saves": {name: done.counts[name] for name in ("by button", "by itself")},
        "told_that_another_was_first": done.counts["told that another was first"],
        "given_up": done.counts["given up"],
        "ms": {"median": round(statistics.median(slow), 1), "p95": round(slow[int(len(slow) * 0.95)], 1)},
        "5xx": done.counts["5xx"],
        "failed": len(done.failed),
        "lost": len(lost),
    }


def main() -> int:
    """Print one JSON line; exit code 1 when an update was lost or a request failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = f"sqlite:///{folder / 'lantern.db'}"
        migrate(database)
        engine = make_engine(database)
        with Session(engine) as session, session.begin():
            import_library(session, read_library(LIBRARY), "bench", "many")
            publish(session, "bench", "many")
        engine.dispose()
        add_editors(database, EDITORS)
        with serve(database, folder) as url:
            done = write_together(url, EDITORS, seconds)
        lost = find_lost(database, done)
    for problem in [*done.failed[:5], *lost[:5]]:
        print(problem, file=sys.stderr)
    print(json.dumps(figures(done, lost, EDITORS, seconds)))
    return 1 if done.failed or lost or done.counts["5xx"] or not done.seen else 0


if __name__ == "__main__":
    raise SystemExit(main())
