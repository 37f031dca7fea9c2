"""The whole of Lantern, running as `make run` starts it, on free ports and in a folder of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PORT_NAMES = ("LANTERN_CHAT_PORT", "LANTERN_ADMIN_PORT", "LANTERN_RASA_PORT", "LANTERN_ACTIONS_PORT")
START_SECONDS = 200
STOP_SECONDS = 40


class DidNotStart(RuntimeError):
    """The stack ended or stayed silent; the message holds what it printed and the ends of its logs."""


@dataclass
class Stack:
    """A running stack. `environment` is what its processes are given beside our own, and then all that they were given.

    `configuration` is another one for supervisord than that of `make run`.
    """

    data_dir: Path
    environment: dict[str, str] = field(default_factory=dict)
    configuration: Path | None = None
    process: subprocess.Popen[str] | None = None
    output: list[str] = field(default_factory=list)
    seconds_to_start: float = 0.0  # from the command to the first answer, the database being there

    @property
    def chat_url(self) -> str:
        return f"http://127.0.0.1:{self.environment['LANTERN_CHAT_PORT']}"

    @property
    def admin_url(self) -> str:
        return f"http://127.0.0.1:{self.environment['LANTERN_ADMIN_PORT']}"

    def start(self) -> None:
        """Migrate, seed, start and wait for the addresses. Raises DidNotStart."""
        trained = Path(os.environ.get("LANTERN_DATA_DIR") or ROOT / "var").resolve()
        self.data_dir.mkdir(parents=True, exist_ok=True)
        for name in ("encoder", "models"):
            (self.data_dir / name).symlink_to(trained / name)
        temporary = self.data_dir / "tmp"  # here too, so that all that is written can be found
        temporary.mkdir()
        ports = dict(zip(PORT_NAMES, map(str, free_ports(len(PORT_NAMES))), strict=True))
        unset = {"DATABASE_URL", "LANTERN_SECRET_KEY"}
        inherited = {name: value for name, value in os.environ.items() if name not in unset}
        self.environment = (
            inherited
            | ports
            | {
                "LANTERN_DATA_DIR": str(self.data_dir),
                "LANTERN_RATE_LIMIT": "off",
                "TMPDIR": str(temporary),
            }
            | self.environment
        )
        for command in ("migrate", "seed"):
            subprocess.run(
                [sys.executable, "-m", "content", command],
                cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True,
            )  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, "ops/run.py", *([str(self.configuration)] if self.configuration else [])],
            cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        started = time.monotonic()
        deadline = started + START_SECONDS
        for line in self.process.stdout:
            self.output.append(line)
            if line.startswith("Ctrl-C"):
                self.seconds_to_start = time.monotonic() - started
                return
            if time.monotonic() > deadline:
                break
        self.stop()
        raise DidNotStart("".join(self.output) + self.read_logs())

    def stop(self) -> None:
        """Stop it as Ctrl-C does, and wait until all of it is gone."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=STOP_SECONDS)
        if self.process is not None and self.process.stdout is not None:
            self.process.stdout.close()

    def read_logs(self) -> str:
        """The ends of the logs, for a failing test to show."""
        logs = sorted((self.data_dir / "log").glob("*"))
        return "\n".join(f"--- {log.name}\n{log.read_text(errors='replace')[-2000:]}" for log in logs)

    def pids_of(self, port_name: str) -> list[int]:
        """The processes that listen on one of PORT_NAMES."""
        port = self.environment[port_name]
        inodes = {
            line.split()[9]
            for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
            if line.split()[1].endswith(f":{int(port):04X}") and line.split()[3] == "0A"
        }
        return [int(process.name) for process in Path("/proc").glob("[0-9]*") if _holds(process, inodes)]


def _holds(process: Path, inodes: set[str]) -> bool:
    """Whether the process has one of the sockets open."""
    try:
        links = {os.readlink(link) for link in (process / "fd").iterdir()}
    except OSError:
        return False
    return any(f"socket:[{inode}]" in links for inode in inodes)


def free_ports(count: int) -> list[int]:
    """Ports that nothing listens on."""
    sockets = [socket.socket() for _ in range(count)]
    for bound in sockets:
        bound.bind(("127.0.0.1", 0))
    ports = [int(bound.getsockname()[1]) for bound in sockets]
    for bound in sockets:
        bound.close()
    return ports
