"""What happens when one thing grows: chats held, a chat's length, the release, the examples: `make growth`."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml

from benchmarks.memory import megabytes
from benchmarks.stock import BOT
from benchmarks.turn import MESSAGES, milliseconds
from benchmarks.written import write_between
from content.library import read_library
from content.profile import Profile
from content.release import Release, Snapshot
from content.settings import LIBRARY
from content.variants import find_variant
from ops.conversation import Conversation
from ops.stack import ROOT, Stack

PAGE = ROOT / "docs" / "performance.md"
CHATS = (0, 500, 1000, 2000, 4000)
TURNS = (10, 50, 100, 200, 400)
SIZES = (1, 2, 4, 8)
SHOTS = (5, 10, 20, 40)
LOOKS = 30  # turns whose median is one point of a curve


def typical_turn(talk: Conversation) -> float:
    """Milliseconds of a typed turn, the median of LOOKS."""
    return statistics.median(milliseconds(lambda: talk.type(MESSAGES[n % 4])) for n in range(LOOKS))  # noqa: B023


def grow_chats(stack: Stack) -> list[list[Any]]:
    """More and more people with an open chat, who have each said one thing."""
    assert stack.process is not None
    rows: list[list[Any]] = []
    held = 0
    for chats in CHATS:
        for _ in range(chats - held):
            Conversation(stack.chat_url).type(MESSAGES[0])
        held = chats
        turn = typical_turn(Conversation(stack.chat_url))
        rows.append([chats, round(turn, 1), round(megabytes([stack.process.pid]))])
    return rows


def grow_chat(stack: Stack) -> list[list[Any]]:
    """One chat that goes on and on."""
    talk, said, rows = Conversation(stack.chat_url), 0, []
    for turns in TURNS:
        while said < turns - LOOKS:
            talk.type(MESSAGES[said % 4])
            said += 1
        rows.append([turns, round(typical_turn(talk), 1)])
        said += LOOKS
    return rows


def grow_release() -> list[list[Any]]:
    """The starter release with each of its texts several times over."""
    snapshot: Snapshot = read_library(LIBRARY)
    rows: list[list[Any]] = []
    for size in SIZES:
        larger = Release.from_snapshot(snapshot | {"variants": snapshot["variants"] * size})
        text = larger.to_json()
        load = milliseconds(lambda: Release.from_json(text))  # noqa: B023
        index = milliseconds(lambda: larger.variants_by_place)  # noqa: B023
        finds = [
            milliseconds(lambda: find_variant(larger, topic.id, "explain", Profile()))  # noqa: B023
            for topic in larger.topics
        ]
        rows.append(
            [len(larger.variants), round(len(text) / 1e6, 1), round(load + index), round(statistics.median(finds), 3)]
        )
    return rows


def grow_examples() -> list[list[Any]]:
    """More and more examples an intent, measured on the unseen phrases; without what learns from all phrases."""
    data: dict[str, list[list[str]]] = {"train": [], "test": [], "oos_test": []}
    for file in sorted((ROOT / "data" / "intents").glob("*.yml")):
        for item in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            data["train"] += [[line[2:], item["intent"]] for line in item["examples"].splitlines()]
    unseen = yaml.safe_load((ROOT / "tests" / "nlu" / "unseen.yml").read_text(encoding="utf-8"))
    for intent, texts in unseen.items():
        part = "oos_test" if intent == "out_of_scope" else "test"
        data[part] += [[text, intent] for text in texts["en"]]
    rows: list[list[Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ours.json"
        file.write_text(json.dumps(data))
        for shots in SHOTS:
            command = [str(BOT), "-W", "ignore", "-m", "benchmarks.nlu", str(file), "--shots", str(shots)]
            quiet = os.environ | {"PYTHONPATH": ".", "TF_CPP_MIN_LOG_LEVEL": "3", "TQDM_DISABLE": "1"}
            done = subprocess.run(command, cwd=ROOT, env=quiet, stdout=subprocess.PIPE, text=True, check=True)
            found = json.loads(done.stdout.splitlines()[-1])
            rows.append([shots, found["examples"], found["seconds_to_train"], f"{found['accuracy']:.1%}"])
    return rows


def table(head: str, rows: list[list[Any]]) -> str:
    """Rows under a head, as Markdown."""
    lines = [f"| {' | '.join(map(str, row))} |" for row in rows]
    return "\n".join([f"| {head} |", "|" + "---|" * len(rows[0]), *lines, ""])


def main() -> int:
    """Measure all four, print them, and put them into docs/performance.md."""
    started = time.monotonic()
    parts = [
        table("texts in the release | MB | ms to read and index | ms to find a text (median)", grow_release()),
        table("examples an intent | in all | seconds to train | English understood", grow_examples()),
    ]
    with tempfile.TemporaryDirectory() as scratch:
        stack = Stack(Path(scratch) / "var")
        try:
            stack.start()
            parts.append(table("turns in one chat | ms a typed turn", grow_chat(stack)))
            parts.append(table("chats held | ms a typed turn | MB, all processes", grow_chats(stack)))
        finally:
            stack.stop()
    text = "\n".join(parts).rstrip()
    print(text)
    print(f"{time.monotonic() - started:.0f} s", file=sys.stderr)
    write_between(PAGE, "make growth", text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
