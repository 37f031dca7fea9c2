"""Counts what happens to texts, in memory at first: nobody waits for the database, and nothing tells when it was."""

from __future__ import annotations

import logging
import threading
from collections import Counter

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from content.database import make_engine
from content.models import TextCount

log = logging.getLogger(__name__)

Key = tuple[str, str, str]  # the text's id, its revision, the event


class TextCounter:
    """Adds up events and writes them to the database every `seconds`. Counts that can not be written are kept."""

    def __init__(self, database_url: str, seconds: float = 60.0) -> None:
        self._url = database_url
        self._seconds = seconds
        self._counts: Counter[Key] = Counter()
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def add(self, item: str, revision: str, event: str) -> None:
        """One more. The first call starts the writing."""
        with self._lock:
            self._counts[item, revision, event] += 1
            if self._thread is None:
                self._thread = threading.Thread(target=self._follow, name="text-counter", daemon=True)
                self._thread.start()

    def write(self) -> None:
        """Write what was counted since the last time; on a fault it waits for the next."""
        with self._lock:
            waiting, self._counts = self._counts, Counter()
        if not waiting:
            return
        engine = make_engine(self._url)
        try:
            with Session(engine) as session, session.begin():
                for key, number in sorted(waiting.items()):
                    row = session.get(TextCount, key, with_for_update=True)
                    if row is None:
                        session.add(TextCount(item=key[0], revision=key[1], event=key[2], count=number))
                    else:
                        row.count = TextCount.count + number
        except SQLAlchemyError as error:
            with self._lock:
                self._counts += waiting
            log.warning("Counts of texts wait for the database (%s).", type(error).__name__)
        finally:
            engine.dispose()

    def stop(self) -> None:
        """Write what is left, and end."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout=5)
        self.write()

    def _follow(self) -> None:
        while not self._stopping.wait(self._seconds):
            self.write()
