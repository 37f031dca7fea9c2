"""The clock of the wall jumps: for Lantern's processes alone, by a few lines of C that are loaded before each."""

from __future__ import annotations

import struct
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.faults.fault import Fault
from benchmarks.faults.processes import KILL, signal_all
from benchmarks.faults.system import System

SOURCE = Path(__file__).with_name("clock.c")
HOURS = 5  # more than a conversation lasts
CLOCK = "clock"  # the file that is set, in the folder of the system


def clock_environment(folder: Path) -> dict[str, str]:
    """For processes whose clock can be set by jump(), all in this folder. Needs a C compiler."""
    library = folder / "clock.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", str(library), str(SOURCE), "-ldl"], check=True)
    set_clock(folder, 0)
    return {"LD_PRELOAD": str(library), "TEST_CLOCK": str(folder / CLOCK)}


def set_clock(folder: Path, seconds: int) -> None:
    """From now on the clock is so many seconds ahead of the true one. Written in place, for it is read all the time."""
    file = folder / CLOCK
    file.touch()
    with file.open("r+b") as written:
        written.write(struct.pack("=q", seconds))


def jump(hours: int) -> Callable[[System], Iterator[None]]:
    """Set the clock so many hours forward, or back; a process that dies then is started again all the same."""

    @contextmanager
    def begin(system: System) -> Iterator[None]:
        set_clock(system.folder, hours * 3600)
        signal_all(system.processes("actions"), KILL)
        try:
            yield
        finally:
            set_clock(system.folder, 0)

    return begin


FAULTS = (
    Fault("clock-forward", f"clock {HOURS} h forward and back, actions killed", jump(HOURS), needs_clock=True),
    Fault("clock-back", f"clock {HOURS} h back and forward, actions killed", jump(-HOURS), needs_clock=True),
)
