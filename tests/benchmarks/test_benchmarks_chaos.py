"""The judge of the faults: what counts as help, and when a fault has ended as it should."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from benchmarks.chaos import FAULTS, WHOLE_SECONDS, Result, rows_in, table
from benchmarks.faults.people import CHAT, NOTHING, RASA, Got, Seen, find_fault
from benchmarks.faults.proxy import MALFORMED, Proxy, answer_with, hang_up, stay_silent
from benchmarks.faults.widget import Shown

WORDS = {"type": "text", "text": "Thank you for saying this."}


def lines(*ids: str) -> dict[str, Any]:
    return {"type": "helplines", "helplines": [{"id": id_} for id_ in ids]}


@pytest.mark.parametrize(
    ("kind", "status", "messages"),
    [
        ("greeting", 200, [WORDS]),
        ("question", 200, [WORDS]),
        ("distress", 200, [WORDS, lines("childline")]),
        ("emergency", 200, [WORDS, lines("emergency-999"), lines("childline")]),
    ],
)
def test_help_is_help(kind: str, status: int, messages: list[dict[str, Any]]) -> None:
    assert find_fault(kind, status, {"messages": messages}) == ""


@pytest.mark.parametrize(
    ("kind", "status", "messages"),
    [
        ("greeting", 200, []),
        ("greeting", 500, [WORDS]),
        ("greeting", 410, [WORDS]),  # without a word on why
        ("distress", 200, [WORDS]),
        ("button", 200, [WORDS]),
        ("emergency", 200, [WORDS]),
        ("emergency", 200, [WORDS, lines("childline"), lines("emergency-999")]),
        ("emergency", 200, [WORDS, lines("emergency-999", "childline")]),
    ],
)
def test_less_than_help_is_a_fault(kind: str, status: int, messages: list[dict[str, Any]]) -> None:
    assert find_fault(kind, status, {"messages": messages}) != ""


def result(*got: Got, whole: float | None = 5, lost: tuple[int, ...] = (), shown: Shown | None = None) -> Result:
    return Result(FAULTS[0], Seen(got=list(got)), whole, lost, "", shown)


HELPED = Got("distress", CHAT, 1.6)


def test_a_fault_in_which_everybody_was_helped_is_good() -> None:
    assert result(HELPED, Got("question", RASA, 0.1), shown=Shown("numbers to call", 0.2)).is_good


@pytest.mark.parametrize(
    "bad",
    [
        result(),
        result(HELPED, Got("question", NOTHING, 2.1, "ReadTimeout")),
        result(HELPED, whole=None),
        result(HELPED, whole=WHOLE_SECONDS + 1),
        result(HELPED, lost=(3,)),
        result(HELPED, shown=Shown("nothing", 20.0)),
        result(HELPED, shown=Shown("a line that it takes long", 4.1)),
    ],
)
def test_anything_less_is_bad(bad: Result) -> None:
    assert not bad.is_good
    assert "**bad**" in bad.row()


def test_what_was_not_tried_again_stays_in_the_table() -> None:
    one, two = FAULTS[:2]
    rows = {fault.name: Result(fault, Seen(got=[HELPED]), 5, (), "", None).row() for fault in (one, two)}
    page = "| fault | what people see |\n|---|---|\n| kill | help |\n" + table(rows)
    again = Result(two, Seen(got=[HELPED, HELPED]), None, (), "", None).row()
    together = table(rows_in(page) | {two.name: again})
    assert rows[one.name] in together
    assert again in together
    assert rows[two.name] not in together
    assert "3 messages" in together
    assert "1 of 2 faults" in together


def test_every_fault_has_a_name_of_its_own() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) > 25


@pytest.fixture
def echo() -> Iterator[int]:
    """The port of a server that gives back what it gets."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            with client:
                while data := client.recv(1000):
                    client.sendall(data)

    threading.Thread(target=serve, daemon=True).start()
    yield int(listener.getsockname()[1])
    hang_up(listener)
    listener.close()


@pytest.fixture
def proxy(echo: int) -> Iterator[Proxy]:
    proxy = Proxy()
    proxy.target = echo
    yield proxy
    proxy.close()


def ask(proxy: Proxy) -> bytes:
    """What comes back; nothing when it takes too long."""
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=0.3) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\n\r\nwords")
        try:
            return connection.recv(1000)
        except TimeoutError:
            return b""


def test_the_proxy_passes_on_what_it_gets_until_it_is_told_otherwise(proxy: Proxy) -> None:
    assert ask(proxy).endswith(b"words")
    with proxy.misbehave(stay_silent):
        assert ask(proxy) == b""
    with proxy.misbehave(answer_with(MALFORMED[2:4])):
        assert b"502 Bad Gateway" in ask(proxy)
        assert b"<html>words</html>" in ask(proxy)
    assert ask(proxy).endswith(b"words")
