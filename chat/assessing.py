"""The rules' view of what was typed, made in the moment of answering."""

from __future__ import annotations

import threading

from chat.request_log import log_fault
from content.taxonomy import URGENCIES
from safety import Assessment, Assessor

LONGEST_ASSESSED = 4_000  # characters at once; of a longer text the beginning, the middle and the end


class CarefulAssessor:
    """The rules, one message at a time, and never a reason for an error."""

    def __init__(self, assessor: Assessor) -> None:
        self._assessor = assessor
        self._lock = threading.Lock()

    def assess(self, words: str, previous: Assessment | None = None) -> Assessment | None:
        """The most serious assessment of the text's parts; None when the rules failed."""
        try:
            with self._lock:
                found = [self._assessor.assess(part, previous) for part in _parts(words)]
        except Exception as error:
            log_fault(error)
            return None
        return max(found, key=lambda assessment: URGENCIES.index(assessment.urgency))


def _parts(words: str) -> list[str]:
    if len(words) <= LONGEST_ASSESSED:
        return [words]
    middle = (len(words) - LONGEST_ASSESSED) // 2
    starts = dict.fromkeys((0, middle, len(words) - LONGEST_ASSESSED))
    return [words[start : start + LONGEST_ASSESSED] for start in starts]
