"""From draft to approved: who may say yes to what. The caller's session; the caller commits."""

from datetime import datetime, timezone

from content.errors import BrokenContent
from content.models import Activity, Archiving, Helpline, Revision, SystemWord
from content.models.archivings import HELPLINE
from content.models.proposals import Proposal
from content.models.workflow import APPROVED, CHANGES_REQUESTED, DRAFT, IN_REVIEW, Reviewed

REVIEWER, LEAD = "reviewer", "lead"
# System messages that keep young people safe, by how their keys begin; the safeguarding lead reads them too.
SAFETY_WORDS = (
    "after.", "ask_", "build.", "button.another", "button.help", "button.silent", "concern", "disclosure", "emergency",
    "error.", "fallback", "got_through.", "ground", "guide.", "help", "hours_", "how_to_help", "later", "lines_",
    "message.",
    "parent_worried", "privacy", "professional_worried", "safe_word", "shut_now", "support.", "unavailable", "welcome",
    "who_are_you", "widget.exit", "widget.help", "widget.notice",
)  # fmt: skip
Item = Revision | SystemWord | Activity | Helpline | Archiving


class NotAllowed(BrokenContent):
    """Someone may not do this with this item now; the message says why."""

    def __init__(self, why: str) -> None:
        super().__init__([why])


def needs_lead(item: Reviewed) -> bool:
    """Whether the safeguarding lead has to approve it as well."""
    if isinstance(item, SystemWord):
        return item.key.startswith(SAFETY_WORDS)
    if isinstance(item, Archiving):
        return item.kind == HELPLINE
    return isinstance(item, Helpline | Proposal)


def write(item: Reviewed, who: str) -> None:
    """Someone has changed it: what was approved before counts no more."""
    item.author, item.stage, item.approvals = who, DRAFT, []


def send_for_review(item: Reviewed) -> None:
    """A draft, or what was sent back and mended, waits for approval."""
    _ask(item.stage in (DRAFT, CHANGES_REQUESTED), f"It is {_said(item.stage)}, so it can not be sent for review.")
    item.stage, item.approvals = IN_REVIEW, []


def request_changes(item: Reviewed, who: str, says: str) -> None:
    """Back to its author, with what should be different."""
    _ask(item.stage in (IN_REVIEW, APPROVED), f"It is {_said(item.stage)}, so it can not be sent back.")
    _ask(bool(says.strip()), "Say what should be different.")
    comment(item, who, says)
    item.stage, item.approvals = CHANGES_REQUESTED, []


def comment(item: Reviewed, who: str, says: str) -> None:
    """Something said about it, for colleagues."""
    at = datetime.now(timezone.utc).isoformat(timespec="seconds")
    item.comments = [*item.comments, {"who": who, "at": at, "says": says.strip()}]


def approve(item: Reviewed, who: str, role: str) -> None:
    """Yes as REVIEWER or as LEAD. It is approved once every yes that it needs is there, from different people."""
    _ask(item.stage == IN_REVIEW, f"It is {_said(item.stage)}, so it can not be approved.")
    _ask(who != item.author, "You wrote this. Someone else has to approve it.")
    _ask(
        who not in {yes["who"] for yes in item.approvals},
        "You have approved this already. Someone else has to as well.",
    )
    _ask(role in missing_approvals(item), "That approval is there already.")
    item.approvals = [*item.approvals, {"who": who, "as": role}]
    if not missing_approvals(item):
        item.stage = APPROVED


def missing_approvals(item: Reviewed) -> list[str]:
    """The approvals that it still needs."""
    has = {yes["as"] for yes in item.approvals}
    return [role for role in ((REVIEWER, LEAD) if needs_lead(item) else (REVIEWER,)) if role not in has]


def _said(stage: str) -> str:
    return stage.replace("_", " ")


def _ask(is_so: bool, why: str) -> None:
    if not is_so:
        raise NotAllowed(why)
