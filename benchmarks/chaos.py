"""What people get while something is broken, and how soon all is whole again: `make chaos [FAULT=name]`.

Each fault is done to a running system while three people talk. Every message must get help or an honest line within two
seconds, nothing published may be lost, and the system must be whole again within a minute, by itself.
`--write` puts the table into docs/reliability.md.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.faults import clock, database, disk, model, network, processes, publishing
from benchmarks.faults.fault import Fault
from benchmarks.faults.people import CHAT, RASA, SECONDS_ALLOWED, WIDGET, Seen
from benchmarks.faults.system import System
from benchmarks.faults.widget import Shown, open_widget
from benchmarks.written import write_between
from ops.stack import ROOT

PAGE = ROOT / "docs" / "reliability.md"
FAULTS: tuple[Fault, ...] = (
    *processes.FAULTS, *network.FAULTS, *database.FAULTS, *disk.FAULTS, *model.FAULTS, *publishing.FAULTS,
    *clock.FAULTS,
)  # fmt: skip
WHOLE_SECONDS = 60.0
START_SECONDS = 120.0
GOOD, BAD, COLUMNS = "good", "**bad**", 12
BEFORE, AFTER = 1.0, 2.0  # seconds that people talk before the fault, and after all is whole again


@dataclass(frozen=True)
class Result:
    """One fault: what people got, seconds until all was whole (None: never), the marks of releases that were lost."""

    fault: Fault
    seen: Seen
    whole: float | None
    lost: Sequence[int]
    problem: str  # what was not whole at the end
    shown: Shown | None  # by the widget in a browser, where the chat server itself was hit

    @property
    def is_good(self) -> bool:
        is_back = self.whole is not None and self.whole <= WHOLE_SECONDS
        is_shown = self.shown is None or self.shown.seconds <= SECONDS_ALLOWED
        return is_back and is_shown and not self.lost and not self.seen.faults and bool(self.seen.got)

    def row(self) -> str:
        """The line of the table."""
        sources, seen = self.seen.sources, self.seen
        cells = [
            self.fault.name,
            self.fault.what,
            str(len(seen.got)),
            *(str(sources[who]) for who in (RASA, CHAT, WIDGET)),
            str(seen.faults.total()),
            f"{seen.worst:.2f}",
            "" if self.shown is None else f"{self.shown.what}, {self.shown.seconds:.2f}",
            "never" if self.whole is None else f"{self.whole:.0f}",
            str(len(self.lost)),
            GOOD if self.is_good else BAD,
        ]
        return f"| {' | '.join(cells)} |"


def try_fault(system: System, fault: Fault) -> Result:
    """Do it while people talk."""
    system.publish()
    if system.wait_until_whole(time.monotonic(), START_SECONDS) is None:
        raise RuntimeError(f"Not whole before {fault.name}: {system.problem}\n{system.stack.read_logs()}")
    seen = Seen(fault.chat_may_be_away)
    with ExitStack() as browser:
        opened = open_widget(system.stack.chat_url, system.release) if fault.chat_may_be_away else None
        widget = browser.enter_context(opened) if opened else None
        system.crowd.start(seen)
        time.sleep(BEFORE)
        publisher = threading.Thread(target=system.publish)
        since = time.monotonic()
        with fault.begin(system):
            publisher.start()
            shown = widget.say() if widget else None
            time.sleep(max(0.0, since + fault.seconds - time.monotonic()))
        publisher.join()
        whole = system.wait_until_whole(time.monotonic() if fault.seconds else since, WHOLE_SECONDS)
        time.sleep(AFTER)
        system.crowd.stop()
    return Result(fault, seen, whole, system.lost_marks(), system.problem, shown)


@contextmanager
def running(*, with_clock: bool) -> Iterator[System]:
    """A system in a folder of its own; with a clock that can be set where that is wanted."""
    folder = Path(tempfile.mkdtemp(prefix="lantern-"))
    environment = clock.clock_environment(folder) if with_clock else {}
    system = System(folder, environment)
    try:
        system.start()
        yield system
    finally:
        system.stop()
        shutil.rmtree(folder, ignore_errors=True)


def try_all(faults: Sequence[Fault]) -> Iterator[Result]:
    """One after another. A system that does not become whole is given up for a new one."""
    waiting = list(faults)
    while waiting:
        with running(with_clock=waiting[0].needs_clock) as system:
            while waiting:
                result = try_fault(system, waiting.pop(0))
                yield result
                if result.whole is None:
                    break


def tell(result: Result) -> None:
    """Print it, with what was wrong."""
    print(result.row(), flush=True)
    for fault, times in result.seen.faults.most_common(5):
        print(f"    {times} times {fault}")
    if result.whole is None:
        print(f"    not whole: {result.problem}")


def table(rows: Mapping[str, str]) -> str:
    """The rows by the names of their faults as Markdown, and what they come to."""
    cells = [row.strip("| ").split(" | ") for row in rows.values()]
    return "\n".join(
        [
            "| fault | what is done | messages | answered by Rasa | helped by chat | left to the widget | without help "
            "| longest wait s | the widget shows, after s | whole after s | releases lost | |",
            "|---|---|---|---|---|---|---|---|---|---|---|---|",
            *(rows[fault.name] for fault in FAULTS if fault.name in rows),
            "",
            f"{sum(int(row[2]) for row in cells)} messages; allowed are {SECONDS_ALLOWED:.0f} s for each and "
            f"{WHOLE_SECONDS:.0f} s until all is whole. {sum(row[-1] == GOOD for row in cells)} of {len(cells)} faults "
            "ended as they should.",
        ]
    )


def rows_in(text: str) -> dict[str, str]:
    """The rows of earlier runs in a page, by the names of their faults."""
    found = (line for line in text.splitlines() if line.count(" | ") >= COLUMNS - 2)
    rows = {line.strip("| ").split(" | ")[0]: line for line in found}
    return {fault.name: rows[fault.name] for fault in FAULTS if fault.name in rows}


def main() -> int:
    """Try the faults; their rows go into docs/reliability.md, others stay. Exit code 1 when one ended badly."""
    options = argparse.ArgumentParser(prog="benchmarks.chaos")
    options.add_argument("--only", metavar="FAULT", help="this one, or all whose names begin so")
    chosen = options.parse_args()
    faults = [fault for fault in FAULTS if fault.name == chosen.only]
    faults = faults or [fault for fault in FAULTS if fault.name.startswith(chosen.only or "")]
    if not faults:
        options.error(f"no fault {chosen.only} among {', '.join(fault.name for fault in FAULTS)}")
    if shutil.which("cc") is None:
        print("Without a C compiler no clock can be set. On Debian: apt-get install gcc.", file=sys.stderr)
        return 1
    results: list[Result] = []
    for needs_clock in (False, True):
        for result in try_all([fault for fault in faults if fault.needs_clock is needs_clock]):
            tell(result)
            results.append(result)
    rows = {result.fault.name: result.row() for result in results}
    print("\n" + table(rows))
    write_between(PAGE, "make chaos", table(rows_in(PAGE.read_text(encoding="utf-8")) | rows))
    return 0 if all(result.is_good for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
