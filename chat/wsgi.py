"""gunicorn with the chat server in it: one process, which remembers in memory, and many threads."""

from __future__ import annotations

import gc
import logging
import sys
from typing import Any

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]
from gunicorn.glogging import Logger  # type: ignore[import-untyped]

from chat.app import create_app
from chat.settings import BrokenSettings, Settings
from content.log_lines import log_as_json
from safety import Assessor

KEEP_ALIVE_SECONDS = 5
WORKER_SECONDS = 8  # a worker that hangs this long is started anew
SHUTDOWN_SECONDS = 5


class OneLog(Logger):  # type: ignore[misc]
    """gunicorn's errors among the other lines, in their form: its own would name addresses and paths."""

    def setup(self, cfg: Any) -> None:
        """Hand all on to the root logger."""
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True


class ChatServer(BaseApplication):  # type: ignore[misc]
    """One worker process. gunicorn's own notes below error level are left out: they hold addresses."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        # Once, before there is a worker: one that dies is back in half a second.
        self._assessor = Assessor.load()
        gc.collect()
        gc.freeze()
        super().__init__()

    def load_config(self) -> None:
        """gunicorn's settings."""
        for name, value in {
            "bind": f"{self._settings.host}:{self._settings.port}",
            "workers": 1,
            "worker_class": "ops.patient_worker.PatientWorker",
            "threads": self._settings.threads,
            "keepalive": KEEP_ALIVE_SECONDS,
            "timeout": WORKER_SECONDS,
            "graceful_timeout": SHUTDOWN_SECONDS,
            "accesslog": None,
            "loglevel": "error",
            "logger_class": OneLog,
            "proc_name": "lantern-chat",
        }.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The app, made in the worker, so that its threads and connections are the worker's own."""
        return create_app(self._settings, assessor=self._assessor)


def serve() -> None:
    """Serve until stopped. Ends with status 2, and a line that says why, when a setting is wrong."""
    log_as_json(logging.INFO)
    try:
        settings = Settings.from_environment()
    except BrokenSettings as error:
        sys.exit(_complain(error))
    ChatServer(settings).run()


def _complain(error: BrokenSettings) -> int:
    print(error, file=sys.stderr)
    return 2
