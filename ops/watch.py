"""Looks after the four processes: one that no longer answers is ended, so that supervisord starts it anew.

supervisord sees a process only when it ends. One that hangs, or that supervisord gave up on, stays away until somebody
looks: this looks every two seconds.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
import xmlrpc.client  # nosec B411: what it reads comes from our own supervisord, over a socket of this user's
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from supervisor.states import ProcessStates
from supervisor.xmlrpc import SupervisorTransport, UnixStreamHTTPConnection

EVERY = 2.0  # seconds between two looks
PATIENCE = 12.0  # seconds of silence; shorter, and a machine under load would lose what only was slow
START_PATIENCE = {"rasa": 120.0}  # seconds from the start to the first answer
OTHERS_START_PATIENCE = 30.0
PROBE_SECONDS = 3.0
LONGEST_SOCKET = 100  # bytes; Linux takes 107 in the path of a socket

Facts = Mapping[str, Any]  # of one process, as supervisord tells them


class SupervisorAway(Exception):
    """supervisord does not answer."""


class Supervisor:
    """What is asked of supervisord, over its socket in the data folder."""

    def __init__(self, path: Path) -> None:
        transport = SupervisorTransport(serverurl=f"unix://{path}")
        transport._get_connection = lambda: _PatientConnection(path)
        self._server = xmlrpc.client.ServerProxy("http://localhost", transport=transport)

    def processes(self) -> dict[str, Facts]:
        """Each process by its name. Raises SupervisorAway."""
        return {str(facts["name"]): facts for facts in self._ask("getAllProcessInfo")}

    def start(self, name: str) -> None:
        """Start a process without waiting for it. Raises SupervisorAway."""
        self._ask("startProcess", name, False)

    def _ask(self, what: str, *arguments: Any) -> Any:
        try:
            return getattr(self._server.supervisor, what)(*arguments)
        except xmlrpc.client.Fault:
            return []  # it says no: started meanwhile, or stopping
        except (OSError, http.client.HTTPException, xmlrpc.client.Error) as error:
            self._server("close")()
            raise SupervisorAway from error


class _PatientConnection(UnixStreamHTTPConnection):  # type: ignore[misc]
    """supervisor's own waits for an answer without an end."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost")
        self.socketfile = str(path)

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(PROBE_SECONDS)
        self.sock.connect(self.socketfile)


class Watch:
    """`addresses`: where each process answers a GET with 200 while it is well."""

    def __init__(self, supervisor: Supervisor, addresses: Mapping[str, str]) -> None:
        self._supervisor = supervisor
        self._addresses = addresses
        self._heard: dict[int, float] = {}  # by process id: when it last answered
        self._seen: dict[int, float] = {}  # when it was first seen
        self._pool = ThreadPoolExecutor(len(addresses))

    def look(self, now: Callable[[], float] = time.monotonic) -> None:
        """One look at all of them. Raises SupervisorAway."""
        processes = self._supervisor.processes()
        for name in (name for name, facts in processes.items() if facts["state"] == ProcessStates.FATAL):
            say(f"{name} was given up; starting it again.")
            self._supervisor.start(name)
        running = {
            name: int(facts["pid"])
            for name, facts in processes.items()
            if facts["state"] == ProcessStates.RUNNING and name in self._addresses
        }
        well = self._pool.map(lambda name: answers(self._addresses[name], PROBE_SECONDS), running)
        for (name, pid), is_well in zip(running.items(), well, strict=True):
            self._note(name, pid, is_well, now())
        self._heard = {pid: at for pid, at in self._heard.items() if pid in running.values()}
        self._seen = {pid: at for pid, at in self._seen.items() if pid in running.values()}

    def _note(self, name: str, pid: int, is_well: bool, now: float) -> None:
        self._seen.setdefault(pid, now)
        if is_well:
            self._heard[pid] = now
            return
        start_patience = START_PATIENCE.get(name, OTHERS_START_PATIENCE)
        ends_at = self._heard[pid] + PATIENCE if pid in self._heard else self._seen[pid] + start_patience
        if now >= ends_at:
            say(f"{name} does not answer; ending it, so that it is started again.")
            end_group(pid)


def answers(address: str, seconds: float = 3) -> bool:
    """Whether a GET of the address gives 200."""
    try:
        with urllib.request.urlopen(address, timeout=seconds) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError, http.client.HTTPException):
        return False


def end_group(pid: int) -> None:
    """End a process and all that it started, frozen or not. supervisord gives each a group of its own."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def say(words: str) -> None:
    """A line for whoever started Lantern."""
    with suppress(OSError):  # whoever read the words may be gone
        print(words, file=sys.stderr, flush=True)
