"""Who can reach which process: Rasa and the actions ask nobody who they are, so only this machine may reach them."""

from __future__ import annotations

import socket
from pathlib import Path

from ops.stack import PORT_NAMES, Stack

LISTENING = "0A"  # in /proc/net/tcp
LOOPBACK = {"0100007F", "00000000000000000000000001000000", "0000000000000000FFFF00000100007F"}


def listens_on(port: int) -> set[str]:
    """The addresses, as the kernel writes them, at which something waits for connections to this port."""
    lines = [
        line.split()
        for name in ("tcp", "tcp6")
        if (table := Path("/proc/net") / name).exists()
        for line in table.read_text().splitlines()[1:]
    ]
    found = [line[1].rpartition(":") for line in lines if line[3] == LISTENING]
    return {address for address, _, its_port in found if int(its_port, 16) == port}


def test_every_process_listens_on_loopback_alone(stack: Stack) -> None:
    """Chat and admin too, until LANTERN_CHAT_HOST and LANTERN_ADMIN_HOST say otherwise; the other two have no such."""
    for name in PORT_NAMES:
        addresses = listens_on(int(stack.environment[name]))
        assert addresses, f"nothing listens on {name}"
        assert addresses <= LOOPBACK, f"{name}: {addresses}"


def test_one_that_is_open_to_others_would_be_noticed() -> None:
    for host, is_open in (("0.0.0.0", True), ("127.0.0.1", False)):
        with socket.create_server((host, 0)) as server:
            addresses = listens_on(server.getsockname()[1])
            assert bool(addresses - LOOPBACK) is is_open
