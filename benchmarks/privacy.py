"""Whether anything that a person wrote is in any file: `make privacy`. Exit code 1 when there is.

500 messages with marks in them, typed, malformed and in every other way that words can come, in English and Welsh: to
the whole system while it is well, while its parts give back what they are sent as errors, while each of its processes
is killed or crashes in mid-turn, and through the widget in a browser. Then every file of this machine that was changed
since is searched for the marks, in all the forms in which a program could have written them.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from benchmarks.faults.proxy import MALFORMED, answer_with
from benchmarks.faults.system import PORT_OF, System
from benchmarks.log_check import count_requests, find_log_faults
from benchmarks.privacy_browser import speak_and_die, speak_and_leave, visit
from benchmarks.saying import OTHER, TYPED, Speaker, Way, take_turns
from benchmarks.traces import Marks, Search, Trace, files_in, plant
from ops.stack import Stack

WELL, IN_FAULTS, IN_CRASHES, IN_BROWSER = 210, 40, 20, 25  # messages; crashes: for each way of each process
AT_ONCE = 3
WHOLE_SECONDS = 180.0
CRASHES = (signal.SIGKILL, signal.SIGABRT, signal.SIGSEGV)
CRASHING = ("chat", "rasa", "actions", "admin")
NEW_CHAT_EVERY = 10  # messages


class Privacy:
    """One run. What is wrong is in `faults`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.marks = Marks()
        self.search = Search(self.marks.stem)
        self.system = System(folder, wants_own_disk=False)
        self.speakers: list[Speaker] = []
        self.faults: list[str] = []
        self.crashes = 0

    def speak(self, messages: int, ways: Iterator[Way], during: Callable[[], None] | None = None) -> None:
        """So many messages by some people at once, while something is done."""
        lock = threading.Lock()
        left = iter(range(messages))

        def talk() -> None:
            speaker = Speaker(self.system.stack.chat_url)
            said = 0
            while True:
                with lock:
                    if next(left, None) is None:
                        break
                    way, mark = next(ways), self.marks.next()
                if said % NEW_CHAT_EVERY == 0:
                    speaker.start()
                way(speaker, mark)
                said += 1
            speaker.close()
            self.speakers.append(speaker)

        threads = [threading.Thread(target=talk) for _ in range(AT_ONCE)]
        for thread in threads:
            thread.start()
        if during:
            during()
        for thread in threads:
            thread.join()

    def speak_while_well(self) -> None:
        """Nothing may end in an error of the server."""
        self.speak(WELL, take_turns(TYPED, OTHER))
        errors = [status for speaker in self.speakers for status in speaker.statuses if status >= 500]
        if errors:
            self.faults.append(f"{len(errors)} answers {set(errors)} while all was well")

    def speak_in_faults(self) -> None:
        """Rasa and the actions answer with errors that give back what they were sent."""
        for proxy in (self.system.to_rasa, self.system.to_actions):
            with proxy.misbehave(answer_with(MALFORMED)):
                self.speak(IN_FAULTS, take_turns(TYPED))
            self.wait()

    def speak_in_crashes(self) -> None:
        """Each process is killed or crashes while it has messages in hand."""
        for name in CRASHING:
            for number in CRASHES:
                self.speak(IN_CRASHES, take_turns(TYPED), lambda: self._crash(name, number))  # noqa: B023
                self.wait()

    def _crash(self, name: str, number: signal.Signals) -> None:
        """Freeze it, so that messages are in it for certain, and end it."""
        time.sleep(0.3)
        pids = self.system.processes(name)
        for step in (signal.SIGSTOP, number, signal.SIGCONT):
            for pid in reversed(pids):
                with suppress(ProcessLookupError):
                    os.kill(pid, step)
            time.sleep(0.3 if step == signal.SIGSTOP else 0.0)
        self.crashes += 1

    def wait(self) -> None:
        """Until all is whole again. Raises RuntimeError when it does not become so."""
        if self.system.wait_until_whole(time.monotonic(), WHOLE_SECONDS) is None:
            raise RuntimeError(f"Not whole: {self.system.problem}\n{self.system.stack.read_logs()}")

    def check_core_limits(self) -> None:
        """No process may leave a picture of its memory."""
        supervisor = int((self.system.stack.data_dir / "supervisord.pid").read_text())
        for pid in (supervisor, *(pid for name in PORT_OF for pid in self.system.processes(name))):
            self.faults += find_core_faults(pid)

    def check_logs(self) -> int:
        """The logs, read when all is over; how many lines tell of a message."""
        logs = self.system.stack.data_dir / "log"
        self.faults += find_log_faults(logs, [token for speaker in self.speakers for token in speaker.tokens])
        requests = count_requests(logs)
        if requests < WELL // 2:
            self.faults.append(f"only {requests} lines in the logs tell of a message")
        return requests


