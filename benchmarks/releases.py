"""Publish again and again while people talk, on the running stack: `make bench-releases`.

Each release changes every bubble of one text to its own mark, so that a turn that mixes two releases shows.
"""

from __future__ import annotations

import json
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.marks import BUBBLES, QUESTION, marks_in, publish_mark
from content.database import make_engine
from ops.conversation import Conversation
from ops.stack import Stack

PUBLISHES, TALKERS = 200, 8
PAUSE = 0.25  # seconds between two publishes
SLOWEST = 5.0  # seconds from a publish until the chat says it


@dataclass
class Seen:
    """What the talkers were shown: when each mark first came, how many turns, and what was wrong with them."""

    first: dict[int, float] = field(default_factory=dict)
    turns: int = 0
    failed: list[str] = field(default_factory=list)
    mixed: int = 0

    def note(self, texts: list[str], at: float) -> None:
        """One answer. Before the first publish it has no marks."""
        marks = marks_in(texts)
        self.turns += 1
        if self.first and not marks:
            self.failed.append("another answer")
        self.mixed += len(set(marks)) > 1 or (bool(marks) and len(marks) != BUBBLES)
        for mark in marks:
            self.first.setdefault(mark, at)


def talk(url: str, seen: Seen, lock: threading.Lock, done: threading.Event) -> None:
    """Ask the same question until it is over."""
    conversation = Conversation(url)
    while not done.is_set():
        try:
            answer = conversation.type(QUESTION)
            with lock:
                seen.note([message.get("text", "") for message in answer], time.monotonic())
        except Exception as error:  # whatever a turn can end in is counted
            with lock:
                seen.failed.append(type(error).__name__)


def publish_often(database: str) -> dict[int, float]:
    """Publish PUBLISHES times; when each mark was committed."""
    published: dict[int, float] = {}
    engine = make_engine(database)
    for mark in range(1, PUBLISHES + 1):
        publish_mark(engine, mark)
        published[mark] = time.monotonic()
        time.sleep(PAUSE)
    engine.dispose()
    return published


def main() -> int:
    """Run it, print one JSON line; exit code 1 when a turn failed, mixed two releases, or a publish took too long."""
    with tempfile.TemporaryDirectory() as scratch:
        stack = Stack(Path(scratch) / "var")
        seen, lock, done = Seen(), threading.Lock(), threading.Event()
        try:
            print("Starting ...", file=sys.stderr, flush=True)
            stack.start()
            talkers = [
                threading.Thread(target=talk, args=(stack.chat_url, seen, lock, done), daemon=True)
                for _ in range(TALKERS)
            ]
            for talker in talkers:
                talker.start()
            published = publish_often(f"sqlite:///{stack.data_dir / 'lantern.db'}")
            time.sleep(SLOWEST)
            done.set()
            for talker in talkers:
                talker.join()
        finally:
            stack.stop()
    # A mark that a later one overtook counts from when something as new was said.
    shown = sorted(seen.first)
    waits = [
        min((seen.first[other] for other in shown if other >= mark), default=float("inf")) - at
        for mark, at in published.items()
    ]
    result = {
        "publishes": len(published),
        "turns": seen.turns,
        "failed_turns": len(seen.failed),
        "mixed_turns": seen.mixed,
        "seconds_to_visible": {"median": round(sorted(waits)[len(waits) // 2], 2), "worst": round(max(waits), 2)},
    }
    print(json.dumps(result))
    return 0 if not seen.failed and not seen.mixed and max(waits) <= SLOWEST and seen.turns > PUBLISHES else 1


if __name__ == "__main__":
    raise SystemExit(main())
