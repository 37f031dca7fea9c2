"""Log lines as JSON, one object a line, with nothing in them that a person wrote.

Of what libraries log only their own fixed words are kept: what they would fill in can be an address, a token or a
message. Of an exception only its class is, and where it came from.
"""

import json
import logging
import traceback
from datetime import datetime, timezone

OURS = ("actions", "admin", "bot", "chat", "content", "lantern", "safety")
PLACES = 6  # of an exception, the innermost


class JsonLines(logging.Formatter):
    """A line {"at", "level", "from", "says"}; one of ours that is a JSON object already brings its own keys."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "level": record.levelname.lower(),
            "from": record.name,
        }
        is_ours = record.name.split(".")[0] in OURS
        says = record.getMessage() if is_ours else str(record.msg)
        found = _read_object(says)
        if found is None:
            line["says"] = says
        else:  # libraries with structlog have a fixed word for what happened, and put all else beside it
            line |= found if is_ours else {"says": found.get("event")}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["places"] = [
                f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])[-PLACES:]
            ]
        return json.dumps(line, ensure_ascii=False)


def log_as_json(level: int) -> None:
    """Have everything from `level` on written to standard error in this form."""
    output = logging.StreamHandler()
    output.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[output])


def _read_object(says: str) -> dict[str, object] | None:
    try:
        found = json.loads(says) if says.startswith("{") else None
    except ValueError:
        found = None
    return found if isinstance(found, dict) else None
