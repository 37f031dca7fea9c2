"""How much memory processes hold, now and over time."""

from __future__ import annotations

import statistics
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Self

EVERY = 5.0  # seconds between two looks


def megabytes(pids: Sequence[int]) -> float:
    """Memory of the processes and all their children, in MB: pages that several share are counted once (PSS)."""
    return sum(_own_megabytes(pid) for pid in family(pids))


def family(pids: Sequence[int]) -> list[int]:
    """The processes and all their children."""
    found, waiting = [], list(pids)
    while waiting:
        pid = waiting.pop()
        try:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        except OSError:
            continue
        found.append(pid)
        waiting += map(int, children)
    return found


def _own_megabytes(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0) / 1024


class Watch:
    """Looks at the memory of processes every few seconds while the block runs."""

    def __init__(self, pids: Sequence[int], every: float = EVERY) -> None:
        self._pids, self._every = pids, every
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self.seen: list[float] = []

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.is_set():
            self.seen.append(megabytes(self._pids))
            self._over.wait(self._every)

    def at(self, share: float) -> float:
        """Memory at a share of the time (1: the end), in MB, the median of the looks around it."""
        last = len(self.seen) - 1
        middle = round(last * share)
        return statistics.median(self.seen[max(0, middle - 2) : middle + 3])

    def growth(self) -> float:
        """How much the second half grew: the median of its last fifth over that of its first, less one."""
        half = self.seen[len(self.seen) // 2 :]
        fifth = max(1, len(half) // 5)
        return statistics.median(half[-fifth:]) / statistics.median(half[:fifth]) - 1
