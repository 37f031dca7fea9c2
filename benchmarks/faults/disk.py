"""The disk is full."""

from __future__ import annotations

import errno
import os
import resource
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from benchmarks.faults.fault import Fault
from benchmarks.faults.processes import KILL, signal_all
from benchmarks.faults.system import PORT_OF, System

PIECE = 1024 * 1024


def fill(kill: str) -> Callable[[System], AbstractContextManager[None]]:
    """Fill the system's own small disk to the last byte, and have one process start anew on it.

    Where no disk could be mounted (that takes root), no process may let a file grow instead.
    """
    return lambda system: _fill(system, kill) if system.has_own_disk else _forbid_growth(system)


@contextmanager
def _fill(system: System, kill: str) -> Iterator[None]:
    filler = system.stack.data_dir / "filler"
    try:
        with filler.open("wb", buffering=0) as file:
            for size in (PIECE, 4096, 1):
                _write_until_full(file.fileno(), bytes(size))
        signal_all(system.processes(kill), KILL)
        yield
    finally:
        filler.unlink(missing_ok=True)


def _write_until_full(descriptor: int, piece: bytes) -> None:
    try:
        while True:
            os.write(descriptor, piece)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise


@contextmanager
def _forbid_growth(system: System) -> Iterator[None]:
    pids = [pid for name in PORT_OF for pid in system.processes(name)]
    pids.append(int((system.stack.data_dir / "supervisord.pid").read_text()))
    before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in pids}
    for pid, (_, hard) in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        for pid, limits in before.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


FAULTS = (
    Fault("disk-full", "no byte free on the disk of the data folder, actions killed", fill("actions"), 20),
    Fault("disk-full-rasa", "the same, Rasa killed: it can not unpack its model", fill("rasa"), 20),
)
