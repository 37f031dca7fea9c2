"""What the assessor says about one message. It holds for that message only and is stored against nobody."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Evidence:
    """A rule that fired, and the words of the message that it fired on. Lives in memory only."""

    rule: str
    words: str


@dataclass(frozen=True)
class Assessment:
    """Urgency, whom it is about, needs (most likely first), the evidence, and the likely language."""

    urgency: str = "none"
    about: str = "unknown"
    needs: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    language: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The same as plain lists and dicts, ready for JSON."""
        plain = asdict(self)
        return {**plain, "needs": list(self.needs), "evidence": list(plain["evidence"])}