def find_core_faults(pid: int) -> list[str]:
    """What is wrong with a process's limit of core files: more than one byte."""
    lines = Path(f"/proc/{pid}/limits").read_text(encoding="ascii").splitlines()
    limits = next(line for line in lines if line.startswith("Max core file size")).split()[4:6]
    return [] if set(limits) <= {"0", "1"} else [f"process {pid} may write core files: {limits}"]


def find_blind_spots(search: Search, folder: Path, stem: str) -> list[str]:
    """The forms that a search does not find when they are there. What is planted for it is deleted."""
    folder.mkdir()
    try:
        planted = plant(folder, stem)
        found = {trace.path for trace in search.traces_in(files_in(folder))}
        return [f"the search is blind to {form}" for form, path in planted.items() if path not in found]
    finally:
        shutil.rmtree(folder)


def find_blind_spot_in_browser(folder: Path, stack: Stack) -> list[str]:
    """An address with a mark in it must be found in the browser's profile, and nowhere in what Lantern wrote."""
    marks = Marks()
    visit(folder / "profile", stack.chat_url, marks)
    search = Search(marks.stem)
    faults = [f"{trace.path} holds an address" for trace in search.traces_in(files_in(stack.data_dir))]
    if not search.traces_in(files_in(folder / "profile")):
        faults.append("the search is blind to the browser's profile")
    return faults


def main() -> int:
    """Speak, stop, search, and print one JSON line."""
    since = time.time()
    folder = Path(tempfile.mkdtemp(prefix="lantern-"))
    try:
        return run(folder, since)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def run(folder: Path, since: float) -> int:
    privacy = Privacy(folder)
    system = privacy.system
    privacy.faults += find_blind_spots(privacy.search, folder / "planted", privacy.marks.stem)
    say("Starting ...")
    system.start()
    try:
        privacy.check_core_limits()
        say("Speaking while all is well ...")
        privacy.speak_while_well()
        say("Speaking while Rasa and the actions give errors ...")
        privacy.speak_in_faults()
        say("Speaking while processes are killed and crash ...")
        privacy.speak_in_crashes()
        say("Speaking in a browser ...")
        privacy.faults += find_blind_spot_in_browser(folder, system.stack)
        speak_and_leave(folder / "profile", system.stack.chat_url, privacy.marks, IN_BROWSER)
        speak_and_die(folder / "profile", system.stack.chat_url, privacy.marks, IN_BROWSER // 2)
        running: Sequence[Trace] = privacy.search.traces_in(files_in(system.stack.data_dir))
    finally:
        system.stop()
    requests = privacy.check_logs()
    say("Searching every file of this machine that was changed since ...")
    changed = list(files_in(Path("/"), since))
    traces = {*running, *privacy.search.traces_in(changed)}
    result = {
        "messages": privacy.marks.given,
        "crashes": privacy.crashes,
        "files_searched": len(changed),
        "files_of_the_run": sum(folder in path.parents for path in changed),
        "log_lines_of_messages": requests,
        "marks_found": len(traces),
    }
    for fault in (*privacy.faults, *(f"{trace.path}: {trace.form}" for trace in sorted(traces, key=str))):
        say(f"! {fault}")
    print(json.dumps(result))
    return 1 if traces or privacy.faults or privacy.marks.given < 500 else 0


if __name__ == "__main__":
    raise SystemExit(main())
