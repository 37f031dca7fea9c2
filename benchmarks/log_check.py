"""Whether the logs are what they should be: one JSON object a line, useful, and about nobody."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Sequence
from pathlib import Path

ADDRESS = re.compile(r"(?<![\w.])(?!127\.0\.0\.1)\d{1,3}(?:\.\d{1,3}){3}(?![\w.])")
REQUEST = {"at", "level", "from", "method", "route", "status", "ms"}
IN_JSON = ("chat.log", "actions.log")


def find_log_faults(folder: Path, tokens: Sequence[str]) -> list[str]:
    """What is wrong with the logs in a folder, for conversations with these tokens; empty when all is well."""
    faults = []
    private = [secret for token in tokens for secret in (token, conversation_of(token))]
    for log in sorted(folder.glob("*.log*")):
        words = log.read_text(encoding="utf-8", errors="replace")
        faults += [f"{log.name}: the token or the id of a conversation" for secret in private if secret in words][:1]
        faults += [f"{log.name}: the address {found}" for found in ADDRESS.findall(words)[:3]]
        if log.name.startswith(IN_JSON):
            faults += [f"{log.name}, line {number}: {fault}" for number, fault in _line_faults(words)][:3]
    return faults


def count_requests(folder: Path) -> int:
    """How many lines tell of a request to a conversation, by its route and never by its address."""
    lines = [line for log in folder.glob("chat.log*") for line in log.read_text(encoding="utf-8").splitlines()]
    return sum('"/api/conversations/<conversation>/messages"' in line for line in lines)


def conversation_of(token: str) -> str:
    """The conversation's own id, which the token carries."""
    payload = token.partition(".")[0]
    return str(json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))[0])


def _line_faults(words: str) -> list[tuple[int, str]]:
    faults = []
    for number, text in enumerate(words.splitlines(), 1):
        try:
            line = json.loads(text)
        except ValueError:
            faults.append((number, f"no JSON: {text[:60]!r}"))
            continue
        if "route" in line and set(line) != REQUEST:
            faults.append((number, f"not the keys of a request: {sorted(line)}"))
        elif not {"at", "level", "from"} <= set(line):
            faults.append((number, f"without time, level or source: {sorted(line)}"))
    return faults
