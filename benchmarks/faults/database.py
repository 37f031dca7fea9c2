"""The database is locked, overwritten or gone; what was damaged is put back from a backup, as the runbook says."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.faults.fault import Fault
from benchmarks.faults.processes import KILL, signal_all
from benchmarks.faults.system import System
from content.backup_sqlite import BESIDE
from ops.stack import ROOT

LOCKED_SECONDS = 30
PAGES = (0, 5, 40, 41, 42, 200)  # overwritten, of 4096 bytes each; 0 is where the database says what it is
PAGE = 4096

# Holds the one lock for writing, and, in the file beside it, those for reading too.
LOCK = """
import fcntl, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
connection.execute("BEGIN EXCLUSIVE")
beside = open(sys.argv[1] + "-shm", "r+b")
for byte in range(123, 128):
    try:
        fcntl.lockf(beside, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, byte)
    except OSError:
        pass  # somebody is reading just now
print("locked", flush=True)
sys.stdin.read()
"""


@contextmanager
def lock(system: System) -> Iterator[None]:
    """Another program holds all locks."""
    holder = subprocess.Popen(
        [sys.executable, "-c", LOCK, str(system.database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    try:
        holder.stdout.readline()
        yield
    finally:
        holder.stdin.close()
        holder.wait()
        holder.stdout.close()


def damage(spoil: Callable[[Path], None]) -> Callable[[System], Iterator[None]]:
    """Do this to the file, and have the chat and the actions start anew with what is left. Then restore a backup."""

    @contextmanager
    def begin(system: System) -> Iterator[None]:
        backup = system.folder / "backup"
        backup.unlink(missing_ok=True)
        command = [sys.executable, "-m", "content"]
        back_up = [*command, "back-up", str(backup)]
        subprocess.run(back_up, cwd=ROOT, env=system.stack.environment, check=True, capture_output=True)
        spoil(system.database)
        signal_all(system.processes("actions"), KILL)
        signal_all(system.processes("chat")[-1:], KILL)
        try:
            yield
            if not system.says_newest():
                system.not_said.append(system.marks[-1])
        finally:
            restore = [*command, "restore", "--force", str(backup)]
            subprocess.run(restore, cwd=ROOT, env=system.stack.environment, check=True, capture_output=True)

    return begin


def overwrite(database: Path) -> None:
    """Random bytes over some pages."""
    with database.open("r+b") as file:
        for page in PAGES:
            file.seek(page * PAGE)
            file.write(os.urandom(PAGE))


def remove(database: Path) -> None:
    """The file, and what is beside it."""
    for beside in BESIDE:
        Path(f"{database}{beside}").unlink(missing_ok=True)


FAULTS = (
    Fault("database-locked", f"another program holds all locks for {LOCKED_SECONDS} s", lock, LOCKED_SECONDS),
    Fault(
        "database-corrupted",
        f"{len(PAGES)} pages overwritten, chat and actions killed; then a backup is restored",
        damage(overwrite),
        chat_may_be_away=True,
    ),
    Fault(
        "database-removed",
        "the file deleted, chat and actions killed; then a backup is restored",
        damage(remove),
        chat_may_be_away=True,
    ),
)
