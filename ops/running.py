"""The supervisor and the four processes: started, looked after, stopped."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ops.watch import EVERY, Supervisor, SupervisorAway, Watch, answers, end_group, say

START_SECONDS = 180
SUPERVISOR_PATIENCE = 6.0  # seconds of silence; it has little to do
STOP_SECONDS = 20.0  # that supervisord may take to stop all; it gives each process five
HEALTH = {"chat": "/healthz", "admin": "/healthz", "rasa": "/webhooks/lantern/", "actions": "/health"}
PR_SET_PDEATHSIG = 1  # from <sys/prctl.h>: the signal a child gets when its parent dies
PR_SET_CHILD_SUBREAPER = 36  # and: whose child a process becomes when its parent dies


class Running:
    """supervisord with the four processes under it. The environment names their ports."""

    def __init__(self, environment: dict[str, str], data: Path, configuration: str) -> None:
        self._addresses = {
            name: f"http://127.0.0.1:{environment[f'LANTERN_{name.upper()}_PORT']}{path}"
            for name, path in HEALTH.items()
        }
        self._readiness = self._addresses["chat"].removesuffix(HEALTH["chat"]) + "/readyz"
        self._command = [sys.executable, "-m", "supervisor.supervisord", "-c", configuration]
        self._environment, self._data = environment, data
        self._stopping_since: float | None = None
        self.process = self._start()

    def stop(self) -> None:
        """Stop all; look_after() returns when it is done."""
        self._stopping_since = self._stopping_since or time.monotonic()
        self.process.terminate()

    def wait_until_answering(self) -> bool:
        """True once chat is ready (with Rasa and the actions behind it) and admin answers."""
        waiting = {"chat, Rasa and actions": self._readiness, "admin": self._addresses["admin"]}
        print("Starting ...", end="", flush=True)
        deadline = time.monotonic() + START_SECONDS
        while waiting and time.monotonic() < deadline and self.process.poll() is None:
            for name in [name for name, address in waiting.items() if answers(address)]:
                del waiting[name]
                print(f" {name} ready ...", end="", flush=True)
            time.sleep(0.3)
            print(".", end="", flush=True)
        print(flush=True)
        return not waiting and self.process.poll() is None

    def look_after(self) -> None:
        """Stay until stopped. Whatever hangs is ended and started again, supervisord itself too."""
        watch, heard_at = self._watch(), time.monotonic()
        while not self._has_ended():
            if self._stopping_since is not None:
                if time.monotonic() > self._stopping_since + STOP_SECONDS:
                    self.process.kill()
                    self.process.wait()
                    end_orphans(self.process.pid)
                continue
            if self.process.returncode is not None:
                say("supervisord ended; starting everything again.")
                end_orphans(self.process.pid)
                time.sleep(EVERY)
                self.process = self._start()
                if self._stopping_since is not None:  # said while there was none to tell
                    self.process.terminate()
                watch, heard_at = self._watch(), time.monotonic()
            bury_orphans(self.process.pid)
            try:
                watch.look()
                heard_at = time.monotonic()
            except SupervisorAway:
                if time.monotonic() - heard_at > SUPERVISOR_PATIENCE:
                    self.process.kill()

    def _has_ended(self) -> bool:
        """Wait a moment; whether all is over: supervisord ended as it was told to."""
        try:
            return self.process.wait(EVERY) == 0 or self._stopping_since is not None
        except subprocess.TimeoutExpired:
            return False

    def _start(self) -> subprocess.Popen[bytes]:
        # With a full disk it complains to stderr of each line that it can not log, and where nobody reads, it would
        # wait there for ever.
        return subprocess.Popen(
            self._command, env=self._environment, stderr=subprocess.DEVNULL, preexec_fn=die_with_parent
        )

    def _watch(self) -> Watch:
        return Watch(Supervisor(self._data / "supervisor.sock"), self._addresses)


def die_with_parent() -> None:
    """In the supervisor's process: stop (and so stop the four) also when this one is killed outright."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def adopt_orphans() -> None:
    """What a dead supervisor leaves behind becomes a child of this process, so that it can be found and ended."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def end_orphans(supervisor: int) -> None:
    """End what a dead supervisor has left behind, and wait until it is gone: its ports are needed."""
    for pid in list(_orphans(supervisor)):
        end_group(pid)
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def bury_orphans(supervisor: int) -> None:
    """Let those that have ended go: no other process may."""
    for pid in _orphans(supervisor):
        with suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)


def _orphans(supervisor: int) -> Iterator[int]:
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == os.getpid() and int(process.name) != supervisor:
                yield int(process.name)
