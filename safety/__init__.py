"""The first assessor: how urgent a message is, whom it is about, what help it needs. Rules are data."""

from safety.assessment import Assessment, Evidence
from safety.assessor import Assessor

__all__ = ["Assessment", "Assessor", "Evidence"]
