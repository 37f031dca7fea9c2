"""A try of the approved rules: the rules alone, before and with them, on the development set.

It takes some seconds of computing, so a thread of its own does it, one try at a time, and keeps the last result in
memory. Nobody waits longer than they want to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, TimeoutError
from contextlib import suppress
from datetime import datetime, timezone
from threading import Lock
from typing import Any

from admin.proposed_rules import with_proposed
from content.before_after import BeforeAfter, Row, compare, fingerprint
from safety import Assessor

Given = Sequence[Mapping[str, Any]]  # proposals with id, kind, phrase and labels
Measure = Callable[[Sequence[Row], Given], BeforeAfter]


def measure(rows: Sequence[Row], given: Given, assessor: Assessor) -> BeforeAfter:
    """The figures of the rules there are, and of these with the proposed ones. Raises BrokenRule."""
    candidate = Assessor(with_proposed(assessor.book, given))
    before = [assessor.assess(row["text"]).as_dict() for row in rows]
    after = [candidate.assess(row["text"]).as_dict() for row in rows]
    return compare(rows, before, after, given, datetime.now(timezone.utc).isoformat(timespec="seconds"))


class RuleTrial:
    """The last try, whether it is done or still going on."""

    def __init__(self, measure: Measure) -> None:
        self._measure = measure
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="rule-trial")
        self._lock = Lock()
        self._of = ""  # the fingerprint of what is tried
        self._last: Future[BeforeAfter] | None = None

    def start(self, rows: Sequence[Row], given: Given) -> bool:
        """Begin, unless a try is going on already; whether one of these very proposals is under way or done."""
        wanted = fingerprint(given)
        with self._lock:
            is_busy = self._last is not None and not self._last.done()
            if not is_busy and (self._of != wanted or self._has_failed()):
                self._of, self._last = wanted, self._threads.submit(self._measure, rows, given)
            return self._of == wanted

    def wait(self, seconds: float) -> None:
        """Until the try is over, and no longer than that."""
        last = self._last
        if last is not None:
            with suppress(TimeoutError):
                last.exception(seconds)

    @property
    def is_running(self) -> bool:
        return self._last is not None and not self._last.done()

    def result(self, given: Given) -> BeforeAfter | None:
        """The figures with these very proposals; None where they were not tried, or not to the end."""
        with self._lock:
            is_of_these = self._of == fingerprint(given) and self._last is not None and self._last.done()
            return self._last.result() if is_of_these and self._last and not self._has_failed() else None

    def has_failed(self, given: Given) -> bool:
        """Whether these very proposals were tried and that went wrong."""
        with self._lock:
            return self._of == fingerprint(given) and self._has_failed()

    def _has_failed(self) -> bool:
        return self._last is not None and self._last.done() and self._last.exception() is not None
