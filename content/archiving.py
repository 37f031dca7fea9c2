"""Asking to archive an item, or to bring it back. The caller's session; the caller commits.

What was asked for goes the way of an edit: someone else approves it, and the next publish carries it out. A roll-back
to an older release shows what was live then; the publish after it leaves out again what is archived.
"""

from sqlalchemy.orm import Session

from content import workflow
from content.archived import Item, find_archiving, things_of
from content.errors import BrokenContent
from content.links import Link, links_to, needs_of
from content.models import Archiving
from content.models.topics import NOTE_LENGTH
from content.models.workflow import DRAFT, PUBLISHED


class Linked(BrokenContent):
    """It is linked from somewhere, or needs something that is archived itself; `links` say what."""

    def __init__(self, links: list[Link]) -> None:
        self.links = links
        super().__init__([f"{link.kind}: {' / '.join(link.names)}" for link in links])


def ask(session: Session, item: Item, who: str, why: str, *, archive: bool) -> Archiving:
    """It shall be archived, or come back, once someone else approves it and it is published.

    Raises LookupError where there is no such item, Linked where links keep it, NotAllowed where it is so already or
    asked for, and BrokenContent without a reason.
    """
    if not things_of(session, item):
        raise LookupError(f"There is nothing called {item[1]!r} to archive.")
    kind, name = item
    archiving = find_archiving(session, item) or Archiving(kind=kind, item=name, is_archived=False, comments=[])
    if archiving.draft is not None:
        raise workflow.NotAllowed("Someone has asked for this already.")
    if archiving.is_archived is archive:
        raise workflow.NotAllowed("It is archived already." if archive else "It is not archived.")
    if not 0 < len(why.strip()) <= NOTE_LENGTH:
        raise BrokenContent([f"say why, in 1 to {NOTE_LENGTH} characters"])
    refuse_links(session, item, archive=archive)
    archiving.draft, archiving.why = archive, why.strip()
    workflow.write(archiving, who)
    workflow.send_for_review(archiving)
    session.add(archiving)
    session.flush()
    return archiving


def refuse_links(session: Session, item: Item, *, archive: bool) -> None:
    """Raises Linked where the item can not go, or not come back."""
    links = links_to(session, item) if archive else needs_of(session, item)
    if links:
        raise Linked(links)


def take_back(session: Session, archiving: Archiving) -> None:
    """What was asked for is asked for no more. Raises NotAllowed where nothing is."""
    if archiving.draft is None:
        raise workflow.NotAllowed("Nothing is asked for.")
    archiving.draft, archiving.approvals = None, []
    archiving.stage = PUBLISHED if archiving.is_archived else DRAFT
    session.flush()
