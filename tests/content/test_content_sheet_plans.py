"""What a sheet would change, what is wrong with it, and the drafts it makes."""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content import drafts, sheets
from content.banned import BLOCK_LIST
from content.building import build
from content.models import Revision, SystemWord, Variant
from content.publishing import publish
from content.reading import variant_for
from content.sheets import Row
from content.sheets.columns import TEXT_COLUMNS
from content.yaml_files import read_yaml
from tests.content.sheet_rows import KEY, cells, problems_of, row, words_row

BANNED = read_yaml(BLOCK_LIST)["numbers"][0]["number"]


@pytest.fixture
def session(library_session: Session) -> Session:
    return library_session


def test_a_plan_says_what_is_new_changed_and_unchanged(session: Session) -> None:
    live = variant_for(session, KEY).newest.body
    same = {f"bubble {number}": text for number, text in enumerate(live, 1)}
    new = row(4, audience="professional", age_band="16_17", bubble_1="For professionals.")
    same_row = Row(sheets.TEXTS, 2, cells() | same, {})
    changed = row(3, language="cy", bubble_1="Testun newydd.", bubble_3="A'r ail.")
    plan = sheets.plan(session, [same_row, changed, new])
    assert (plan.unchanged, plan.changed, plan.new, plan.problems) == (1, 1, 1, [])
    (at, first), (at_new, second) = plan.changes
    assert (at, at_new) == (3, 4)
    assert first.before == tuple(variant_for(session, ("grooming", "explain", "cy", *KEY[3:])).newest.body)
    assert first.after == ("Testun newydd.", "A'r ail.")
    assert (second.before, second.after) == (None, ("For professionals.",))


def test_drafts_are_made_and_go_live_with_a_publish(session: Session) -> None:
    rows = [row(), row(3, audience="community", age_band="16_17"), words_row(text_1="Ha.")]
    plan = sheets.plan(session, rows)
    assert sheets.draft(session, plan, "bea", "Imported from texts.xlsx") == 3
    newest = variant_for(session, KEY).newest
    assert (newest.body, newest.author, newest.note) == (["A new text."], "bea", "Imported from texts.xlsx")
    assert session.get_one(SystemWord, ("en", "joke")).draft == "Ha."
    again = sheets.plan(session, rows)
    assert (again.unchanged, again.changes) == (3, [])
    release = publish(session, "bea", "why")
    assert release.system["en"]["joke"] == "Ha."


def test_a_text_with_days_is_not_lost_when_the_text_behind_it_changes(session: Session) -> None:
    variant = variant_for(session, KEY)
    ends = date.today() + timedelta(days=30)
    drafts.save_draft(session, variant, ["Only this month."], "bea", starts_on=date.today(), ends_on=ends)
    exported = sheets.write(sheets.newest(session), "csv", [sheets.TEXTS], topics=["grooming"])
    rows = sheets.read(exported, "csv")
    assert sheets.plan(session, rows).changes == []
    plan = sheets.plan(session, [row()])
    assert [change.after for _, change in plan.changes] == [("A new text.",)]
    assert sheets.draft(session, plan, "bea", "") == 2
    shown = [t["bubbles"] for t in build(session).snapshot["variants"] if fits(t)]
    assert shown == [["Only this month."], ["A new text."]]


def fits(item: dict[str, Any]) -> bool:
    return (item["topic"], item["section"], item["language"], item["audience"], item["reading_level"]) == (
        *KEY[:4],
        "standard",
    ) and item["age_band"] is None


def test_days_and_picture_are_read(session: Session) -> None:
    picture = session.scalars(select(Revision.picture).where(Revision.picture.is_not(None))).first()
    for written in ("2099-05-02", "02/05/2099"):
        plan = sheets.plan(session, [row(starts_on=written, ends_on="2099-06-01", picture=picture, bubble_1=written)])
        (_, text) = plan.texts[-1]
        assert text == {
            "bubbles": [written], "picture": picture, "starts_on": "2099-05-02", "ends_on": "2099-06-01",
        }  # fmt: skip
        sheets.draft(session, plan, "bea", "")
        assert variant_for(session, KEY).newest.starts_on == date(2099, 5, 2)


