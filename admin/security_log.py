"""Lines about who signs in and what was refused: staff by their number, never an address or what was typed.

Changes of passwords, second factors and roles are in the log of changes (content/audit.py).
"""

from __future__ import annotations

import json
import logging

log = logging.getLogger("lantern.admin")


def note(event: str, staff: int | None = None, what: str | None = None) -> None:
    """One line. `what`: password or code, or the name of the page that was refused."""
    log.info(json.dumps({"event": event, "staff": staff} | ({"what": what} if what else {})))
