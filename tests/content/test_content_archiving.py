"""Archive and back: asked for by one, approved by another, carried out by a publish."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateTable

from content import archiving, drafts, publishing, reading, workflow
from content.archived import archived, find_archiving, leaving, text_item
from content.audit import watch
from content.errors import BrokenContent
from content.importing import import_library
from content.models import Archiving, AuditEntry, Base, Helpline, Picture, RoutingRow
from content.release import Release
from content.routing_drafts import find_routing_problems
from content.workflow import LEAD, REVIEWER, NotAllowed

Build = Callable[..., Any]
FOR_PARENTS = text_item("consent", "explain", "parent_carer", "any", "standard")
QUIZ, LINE, PICTURE = ("activity", "quiz/other"), ("helpline", "sixteen-plus"), ("picture", "hands")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7"/></svg>'


@pytest.fixture
def published(session: Session, make_snapshot: Build, make_variant: Build) -> Session:
    """One item of each kind that nothing links to, beside others of its kind."""
    snapshot = make_snapshot(pictures={"hands": {"svg": SVG, "alt": {"en": "Hands", "cy": "Dwylo"}}})
    for language in ("en", "cy"):
        snapshot["variants"].append(make_variant(audience="parent_carer", language=language, bubbles=["For parents."]))
    snapshot["activities"] += [one | {"id": "other", "title": "Other"} for one in snapshot["activities"]]
    for rows in snapshot["routing"]["needs"].values():
        for row in rows:
            row["offer"] = [id_ for id_ in row["offer"] if id_ != LINE[1]]
    import_library(session, snapshot, "starter", "first")
    publishing.publish(session, "ann", "first")
    session.commit()
    return session


def test_the_migration_makes_the_table_of_the_model(engine: Engine) -> None:
    name = Archiving.__tablename__
    with engine.connect() as connection:
        options: dict[str, Any] = {
            "compare_type": True,
            "include_name": lambda it, type_, _: type_ != "table" or it == name,
        }
        options["include_object"] = lambda _o, it, type_, _r, _c: type_ != "table" or it == name
        assert compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata) == []
    assert str(CreateTable(Base.metadata.tables[name]).compile(dialect=postgresql.dialect()))


def approve(one: Archiving) -> None:
    for who, role in (("cai", REVIEWER), ("lea", LEAD)):
        if role in workflow.missing_approvals(one):
            workflow.approve(one, who, role)


def archive(session: Session, item: tuple[str, str], *, to: bool = True) -> Release:
    approve(archiving.ask(session, item, "bea", "Nobody needs it.", archive=to))
    return publishing.publish(session, "pat", "archive", with_drafts=False)


def names(release: Release) -> set[tuple[str, str]]:
    """What the release holds of the four items."""
    there = {
        FOR_PARENTS: any(text.audience == "parent_carer" for text in release.variants),
        QUIZ: any(id_ == "other" for _, id_, _ in release.activities),
        LINE: LINE[1] in release.helplines,
        PICTURE: PICTURE[1] in release.pictures,
    }
    return {item for item, is_there in there.items() if is_there}


ITEMS = (FOR_PARENTS, QUIZ, LINE, PICTURE)


@pytest.mark.parametrize("item", ITEMS)
def test_an_item_goes_comes_back_with_a_roll_back_and_for_good_when_asked_for(
    published: Session, item: tuple[str, str]
) -> None:
    assert names(archive(published, item)) == {*ITEMS} - {item}
    assert archived(published) == {item}
    assert names(publishing.roll_back(published, 1, "pat", "back")) == {*ITEMS}
    assert names(publishing.publish(published, "pat", "on")) == {*ITEMS} - {item}
    assert names(archive(published, item, to=False)) == {*ITEMS}
    assert archived(published) == frozenset()


@pytest.mark.parametrize("item", ITEMS)
def test_nothing_goes_before_someone_else_has_approved_it(published: Session, item: tuple[str, str]) -> None:
    one = archiving.ask(published, item, "bea", "Nobody needs it.", archive=True)
    with pytest.raises(NotAllowed, match="You wrote this"):
        workflow.approve(one, "bea", REVIEWER)
    for with_drafts in (True, False):  # a publish from the command line takes drafts along, but not this
        assert names(publishing.publish(published, "pat", "x", with_drafts=with_drafts)) == {*ITEMS}
    assert (leaving(published), archived(published)) == ({item}, frozenset())
    workflow.approve(one, "cai", REVIEWER)
    is_line = item[0] == "helpline"
    assert workflow.missing_approvals(one) == ([LEAD] if is_line else [])
    assert (item in names(publishing.publish(published, "pat", "x"))) is is_line


def test_what_was_asked_for_can_be_taken_back_and_asked_for_again(published: Session) -> None:
    one = archiving.ask(published, QUIZ, "bea", "Nobody needs it.", archive=True)
    with pytest.raises(NotAllowed, match="has asked for this already"):
        archiving.ask(published, QUIZ, "cai", "Me too.", archive=True)
    approve(one)
    archiving.take_back(published, one)
    assert names(publishing.publish(published, "pat", "x")) == {*ITEMS}
    with pytest.raises(NotAllowed, match="Nothing is asked for"):
        archiving.take_back(published, one)
    again = archiving.ask(published, QUIZ, "cai", "After all.", archive=True)
    assert (again.author, again.why, again.stage, again.approvals) == ("cai", "After all.", "in_review", [])


def test_only_what_is_there_can_go_and_only_what_is_archived_can_come_back(published: Session) -> None:
    for item in (
        ("picture", "feet"),
        ("helpline", "nobody"),
        ("text", "consent"),
        ("activity", "quiz"),
        ("words", "x"),
    ):
        with pytest.raises(LookupError):
            archiving.ask(published, item, "bea", "Why not.", archive=True)
    with pytest.raises(NotAllowed, match="It is not archived"):
        archiving.ask(published, QUIZ, "bea", "Why not.", archive=False)
    archive(published, QUIZ)
    with pytest.raises(NotAllowed, match="It is archived already"):
        archiving.ask(published, QUIZ, "bea", "Why not.", archive=True)
    with pytest.raises(BrokenContent, match="say why"):
        archiving.ask(published, QUIZ, "bea", "  ", archive=False)


def test_a_draft_of_what_is_archived_stays_out_and_waits_for_nobody(published: Session) -> None:
    archive(published, FOR_PARENTS)
    release = publishing.latest(published)
    assert reading.texts_waiting(published, release) == []
    key = ("consent", "explain", "en", "parent_carer", "any", "standard")
    assert reading.states(published, release)[key] == "archived"
    variant = reading.variant_for(published, key)
    assert variant is not None
    revision = drafts.save_draft(published, variant, ["Better."], "bea")
    assert names(publishing.publish(published, "pat", "x")) == {*ITEMS} - {FOR_PARENTS}
    assert revision.stage == "draft"
    release = archive(published, FOR_PARENTS, to=False)
    assert FOR_PARENTS in names(release)
    assert reading.states(published, publishing.latest(published))[key] == "waiting"
    publishing.roll_back(published, 1, "pat", "x")


def test_after_a_roll_back_an_archived_text_that_is_live_counts_as_live(published: Session) -> None:
    archive(published, FOR_PARENTS)
    release = publishing.roll_back(published, 1, "pat", "x")
    key = ("consent", "explain", "en", "parent_carer", "any", "standard")
    assert reading.states(published, release)[key] == "live"


def test_an_archived_line_is_in_no_list_and_can_not_be_routed_to(published: Session) -> None:
    row = published.query(RoutingRow).filter_by(need="bullying").one()
    rows = [{"nations": row.nations, "ages": row.ages, "offer": [LINE[1]]}]
    assert find_routing_problems(published, "bullying", rows) == []
    archiving.ask(published, LINE, "bea", "Shut down.", archive=True)
    assert find_routing_problems(published, "bullying", rows) == [f"bullying, row 1: there is no helpline {LINE[1]!r}"]
    one = find_archiving(published, LINE)
    assert one is not None
    approve(one)
    publishing.publish(published, "pat", "x")
    assert published.get_one(Helpline, LINE[1]).checked_on is None
    assert LINE[1] not in {line.id for line in reading.helplines_to_check(published, date.today())}


def test_an_archived_picture_is_not_offered_and_holds_its_text_back(published: Session) -> None:
    assert reading.pictures(published) == ["hands"]
    archiving.ask(published, PICTURE, "bea", "Old.", archive=True)
    assert reading.pictures(published) == []
    variant = reading.variant_for(published, ("consent", "explain", "en", "young_person", "any", "standard"))
    assert variant is not None
    drafts.save_draft(published, variant, ["Look."], "bea", picture="hands")  # as a sheet may, in the same moment
    one = find_archiving(published, PICTURE)
    assert one is not None
    approve(one)
    with pytest.raises(BrokenContent, match="consent/explain/en: there is no picture 'hands'"):
        publishing.publish(published, "pat", "x")
    assert published.get(Picture, "hands") is not None


def test_a_line_does_not_go_while_a_text_that_is_published_with_it_names_it(published: Session) -> None:
    archiving.ask(published, LINE, "bea", "Shut down.", archive=True)
    variant = reading.variant_for(published, ("consent", "explain", "en", "young_person", "any", "standard"))
    one, line = find_archiving(published, LINE), published.get_one(Helpline, LINE[1])
    assert variant is not None
    assert one is not None
    approve(one)
    drafts.save_draft(published, variant, [f"Talk to {line.name['en']}."], "bea")
    with pytest.raises(BrokenContent, match=f"consent/explain/en bubbles: tells people of '{LINE[1]}'"):
        publishing.publish(published, "pat", "x")
    drafts.save_draft(published, variant, ["Talk to someone."], "bea")
    publishing.publish(published, "pat", "x")
    assert LINE in archived(published)


def test_a_text_comes_back_after_its_picture(published: Session) -> None:
    variant = reading.variant_for(published, ("consent", "explain", "cy", "parent_carer", "any", "standard"))
    assert variant is not None
    drafts.save_draft(published, variant, ["Look."], "bea", picture="hands")
    with pytest.raises(archiving.Linked):
        archiving.ask(published, PICTURE, "bea", "Old.", archive=True)
    publishing.publish(published, "pat", "x")
    archive(published, FOR_PARENTS)
    archive(published, PICTURE)
    with pytest.raises(archiving.Linked) as refused:
        archiving.ask(published, FOR_PARENTS, "bea", "Needed.", archive=False)
    assert [link.names for link in refused.value.links] == [("picture", "hands")]
    archive(published, PICTURE, to=False)
    assert FOR_PARENTS in names(archive(published, FOR_PARENTS, to=False))


def test_the_log_says_who_archived_what(published: Session) -> None:
    watch(published, lambda: "bea")
    archive(published, PICTURE)
    entries = published.query(AuditEntry).filter_by(kind="archivings").order_by(AuditEntry.id).all()
    assert {entry.name for entry in entries} == {"picture hands"}
    assert entries[0].after["draft"] is True
    assert entries[-1].after["is_archived"] is True


def test_what_waits_for_approval_is_found(published: Session) -> None:
    before = reading.count_waiting_for_approval(published)
    one = archiving.ask(published, QUIZ, "bea", "Nobody needs it.", archive=True)
    assert one in reading.in_review(published)
    assert reading.count_waiting_for_approval(published) == before + 1
