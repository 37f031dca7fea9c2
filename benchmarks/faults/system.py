"""The running system as the faults need it: between its processes there are proxies, and its disk can be full."""

from __future__ import annotations

import os
import subprocess
import time
from configparser import RawConfigParser
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from sqlalchemy.exc import SQLAlchemyError
from supervisor.states import ProcessStates

from benchmarks.faults.people import RASA, Crowd, Person
from benchmarks.faults.proxy import Proxy
from benchmarks.marks import QUESTION, marks_in, publish_mark
from content.database import make_engine
from content.library import read_library
from content.release import Release
from content.settings import LIBRARY
from ops.conversation import Conversation
from ops.stack import ROOT, Stack, free_ports
from ops.watch import Supervisor, SupervisorAway

DISK = "400m"
LOOKS = 20
PORT_OF = {name: f"LANTERN_{name.upper()}_PORT" for name in ("chat", "admin", "rasa", "actions")}


@dataclass
class System:
    """Lantern, started in `folder`. `environment` is given to all of its processes."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    wants_own_disk: bool = True
    to_rasa: Proxy = field(default_factory=Proxy)  # where chat believes Rasa to be
    to_actions: Proxy = field(default_factory=Proxy)  # where Rasa and chat believe the actions to be
    release: Release = field(default_factory=lambda: Release.from_snapshot(read_library(LIBRARY)))
    marks: list[int] = field(default_factory=list)  # published, in this order
    has_own_disk: bool = False
    not_said: list[int] = field(default_factory=list)  # published, but not what was said while the database was gone
    problem: str = ""  # what was not whole at the last look

    def __post_init__(self) -> None:
        ports = dict(zip(PORT_OF, free_ports(len(PORT_OF)), strict=True))
        self.to_rasa.target, self.to_actions.target = ports["rasa"], ports["actions"]
        environment = self.environment | {PORT_OF[name]: str(port) for name, port in ports.items()}
        self.stack = Stack(self.folder / "var", environment, self._write_configuration())
        self.crowd: Crowd
        self.regular: Person  # somebody whose chat began before all faults
        self.engine = make_engine(self.database_url)
        self.supervisor = Supervisor(self.stack.data_dir / "supervisor.sock")

    def start(self) -> None:
        """Start it on a small disk of its own, where this user may mount one."""
        self.stack.data_dir.mkdir(parents=True)
        mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "lantern", str(self.stack.data_dir)]
        if self.wants_own_disk:
            self.has_own_disk = subprocess.run(mount, capture_output=True, check=False).returncode == 0
        self.stack.start()
        self.crowd = Crowd(self.stack.chat_url, self.release)
        self.regular = Person(self.stack.chat_url, "en", self.release)

    def stop(self) -> None:
        """Stop it, and give the disk back."""
        try:
            self.stack.stop()
            self.engine.dispose()
        finally:
            self.to_rasa.close()
            self.to_actions.close()
            if self.has_own_disk:
                subprocess.run(["umount", "--lazy", str(self.stack.data_dir)], check=True)

    @property
    def database(self) -> Path:
        return self.stack.data_dir / "lantern.db"

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.database}"

    def processes(self, name: str) -> list[int]:
        """The ids of a process and its workers: the one of supervisord first. Raises LookupError for none."""
        for _ in range(LOOKS):  # the kernel's list of sockets can miss one while others come and go
            pids = self.stack.pids_of(PORT_OF[name])
            if pids:
                return sorted(pids, key=lambda pid: (os.getpgid(pid) != pid, pid))
            time.sleep(0.1)
        raise LookupError(f"nothing listens for {name}")

    def publish(self) -> bool:
        """Publish one more mark; whether it was said to be published."""
        mark = (self.marks[-1] if self.marks else 0) + 1
        try:
            publish_mark(self.engine, mark)
        except SQLAlchemyError:
            return False
        self.marks.append(mark)
        return True

    def lost_marks(self) -> list[int]:
        """Those that were published and are in no release any more, or were not what was said."""
        with self.engine.connect() as connection:
            whys = set(connection.exec_driver_sql("SELECT why FROM releases").scalars())
        missed, self.not_said = self.not_said, []
        return [*missed, *(mark for mark in self.marks if f"mark {mark}" not in whys)]

    def says_newest(self) -> bool:
        """Whether somebody new gets the answer of the newest release."""
        said = Conversation(self.stack.chat_url).type(QUESTION)
        return set(marks_in([message.get("text", "") for message in said])) == set(self.marks[-1:])

    def is_whole(self) -> bool:
        """Whether every process answers, and Rasa with the newest release: to somebody new, and in a chat of before."""
        try:
            self.problem = self._find_problem()
        except (httpx.HTTPError, SupervisorAway, AssertionError, KeyError, ValueError) as error:
            self.problem = type(error).__name__
        return not self.problem

    def wait_until_whole(self, since: float, seconds: float) -> float | None:
        """How long it took since then, in seconds; None when it took longer than `seconds`."""
        while time.monotonic() < since + seconds:
            if self.is_whole():
                return time.monotonic() - since
            time.sleep(0.5)
        return None

    def _find_problem(self) -> str:
        ready = httpx.get(f"{self.stack.chat_url}/readyz", timeout=3)
        if ready.status_code != 200:
            return f"not ready: {ready.text}"
        states = {facts["state"] for facts in self.supervisor.processes().values()}
        if states != {ProcessStates.RUNNING}:
            return f"supervisord has processes in the states {states}"
        if httpx.get(f"{self.stack.admin_url}/healthz", timeout=3).status_code != 200:
            return "the admin does not answer"
        if not self.says_newest():
            return f"not the answer of release {self.marks[-1]}"
        again = self.regular.say("question", {"text": QUESTION})
        return "" if again.source == RASA and not again.fault else f"in a chat of before: {again.source} {again.fault}"

    def _write_configuration(self) -> Path:
        """That of `make run`, but each process finds the next one behind a proxy."""
        parser = RawConfigParser(inline_comment_prefixes=(";",))
        parser.read(ROOT / "ops" / "supervisord.conf")
        rasa, actions = f'LANTERN_RASA_PORT="{self.to_rasa.port}"', f'LANTERN_ACTIONS_PORT="{self.to_actions.port}"'
        parser.set("program:chat", "environment", f"{rasa},{actions}")
        parser.set("program:rasa", "environment", actions)
        path = self.folder / "supervisord.conf"
        with path.open("w", encoding="utf-8") as file:
            parser.write(file)
        return path
