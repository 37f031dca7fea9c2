"""Turns through the whole stack, and typed ones through a stock Rasa bot, in one run: `make bench`.

First one person talks to Lantern alone. Timings wander on shared machines, so then Lantern and the stock bot take
turns, message by message, and the ratio is what counts: each finds the processor's caches full of the other's work.
The figures go into docs/performance.md.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import httpx

from benchmarks.memory import megabytes
from benchmarks.stock import StockBot, train
from benchmarks.written import write_between
from ops.conversation import Conversation, lines_of
from ops.stack import PORT_NAMES, ROOT, Stack

PAGE = ROOT / "docs" / "performance.md"
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
BUTTONS = ("show_topics", "request_help", "start_again")  # need no signature: the widget has them itself
ROUNDS = 15  # each message so often, in each bot
WARM_UP = 10
NEW_CONVERSATION_EVERY = 10  # turns, so that neither bot is measured on one endless chat
WHOLE, BUTTON, RASA = "typed, whole stack", "button, whole stack", "typed, Rasa and actions"
IN_TURN, STOCK = "typed, in turn with stock Rasa", "typed, stock Rasa"


def milliseconds(turn: Callable[[], object]) -> float:
    """How long one turn takes."""
    started = time.perf_counter()
    turn()
    return (time.perf_counter() - started) * 1000


def describe(times: list[float]) -> dict[str, float]:
    """Median and 95th percentile, in milliseconds."""
    return {"median_ms": round(statistics.median(times), 1), "p95_ms": round(statistics.quantiles(times, n=20)[-1], 1)}


def check_teaching(stack: Stack) -> None:
    """Raises RuntimeError when the quick answers were only chat's own fallback."""
    if lines_of(Conversation(stack.chat_url).type(MESSAGES[0])):
        raise RuntimeError("Lantern answers with its fallback, so nothing was measured. Look at its logs.")


def measure(stack: Stack, stock: StockBot) -> dict[str, dict[str, float]]:
    """Lantern alone, then in turn with the stock bot; times by kind."""
    times: dict[str, list[float]] = defaultdict(list)
    channel = f"http://127.0.0.1:{stack.environment['LANTERN_RASA_PORT']}/webhooks/lantern/messages"
    talk, sender = Conversation(stack.chat_url), "stock-0"
    with httpx.Client(timeout=30) as rasa:
        own: dict[str, Callable[[str, str], object]] = {
            WHOLE: lambda text, _: talk.type(text),
            RASA: lambda text, _: rasa.post(channel, json={"sender": sender, "text": text}).raise_for_status(),
            BUTTON: lambda _, button: talk.post({"action": button}).raise_for_status(),
        }
        both: dict[str, Callable[[str, str], object]] = {
            IN_TURN: own[WHOLE],
            STOCK: lambda text, _: stock.say(sender, text),
        }
        for kinds in (own, both):
            for number in range(WARM_UP + ROUNDS * len(MESSAGES)):
                if number % NEW_CONVERSATION_EVERY == 0:
                    talk, sender = Conversation(stack.chat_url), f"bench-{len(kinds)}-{number}"
                text, button = MESSAGES[number % len(MESSAGES)], BUTTONS[number % len(BUTTONS)]
                for kind, turn in kinds.items():
                    took = milliseconds(partial(turn, text, button))
                    if number >= WARM_UP:
                        times[kind].append(took)
    check_teaching(stack)
    return {kind: describe(each) for kind, each in times.items()}


def memory_of(stack: Stack) -> dict[str, int]:
    """Memory of each of the four processes, in MB."""
    return {
        name.split("_")[1].lower(): round(megabytes(outermost(stack.pids_of(name), stack.process.pid)))
        for name in PORT_NAMES
        if stack.process is not None
    }


def outermost(pids: Sequence[int], above: int) -> list[int]:
    """Those that no other of them has started: a server's workers hold its socket too. `above` is left out."""
    parents = {pid: int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1]) for pid in pids}
    return [pid for pid in pids if parents[pid] not in pids and pid != above]


def report(found: dict[str, dict[str, float]], memory: dict[str, int], stock_memory: int, seconds: float) -> str:
    """The figures as Markdown."""
    rows = [f"| {kind} | {each['median_ms']} | {each['p95_ms']} |" for kind, each in found.items()]
    chat_share = 1 - found[RASA]["median_ms"] / found[WHOLE]["median_ms"]
    ratio = found[IN_TURN]["median_ms"] / found[STOCK]["median_ms"]
    each = ", ".join(f"{name} {size}" for name, size in memory.items())
    return "\n".join(
        [
            "| turn | median ms | p95 ms |",
            "|---|---|---|",
            *rows,
            "",
            f"In turn with it, a typed turn takes {ratio:.2f} of stock Rasa's; {chat_share:.0%} is the chat server's.",
            f"Memory in MB: {each}; together {sum(memory.values())}; stock Rasa with its actions {stock_memory}.",
            f"From `make run` on a trained model to the first answer: {seconds:.1f} s.",
        ]
    )


def main() -> int:
    """Train the stock bot if needed, start both, measure, print the figures and one JSON line."""
    data = Path(os.environ.get("LANTERN_DATA_DIR") or ROOT / "var").resolve()
    folder, model = data / "bench" / "stock", data / "bench" / "stock.tar.gz"
    train(folder, model)
    with tempfile.TemporaryDirectory() as scratch:
        stack, stock = Stack(Path(scratch) / "var"), None
        try:
            print("Starting both ...", file=sys.stderr, flush=True)
            stack.start()
            stock = StockBot(folder, model)
            stock.wait()
            found = measure(stack, stock)
            memory, stock_memory = memory_of(stack), round(megabytes(stock.pids))
        finally:
            stack.stop()
            if stock is not None:
                stock.stop()
    text = report(found, memory, stock_memory, stack.seconds_to_start)
    print(text)
    print(json.dumps(found | {"memory_mb": memory, "seconds_to_start": round(stack.seconds_to_start, 1)}))
    write_between(PAGE, "make bench", text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
