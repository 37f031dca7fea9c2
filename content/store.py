"""The newest release, held in memory and followed in the background."""

import logging
import threading
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from content.database import make_engine
from content.errors import BrokenRelease
from content.kept_release import keep, read_kept
from content.library import read_library
from content.models import ReleaseRecord
from content.release import Release
from content.settings import LIBRARY

log = logging.getLogger(__name__)


class ReleaseStore:
    """Serves one release at a time and looks for a newer one every `poll_seconds`.

    With the database down, or a newer release broken, the old one stays; after a restart, the one kept in `folder`.
    With none at all it serves the starter built from `fallback_library`. Connects to nothing before start() or
    refresh().
    """

    def __init__(
        self,
        database_url: str,
        poll_seconds: float = 2.0,
        fallback_library: Path | str = LIBRARY,
        folder: Path | None = None,
    ) -> None:
        self._url = database_url
        self._poll_seconds = poll_seconds
        self._fallback_library = Path(fallback_library)
        self._folder = folder
        self._engine: Engine | None = None
        self._release: Release | None = None
        self._starter: Release | None = None
        self._refused: set[int] = set()
        self._is_down = False
        self._lock = threading.Lock()  # one refresh at a time; current() never takes it
        self._starter_lock = threading.Lock()
        self._stopping = threading.Event()
        self._looked_once = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, wait_seconds: float = 2.0) -> None:
        """Begins to follow the database; waits up to `wait_seconds` for the first look at it."""
        if self._thread is not None:
            return
        self._stopping.clear()
        self._thread = threading.Thread(target=self._follow, name="release-store", daemon=True)
        self._thread.start()
        self._looked_once.wait(wait_seconds)
        self.current()  # reads what is kept now, if it is needed, rather than in the first conversation

    def stop(self) -> None:
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout=5)
            self._thread = None
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def current(self) -> Release:
        """The release to answer from. Never touches the database."""
        return self._release or self._read_starter()

    def _keep(self, release: Release) -> None:
        """For a restart without the database. A full disk must not keep anyone from the release itself."""
        try:
            if self._folder is not None:
                keep(release, self._folder)
        except OSError as error:
            log.warning("Release %d could not be kept for a restart (%s).", release.number, type(error).__name__)

    def refresh(self) -> bool:
        """Looks for a newer release now. True when there was one and it is now the current one."""
        with self._lock:
            try:
                newer = self._load_newer()
            except SQLAlchemyError as error:
                self._note_down(error)
                return False
            if self._is_down:
                self._is_down = False
                log.info("The content database answers again.")
            if newer is None:
                return False
            self._release = newer
            log.info("Serving release %d.", newer.number)
            self._keep(newer)
            return True

    def _load_newer(self) -> Release | None:
        """The newest sound release above the one held. A broken one is refused, once and for good."""
        held = self._release.number if self._release else 0
        if self._engine is None:
            self._engine = make_engine(self._url)
        with self._engine.connect() as connection:
            newer = select(ReleaseRecord.number).where(ReleaseRecord.number > held)
            numbers = connection.scalars(newer.order_by(ReleaseRecord.number.desc())).all()
            for number in numbers:
                if number in self._refused:
                    continue
                row = connection.execute(
                    select(ReleaseRecord.snapshot, ReleaseRecord.sha256, ReleaseRecord.created_at).where(
                        ReleaseRecord.number == number
                    )
                ).one()
                try:
                    return Release.from_json(
                        row.snapshot, row.sha256, number=number, created_at=row.created_at.isoformat()
                    )
                except BrokenRelease as error:
                    self._refused.add(number)
                    log.error("Refused: %s The release before it stays.", error)
        return None

    def _follow(self) -> None:
        while not self._stopping.is_set():
            try:
                self.refresh()
            except Exception as error:  # a fault here must not end the thread; the held release serves on
                self._note_down(error)
            self._looked_once.set()
            self._stopping.wait(self._poll_seconds)

    def _note_down(self, error: Exception) -> None:
        """Logs a fault once, by its class alone: the message of a database error may hold the password."""
        if not self._is_down:
            self._is_down = True
            fault = type(error).__name__
            log.warning("The content database does not answer (%s). The last release stays.", fault)

    def _read_starter(self) -> Release:
        with self._starter_lock:
            if self._starter is None:
                self._starter = self._read_kept() or Release.from_snapshot(read_library(self._fallback_library))
            return self._starter

    def _read_kept(self) -> Release | None:
        try:
            return read_kept(self._folder) if self._folder is not None else None
        except (BrokenRelease, ValueError, KeyError, OSError) as error:
            log.error("The kept release can not be read (%s). The starter serves.", type(error).__name__)
            return None