@pytest.mark.parametrize(
    ("changes", "column", "says"),
    [
        ({"topic": "gromming"}, "topic", "There is no topic “gromming”. Did you mean “grooming”?"),
        ({"topic": ""}, "topic", "Write the topic that this is for."),
        ({"section": "chapter"}, "section", "“chapter” is not one of explain, signs"),
        ({"language": "fr"}, "language", "“fr” is not one of en, cy. Write one of these."),
        ({"audience": "pupils"}, "audience", "is not one of young_person"),
        ({"age_band": "12"}, "age band", "“12” is not one of any, under_13"),
        ({"age_band": ""}, "age band", "An empty cell is not one of any"),
        ({"reading_level": "hard"}, "reading level", "is not one of standard, easy_read"),
        ({"starts_on": "soon"}, "starts on", "“soon” is not a day. Write it like 2027-05-22."),
        ({"ends_on": "31/02/2027"}, "ends on", "is not a day"),
        ({"starts_on": "2027-02-02", "ends_on": "2027-02-01"}, "ends on", "before it starts"),
        ({"picture": "cat"}, "picture", "There is no picture “cat”. Write it as it stands in an export."),
        ({"bubble_1": ""}, "bubble 1", "Write at least one bubble."),
        ({"bubble_4": "x" * 241}, "bubble 4", "Bubble 4 has 241 characters, at most 240 are allowed."),
        ({"bubble_2": f"Ring {BANNED}."}, "bubble 2", "must not be shown"),
        ({"bubble_2": "[x](javascript:1)"}, "bubble 2", "a link must start with https://"),
    ],
)
def test_a_bad_cell_is_named(session: Session, changes: dict[str, str], column: str, says: str) -> None:
    found = problems_of(session, row(7, **changes))
    assert [(at, where) for at, where, _ in found] == [(7, column)]
    assert says in found[0][2]


def test_a_row_that_is_there_twice_is_refused(session: Session) -> None:
    assert problems_of(session, row(2), row(5, bubble_1="Another."))[0][:2] == (5, "topic")
    assert problems_of(session, row(2), row(5, starts_on="2099-01-01")) == []
    twice = words_row(2, text_1="Ha."), words_row(3, text_1="Ho.")
    assert problems_of(session, *twice) == [
        (3, "key", "This is for the same language and key as row 2. Keep one of the two.")
    ]


def test_system_messages_keep_their_shape(session: Session) -> None:
    found = problems_of(session, words_row(text_1="Ha.", text_2="Ho."))
    assert found == [(2, "text 2", "This message is one text. Leave the columns after text 1 empty.")]
    plan = sheets.plan(session, [words_row(key="phone_bill", text_1="Only one.")])
    assert plan.words == [("en", "phone_bill", ["Only one."])]
    assert "Did you mean “welcome”" in problems_of(session, words_row(key="welcom", text_1="Hi."))[0][2]
    assert problems_of(session, words_row(language="fr", text_1="Hi."))[0][1] == "language"
    assert problems_of(session, words_row())[0][1] == "text 1"


def test_five_hundred_rows_are_planned_in_time(session: Session) -> None:
    rows = [row(number, audience="professional", bubble_1=f"Text {number}.") for number in range(2, 502)]
    keys = [(v.topic_id, v.section, v.language, v.audience, v.age_band, v.reading_level) for v in
            session.scalars(select(Variant).limit(500))]  # fmt: skip
    for item, key in zip(rows, keys, strict=True):
        item.cells.update(zip(TEXT_COLUMNS, key, strict=False))
    rows[10].cells["topic"] = rows[20].cells["age band"] = "nothing"
    rows[30].cells["bubble 2"] = "x" * 300
    started = time.process_time()
    plan = sheets.plan(session, rows)
    assert time.process_time() - started < 3
    assert (plan.bad_rows, plan.changed) == (3, 497)
