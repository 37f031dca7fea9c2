"""A process is killed, frozen, or so slow that it runs only a tenth of the time."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress

from benchmarks.faults.fault import Fault
from benchmarks.faults.system import System

RUN_SECONDS, STOP_SECONDS = 0.015, 0.135

Begin = Callable[[System], AbstractContextManager[None]]


def signal_all(pids: Sequence[int], number: signal.Signals) -> None:
    """To those that are still there."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def send(number: signal.Signals, name: str, *, only_worker: bool = False) -> Begin:
    """Kill or freeze a process with its workers, or its last worker only. Nobody takes it back."""

    @contextmanager
    def begin(system: System) -> Iterator[None]:
        pids = system.processes(name)
        signal_all(pids[-1:] if only_worker else pids, number)
        yield

    return begin


def slow(name: str) -> Begin:
    """Stop and continue it again and again."""

    @contextmanager
    def begin(system: System) -> Iterator[None]:
        pids, done = system.processes(name), threading.Event()

        def hold_back() -> None:
            while not done.wait(RUN_SECONDS):
                signal_all(pids, signal.SIGSTOP)
                done.wait(STOP_SECONDS)
                signal_all(pids, signal.SIGCONT)

        thread = threading.Thread(target=hold_back)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    return begin


def send_to_supervisor(number: signal.Signals) -> Begin:
    """supervisord itself, that starts the others."""

    @contextmanager
    def begin(system: System) -> Iterator[None]:
        os.kill(int((system.stack.data_dir / "supervisord.pid").read_text()), number)
        yield

    return begin


KILL, FREEZE = signal.SIGKILL, signal.SIGSTOP
NAMES = {"chat": "the chat server", "rasa": "Rasa", "actions": "the action server", "admin": "the admin"}

FAULTS = (
    *(
        Fault(f"kill-{name}", f"kill -9 of {words}", send(KILL, name), 0, chat_may_be_away=name == "chat")
        for name, words in NAMES.items()
    ),
    Fault(
        "kill-chat-worker", "kill -9 of the chat's worker", send(KILL, "chat", only_worker=True), 0,
        chat_may_be_away=True,
    ),
    *(
        Fault(f"freeze-{name}", f"SIGSTOP of {words}", send(FREEZE, name), 0, chat_may_be_away=name == "chat")
        for name, words in NAMES.items()
    ),
    Fault(
        "freeze-chat-worker", "SIGSTOP of the chat's worker", send(FREEZE, "chat", only_worker=True), 0,
        chat_may_be_away=True,
    ),
    *(
        Fault(f"slow-{name}", f"{words} runs a tenth of the time", slow(name), chat_may_be_away=name == "chat")
        for name, words in NAMES.items()
    ),
    Fault("kill-supervisor", "kill -9 of supervisord", send_to_supervisor(KILL), 0, chat_may_be_away=True),
    Fault("freeze-supervisor", "SIGSTOP of supervisord", send_to_supervisor(FREEZE), 0, chat_may_be_away=True),
)  # fmt: skip
