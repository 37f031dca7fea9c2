"""Start the four processes under a supervisor and wait until they answer: `make run` ends here.

Ctrl-C stops all of them. The environment (ports, data folder) is read from variables, see .env.example.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

PORTS = {
    "LANTERN_CHAT_PORT": 8000,
    "LANTERN_ADMIN_PORT": 8001,
    "LANTERN_RASA_PORT": 5005,
    "LANTERN_ACTIONS_PORT": 5055,
}
START_SECONDS = 180
PR_SET_PDEATHSIG = 1  # from <sys/prctl.h>: the signal a child gets when its parent dies

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
    if not (data / "models" / "lantern.tar.gz").is_file():
        return fail(f"There is no trained model in {data / 'models'}. Run: make train")
    taken = [name for name in PORTS if is_taken(int(environment[name]))]
    if taken:
        return fail(
            "\n".join(
                f"Port {environment[name]} is taken. Stop what uses it, or set {name} to a free port." for name in taken
            )
        )
    supervisor = subprocess.Popen(
        [sys.executable, "-m", "supervisor.supervisord", "-c", "ops/supervisord.conf"],
        env=environment,
        preexec_fn=die_with_parent,
    )
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: supervisor.terminate())
    if not wait_until_answering(supervisor, environment):
        supervisor.terminate()
        supervisor.wait()
        return 0 if supervisor.returncode == 0 else fail(f"Lantern did not start. The logs are in {data / 'log'}.")
    print(f"\nChat:  http://127.0.0.1:{environment['LANTERN_CHAT_PORT']}/")
    print(f"Admin: http://127.0.0.1:{environment['LANTERN_ADMIN_PORT']}/")
    print("Ctrl-C stops everything.", flush=True)
    supervisor.wait()
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


def is_taken(port: int) -> bool:
    """Whether something already listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def die_with_parent() -> None:
    """In the supervisor's process: stop (and so stop the four) also when this one is killed outright."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def wait_until_answering(supervisor: subprocess.Popen[bytes], environment: dict[str, str]) -> bool:
    """True once chat is ready (with Rasa and the actions behind it) and admin answers."""
    waiting = {
        "chat, Rasa and actions": f"http://127.0.0.1:{environment['LANTERN_CHAT_PORT']}/readyz",
        "admin": f"http://127.0.0.1:{environment['LANTERN_ADMIN_PORT']}/healthz",
    }
    print("Starting ...", end="", flush=True)
    deadline = time.monotonic() + START_SECONDS
    while waiting and time.monotonic() < deadline and supervisor.poll() is None:
        for name in [name for name, address in waiting.items() if answers(address)]:
            del waiting[name]
            print(f" {name} ready ...", end="", flush=True)
        time.sleep(0.3)
        print(".", end="", flush=True)
    print(flush=True)
    return not waiting and supervisor.poll() is None


def answers(address: str) -> bool:
    """Whether a GET of the address gives 200."""
    try:
        with urllib.request.urlopen(address, timeout=3) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def fail(words: str) -> int:
    """Say what is wrong and give exit code 1."""
    print(words, file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
