"""Lessons of pupils who talk at reading pace, and how much more it takes: `make load`.

Each stage runs with Lantern, then with a stock Rasa bot, on the same cores and in the same run. The load itself
(locust) runs on these cores too, so both figures are lower than on a server of their own.
`make load LONG=1` instead: 150 pupils for half an hour, and what that does to the memory.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.memory import Watch, megabytes
from benchmarks.stock import StockBot, train
from benchmarks.written import write_between
from ops.stack import ROOT, Stack

PAGE = ROOT / "docs" / "performance.md"
USERS = (1, 30, 60, 100, 150, 200)
STAGE_SECONDS = 50  # twice six stages: ten minutes
MOST_SECONDS, AT_ONCE = 30, 16  # without a pause between messages
LONG_USERS, LONG_SECONDS = 150, 1800
MOST_P95, MOST_GROWTH, MOST_MEGABYTES, LEAST_RATIO = 250, 0.02, 1640, 3.0
BUSIEST = 150  # pupils for whom MOST_P95 must hold


@dataclass(frozen=True)
class Stage:
    """One stage: so many people for so long. Times in milliseconds, memory in MB at its end."""

    bot: str
    users: int
    requests: int
    errors: int
    per_second: float
    median: float
    p95: float
    p99: float
    memory: int


def run_stage(bot: str, url: str, users: int, seconds: int, pids: Sequence[int], *, pace: str = "reading") -> Stage:
    """People of one kind talk to the address. The figures are those of all their requests."""
    kind = {"lantern": "Pupil", "stock Rasa": "StockPupil"}[bot]
    with tempfile.TemporaryDirectory() as scratch:
        command = [
            sys.executable, "-m", "locust", "-f", "benchmarks/talkers.py", kind, "--headless", "--host", url,
            "--users", str(users), "--spawn-rate", str(max(1, users / 8)), "--run-time", f"{seconds}s",
            "--csv", f"{scratch}/out", "--only-summary", "--loglevel", "ERROR",
        ]  # fmt: skip
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, "PACE": pace, "PYTHONPATH": "."}, capture_output=True, text=True
        )
        files = Path(f"{scratch}/out_stats.csv")
        if not files.is_file():
            raise RuntimeError(f"The people did not come: {done.stderr[-500:]}")
        with files.open(newline="") as file:
            row = next(row for row in csv.DictReader(file) if row["Name"] == "Aggregated")
        with Path(f"{scratch}/out_failures.csv").open(newline="") as file:
            for failure in csv.DictReader(file):
                print(f"  {failure['Occurrences']} × {failure['Name']}: {failure['Error']}", file=sys.stderr)
    return Stage(
        bot, users, int(row["Request Count"]), int(row["Failure Count"]), round(float(row["Requests/s"]), 1),
        float(row["50%"]), float(row["95%"]), float(row["99%"]), round(megabytes(pids)),
    )  # fmt: skip


def describe(stages: Sequence[Stage], most: Sequence[Stage]) -> str:
    """The stages as a table, and how many messages a second each bot takes at most."""
    head = "| users | bot | messages | errors | a second | median ms | p95 ms | p99 ms | memory MB |"
    rows = [
        f"| {s.users} | {s.bot} | {s.requests} | {s.errors} | {s.per_second} | {s.median:.0f} | {s.p95:.0f} "
        f"| {s.p99:.0f} | {s.memory} |"
        for s in stages
    ]
    at_most = [f"{s.bot}: {s.per_second} a second ({s.errors} errors, p95 {s.p95:.0f} ms)" for s in most]
    ratio = most[0].per_second / most[1].per_second
    words = (
        f"Without a pause, {AT_ONCE} people at once, {MOST_SECONDS} s each: {'; '.join(at_most)}. Ratio {ratio:.1f}."
    )
    return "\n".join([head, "|" + "---|" * 9, *rows, "", words])


def run_lessons(stack: Stack, stock: StockBot) -> bool:
    """All stages; the table goes into docs/performance.md. Whether the aims hold."""
    assert stack.process is not None
    bots = {"lantern": (stack.chat_url, [stack.process.pid]), "stock Rasa": (stock.url, stock.pids)}
    stages = []
    for users in USERS:
        for bot, (url, pids) in bots.items():
            stages.append(run_stage(bot, url, users, STAGE_SECONDS, pids))
            print(json.dumps(asdict(stages[-1])), flush=True)
    most = [run_stage(bot, url, AT_ONCE, MOST_SECONDS, pids, pace="none") for bot, (url, pids) in bots.items()]
    for stage in most:
        print(json.dumps(asdict(stage)), flush=True)
    write_between(PAGE, "make load", describe(stages, most))
    ours = [stage for stage in stages if stage.bot == "lantern" and stage.users <= BUSIEST]
    fails = [
        *(f"{s.users} users: {s.errors} errors, p95 {s.p95} ms" for s in ours if s.errors or s.p95 > MOST_P95),
        *([] if most[0].per_second >= LEAST_RATIO * most[1].per_second else ["less than three times stock Rasa"]),
    ]
    for line in fails:
        print(f"Not reached: {line}", file=sys.stderr)
    return not fails


def run_long(stack: Stack, seconds: int) -> bool:
    """Half an hour of lessons: whether memory stays within its bounds and flat, with no error."""
    assert stack.process is not None
    with Watch([stack.process.pid]) as watch:
        stage = run_stage("lantern", stack.chat_url, LONG_USERS, seconds, [stack.process.pid])
    growth = watch.growth()
    line = (
        f"{LONG_USERS} people for {seconds // 60} minutes: {stage.requests} messages, {stage.errors} errors, p95 "
        f"{stage.p95:.0f} ms; memory {watch.at(1 / 3):.0f} MB after a third, {watch.at(1):.0f} MB at the end; "
        f"the second half grows by {growth:.1%}."
    )
    print(line)
    write_between(PAGE, "make load LONG=1", line)
    return not stage.errors and growth <= MOST_GROWTH and watch.at(1) <= MOST_MEGABYTES


def main(arguments: Sequence[str]) -> int:
    """Start, measure, stop. Exit code 1 when an aim is missed."""
    data = Path(os.environ.get("LANTERN_DATA_DIR") or ROOT / "var").resolve()
    folder, model = data / "bench" / "stock", data / "bench" / "stock.tar.gz"
    with tempfile.TemporaryDirectory() as scratch:
        stack, stock = Stack(Path(scratch) / "var"), None
        try:
            print("Starting ...", file=sys.stderr, flush=True)
            stack.start()
            time.sleep(2)
            if arguments[:1] == ["--long"]:
                return 0 if run_long(stack, int(arguments[1]) if arguments[1:] else LONG_SECONDS) else 1
            train(folder, model)
            stock = StockBot(folder, model)
            stock.wait()
            return 0 if run_lessons(stack, stock) else 1
        finally:
            stack.stop()
            if stock is not None:
                stock.stop()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
