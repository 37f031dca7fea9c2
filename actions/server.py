"""The action server's process: `python -m actions.server`, on loopback only."""

from __future__ import annotations

import logging
import os
import warnings

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor

from actions.releases import current_release
from content.log_lines import log_as_json

logger = logging.getLogger(__name__)


def main() -> None:
    """Load the release first, then answer on 127.0.0.1:LANTERN_ACTIONS_PORT (default 5055)."""
    log_as_json(logging.WARNING)
    # Rasa 3.6.21 is older than this SDK, which says so on each call. The two were tried together.
    warnings.filterwarnings("ignore", message=".*versions of rasa and rasa_sdk.*")
    current_release()
    executor = ActionExecutor()
    executor.register_package("actions")
    app = create_app(executor)
    app.config.ACCESS_LOG = False
    app.run(
        host="127.0.0.1",
        port=int(os.environ.get("LANTERN_ACTIONS_PORT") or 5055),
        single_process=True,
        access_log=False,
        motd=False,
    )


if __name__ == "__main__":
    main()
