"""Staff publish again and again while people talk."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.faults.fault import Fault
from benchmarks.faults.system import System

PAUSE = 0.3  # seconds


@contextmanager
def publish_often(system: System) -> Iterator[None]:
    """One release after another."""
    done = threading.Event()

    def publish() -> None:
        while not done.wait(PAUSE):
            system.publish()

    thread = threading.Thread(target=publish)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


FAULTS = (Fault("publish-often", "a release every half second while people talk", publish_often),)
