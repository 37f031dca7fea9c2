"""The buttons under everything that people write and others approve."""

from __future__ import annotations

from flask import abort, flash, request

from admin.database import current_session
from admin.permissions import READ, REVIEW, SAFEGUARD, may
from admin.security import staff_now
from content import workflow
from content.locking import hold
from content.models.workflow import APPROVED, CHANGES_REQUESTED, DRAFT, IN_REVIEW, Reviewed
from content.release import hash_of, to_canonical_json
from content.workflow import LEAD, REVIEWER, NotAllowed

SEND, APPROVE, APPROVE_AS_LEAD, REQUEST, COMMENT = ("send", "approve", "approve_as_lead", "request_changes", "comment")
NEEDED = {SEND: READ, APPROVE: REVIEW, APPROVE_AS_LEAD: SAFEGUARD, REQUEST: REVIEW, COMMENT: READ}


def act_on(item: Reviewed) -> None:
    """Do what the pressed button says, keep it, and say in a banner how it went. A comment is kept in any case."""
    staff, verb, says = staff_now(), request.form.get("verb", ""), request.form.get("says", "")
    if verb not in NEEDED or not may(staff, NEEDED[verb]):
        abort(403)
    hold(current_session(), item)
    try:
        if verb != COMMENT and item.written is None:
            raise NotAllowed("There is no draft to review.")
        if verb not in (SEND, COMMENT) and request.form.get("seen") != seen_of(item):
            raise NotAllowed("It has changed since you opened this page. Read it again.")
        if verb == SEND:
            workflow.send_for_review(item)
        elif verb == APPROVE:
            workflow.approve(item, staff.email, REVIEWER)
        elif verb == APPROVE_AS_LEAD:
            workflow.approve(item, staff.email, LEAD)
        elif verb == REQUEST:
            workflow.request_changes(item, staff.email, says)
        flash(verb, "reviewed")
    except NotAllowed as error:
        flash(str(error), "not_allowed")
        verb = COMMENT
    if verb != REQUEST and says.strip():
        workflow.comment(item, staff.email, says)
    current_session().commit()


def verbs_for(item: Reviewed) -> list[str]:
    """The buttons that this person may press on this item now."""
    staff = staff_now()
    verbs: list[str] = []
    if item.written is None:
        return verbs
    if item.stage in (DRAFT, CHANGES_REQUESTED):
        verbs.append(SEND)
    if item.stage == IN_REVIEW:
        had_a_hand = staff.email in {item.author, *(yes["who"] for yes in item.approvals)}
        missing = [] if had_a_hand else workflow.missing_approvals(item)
        if REVIEWER in missing and may(staff, REVIEW):
            verbs.append(APPROVE)
        if LEAD in missing and may(staff, SAFEGUARD):
            verbs.append(APPROVE_AS_LEAD)
    if item.stage in (IN_REVIEW, APPROVED) and may(staff, REVIEW):
        verbs.append(REQUEST)
    return verbs


def seen_of(item: Reviewed) -> str:
    """A hash of what is written: a yes is for what was read, and for nothing else."""
    return hash_of(to_canonical_json({"written": item.written}))


def approvals_of(item: Reviewed) -> dict[str, str | None]:
    """Who has approved it as what, None where someone still has to."""
    given = {yes["as"]: yes["who"] for yes in item.approvals}
    return {role: given.get(role) for role in (REVIEWER, LEAD) if role == REVIEWER or workflow.needs_lead(item)}
