"""Start the four processes under a supervisor, wait until they answer, and look after them: `make run` ends here.

Ctrl-C stops all of them. The environment (ports, data folder) is read from variables, see .env.example.
`python ops/run.py [file]`: another configuration of supervisord than ops/supervisord.conf, for trying out faults.
"""

from __future__ import annotations

import os
import resource
import signal
import socket
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from ops.running import Running, adopt_orphans
from ops.watch import LONGEST_SOCKET

PORTS = {
    "LANTERN_CHAT_PORT": 8000,
    "LANTERN_ADMIN_PORT": 8001,
    "LANTERN_RASA_PORT": 5005,
    "LANTERN_ACTIONS_PORT": 5055,
}
CONFIGURATION = "ops/supervisord.conf"

# Nothing here calls out, and nothing that a person wrote is worth a debug line.
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "",
    "SANIC_HOST": "127.0.0.1",
    "PYTHONUNBUFFERED": "1",
    "PYTHONPATH": ".",
}


def main() -> int:
    """Start, wait, print the addresses, and stay until stopped. Exit code 1 and words when it can't start."""
    environment = read_environment()
    data = Path(environment["LANTERN_DATA_DIR"])
    (data / "log").mkdir(parents=True, exist_ok=True)
    problem = find_problem(environment, data)
    if problem:
        return fail(problem)
    forbid_core_files()
    adopt_orphans()
    running = Running(environment, data, *sys.argv[1:2] or [CONFIGURATION])
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: running.stop())
    if not running.wait_until_answering():
        running.stop()
        return 0 if running.process.wait() == 0 else fail(f"Lantern did not start. The logs are in {data / 'log'}.")
    print(f"\nChat:  http://127.0.0.1:{environment['LANTERN_CHAT_PORT']}/")
    print(f"Admin: http://127.0.0.1:{environment['LANTERN_ADMIN_PORT']}/")
    print("Ctrl-C stops everything.", flush=True)
    running.look_after()
    return 0


def read_environment() -> dict[str, str]:
    """The environment of the four processes: what is set, the defaults where nothing is, and QUIET."""
    environment = {**os.environ, **QUIET}
    for name, default in PORTS.items():
        value = os.environ.get(name) or str(default)
        if not (value.isdigit() and 0 < int(value) < 65536):
            raise SystemExit(f"{name} is {value!r}; it must be a port number from 1 to 65535.")
        environment[name] = value
    environment["LANTERN_DATA_DIR"] = str(Path(os.environ.get("LANTERN_DATA_DIR") or "var").resolve())
    return environment


def find_problem(environment: dict[str, str], data: Path) -> str:
    """Why it can't start, in words; empty when it can."""
    if len(os.fsencode(data / "supervisor.sock")) > LONGEST_SOCKET:
        return f"The path {data} is too long for a socket in it. Set LANTERN_DATA_DIR to a shorter one."
    if not (data / "models" / "lantern.tar.gz").is_file():
        return f"There is no trained model in {data / 'models'}. Run: make train"
    taken = [name for name in PORTS if is_taken(int(environment[name]))]
    return "\n".join(
        f"Port {environment[name]} is taken. Stop what uses it, or set {name} to a free port." for name in taken
    )


def is_taken(port: int) -> bool:
    """Whether something already listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def forbid_core_files() -> None:
    """A process that crashes leaves no picture of its memory, in which words of people are.

    One byte, not none: where the kernel hands the picture to a program, it does so at a limit of 0, but not at 1.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    lowest = min(1, hard) if hard != resource.RLIM_INFINITY else 1
    resource.setrlimit(resource.RLIMIT_CORE, (lowest, lowest))


def fail(words: str) -> int:
    """Say what is wrong and give exit code 1."""
    print(words, file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
