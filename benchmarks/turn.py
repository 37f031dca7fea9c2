"""Typed turns through the whole stack, and the same through a stock Rasa bot, in one run: `make bench`.

Timings wander on shared machines, so the two take turns, message by message, and the ratio is what counts.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.stock import StockBot, train
from ops.conversation import Conversation, lines_of
from ops.stack import ROOT, Stack

MESSAGES = (
    "what is grooming",
    "what are the signs of county lines",
    "is it ok if he checks my phone",
    "beth yw cydsyniad",
    "someone online keeps asking me for pictures",
    "who won the football",
    "can i talk to someone",
    "tell me more about it",
)
ROUNDS = 15  # each message so often, in each bot
WARM_UP = 10
NEW_CONVERSATION_EVERY = 10  # turns, so that neither bot is measured on one endless chat


def milliseconds(turn: Callable[[], object]) -> float:
    """How long one turn takes."""
    started = time.perf_counter()
    turn()
    return (time.perf_counter() - started) * 1000


def megabytes(pids: list[int]) -> float:
    """Resident memory of the processes and their children."""
    total, waiting = 0, list(pids)
    while waiting:
        pid = waiting.pop()
        try:
            status = Path(f"/proc/{pid}/status").read_text()
            waiting += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
        except OSError:
            continue
        total += next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")), 0)
    return total / 1024


def describe(times: list[float]) -> dict[str, float]:
    """Median and 95th percentile, in milliseconds."""
    return {"median_ms": round(statistics.median(times), 1), "p95_ms": round(statistics.quantiles(times, n=20)[-1], 1)}


def check_teaching(stack: Stack) -> None:
    """Raises RuntimeError when the quick answers were only chat's own fallback."""
    if lines_of(Conversation(stack.chat_url).type(MESSAGES[0])):
        raise RuntimeError("Lantern answers with its fallback, so nothing was measured. Look at its logs.")


def measure(stack: Stack, stock: StockBot) -> dict[str, object]:
    """Speak to both in turn."""
    ours: list[float] = []
    theirs: list[float] = []
    talk, sender = Conversation(stack.chat_url), "stock-0"
    for number in range(WARM_UP + ROUNDS * len(MESSAGES)):
        if number % NEW_CONVERSATION_EVERY == 0:
            talk, sender = Conversation(stack.chat_url), f"stock-{number}"
        text = MESSAGES[number % len(MESSAGES)]
        one, other = milliseconds(lambda: talk.type(text)), milliseconds(lambda: stock.say(sender, text))  # noqa: B023
        if number >= WARM_UP:
            ours.append(one)
            theirs.append(other)
    check_teaching(stack)
    assert stack.process is not None
    return {
        "lantern": describe(ours) | {"memory_mb": round(megabytes([stack.process.pid]))},
        "stock_rasa": describe(theirs) | {"memory_mb": round(megabytes(stock.pids))},
        "ratio_of_medians": round(statistics.median(ours) / statistics.median(theirs), 3),
    }


def main() -> int:
    """Train the stock bot if needed, start both, measure, print one JSON line."""
    data = Path(os.environ.get("LANTERN_DATA_DIR") or ROOT / "var").resolve()
    folder, model = data / "bench" / "stock", data / "bench" / "stock.tar.gz"
    seconds = train(folder, model)
    with tempfile.TemporaryDirectory() as scratch:
        stack, stock = Stack(Path(scratch) / "var"), StockBot(folder, model)
        try:
            print("Starting both ...", file=sys.stderr, flush=True)
            stack.start()
            stock.wait()
            result = measure(stack, stock)
        finally:
            stack.stop()
            stock.stop()
    print(json.dumps(result | ({"stock_seconds_to_train": round(seconds)} if seconds else {})))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
