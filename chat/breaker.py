"""A circuit breaker: when Rasa has timed out again and again, people are not made to wait for it."""

from __future__ import annotations

import threading
import time


class Breaker:
    """Closed while all is well. Some time-outs in a row open it for a while; then one request tries again."""

    def __init__(self, *, timeouts: int = 3, seconds: float = 2.0) -> None:
        self._lock = threading.Lock()
        self._allowed_timeouts = timeouts
        self._seconds = seconds
        self._timeouts = 0
        self._opens_until = 0.0

    def may_pass(self) -> bool:
        """Whether a request may go on. After the pause one may, and the pause begins again for the others."""
        with self._lock:
            if self._timeouts < self._allowed_timeouts:
                return True
            now = time.monotonic()
            if now < self._opens_until:
                return False
            self._opens_until = now + self._seconds
            return True

    def note_timeout(self) -> None:
        """A request was not answered in time."""
        with self._lock:
            self._timeouts += 1
            if self._timeouts >= self._allowed_timeouts:
                self._opens_until = time.monotonic() + self._seconds

    def note_answer(self) -> None:
        """A request was answered, well or badly, but in time."""
        with self._lock:
            self._timeouts = 0
