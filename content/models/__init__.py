"""The tables of the content store."""

from content.models.activities import Activity
from content.models.archivings import Archiving
from content.models.audit import AuditEntry
from content.models.base import Base
from content.models.counts import TextCount
from content.models.helplines import Helpline, RoutingRow
from content.models.imports import HeldImport
from content.models.pictures import Picture
from content.models.presences import Presence
from content.models.proposals import Proposal
from content.models.releases import ReleaseRecord, SystemWord
from content.models.signatures import Signature
from content.models.sites import Site
from content.models.topics import Revision, Topic, TopicPage, Variant

__all__ = [
    "Activity",
    "Archiving",
    "AuditEntry",
    "Base",
    "HeldImport",
    "Helpline",
    "Picture",
    "Presence",
    "Proposal",
    "ReleaseRecord",
    "Revision",
    "RoutingRow",
    "Signature",
    "Site",
    "SystemWord",
    "TextCount",
    "Topic",
    "TopicPage",
    "Variant",
]
