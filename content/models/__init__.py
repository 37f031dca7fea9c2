"""The tables of the content store."""

from content.models.activities import Activity
from content.models.base import Base
from content.models.helplines import Helpline, RoutingRow
from content.models.releases import ReleaseRecord, SystemWord
from content.models.topics import Revision, Topic, TopicPage, Variant

__all__ = [
    "Activity",
    "Base",
    "Helpline",
    "ReleaseRecord",
    "Revision",
    "RoutingRow",
    "SystemWord",
    "Topic",
    "TopicPage",
    "Variant",
]
