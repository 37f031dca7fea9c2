"""Proposals and signatures in the store: their tables, and what is refused whoever asks."""

from __future__ import annotations

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateTable

from content import proposals, signing, workflow
from content.errors import BrokenContent
from content.models import Base, Proposal, Signature
from content.models.workflow import APPROVED, IN_REVIEW

TABLES = {Proposal.__tablename__, Signature.__tablename__}
LABELS: dict[str, Any] = {
    "urgency": "concern", "about": "self", "needs": ["bullying"], "kind": "plain", "language": "en",
}  # fmt: skip


def propose(session: Session, who: str = "ann", **changes: Any) -> Proposal:
    fields = {"kind": "example", "phrase": "they laugh at me", "labels": LABELS, "why": "missing"} | changes
    return proposals.propose(session, who, **fields)


def test_the_migration_makes_the_tables_of_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        options = {"compare_type": True, "include_name": lambda name, type_, _: type_ != "table" or name in TABLES}
        options["include_object"] = lambda _o, name, type_, _r, _c: type_ != "table" or name in TABLES
        assert compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata) == []
    for name in TABLES:
        assert str(CreateTable(Base.metadata.tables[name]).compile(dialect=postgresql.dialect()))


def test_a_proposal_needs_two_others(session: Session) -> None:
    proposal = propose(session)
    assert proposal.stage == IN_REVIEW
    with pytest.raises(workflow.NotAllowed, match="You wrote this"):
        workflow.approve(proposal, "ann", workflow.REVIEWER)
    workflow.approve(proposal, "bea", workflow.REVIEWER)
    with pytest.raises(workflow.NotAllowed, match="Someone else has to as well"):
        workflow.approve(proposal, "bea", workflow.LEAD)
    assert proposals.to_export(session) == []
    workflow.approve(proposal, "cai", workflow.LEAD)
    assert (proposal.stage, list(proposals.to_export(session))) == (APPROVED, [proposal])
    assert proposals.mark_added(session, [proposal.id, 99]) == 1
    assert proposals.mark_added(session, [proposal.id]) == 0


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"labels": LABELS | {"needs": ["knitting"]}}, "not all ids of the taxonomy"),
        ({"labels": LABELS | {"about": None}}, "about is None"),
        ({"labels": LABELS | {"kind": "game"}}, "does not go with the level"),
        ({"labels": {}}, "language is None"),
        ({"phrase": " "}, "1 to 500 characters"),
        ({"kind": "poem"}, "the kind 'poem'"),
    ],
)
def test_what_the_training_data_would_not_take_is_refused(session: Session, changes: dict[str, Any], says: str) -> None:
    with pytest.raises(BrokenContent, match=says):
        propose(session, **changes)
    assert proposals.in_order(session) == []


def test_only_its_author_mends_it_and_approvals_are_gone_then(session: Session) -> None:
    proposal = propose(session)
    propose(session, phrase="another")
    workflow.approve(proposal, "bea", workflow.REVIEWER)
    with pytest.raises(workflow.NotAllowed, match="Only the person"):
        proposals.mend(session, proposal, "bea", phrase="x", labels=LABELS, why="y")
    with pytest.raises(BrokenContent, match="proposed already, as number 2"):
        proposals.mend(session, proposal, "ann", phrase="Another!", labels=LABELS, why="y")
    proposals.mend(session, proposal, "ann", phrase="they laugh at me", labels=LABELS, why="better said")
    assert (proposal.approvals, proposal.stage, proposal.why) == ([], IN_REVIEW, "better said")


def test_a_signature_stands_for_what_was_seen(session: Session) -> None:
    with pytest.raises(BrokenContent, match="has changed since"):
        signing.sign(session, signing.ROUTING, "ann", seen="something else")
    with pytest.raises(LookupError):
        signing.hash_now(session, "weather")
    assert not signing.holds(session, signing.last_signature(session, signing.ROUTING))
    first = signing.sign(session, signing.ROUTING, "ann", seen=signing.hash_now(session, signing.ROUTING))
    signing.sign(session, signing.DRILL, "ann", seen=signing.hash_now(session, signing.DRILL), note="all well")
    assert signing.last_signature(session, signing.ROUTING) is first
    assert signing.holds(session, first)
