"""Helplines in the admin: found, written, reviewed, checked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from content import publishing
from content.models import Helpline, RoutingRow
from tests.admin.browsing import Browser
from tests.admin.filling import send, values_of
from tests.admin.one_helpline import EDIT, LINE, line

SignIn = Callable[[str], Browser]


@pytest.mark.parametrize(
    ("asked", "is_there", "is_not"),
    [
        ("words=papyrus", "Papyrus", "Shout"),
        ("words=08001111", "Childline", "Papyrus"),
        ("words=0800+1111", "Childline", "Papyrus"),
        ("words=byw+heb+ofn", "Live Fear Free", "Samaritans"),
        ("nation=scotland&words=rape+crisis", "Scotland", "England and Wales"),
        ("need=forced_marriage", "Forced Marriage", "Papyrus"),
    ],
)
def test_helplines_are_found(signed_in: SignIn, asked: str, is_there: str, is_not: str) -> None:
    found = signed_in("author").open(f"/helplines?{asked}").text_of("tbody")
    assert is_there.casefold() in found.casefold()
    assert is_not.casefold() not in found.casefold()


def test_helplines_are_found_by_the_state_of_their_check(signed_in: SignIn, session: Session) -> None:
    line(session).checked_on = date.today() - timedelta(days=100)
    session.commit()
    browser = signed_in("author")
    assert "1 helpline." in browser.open("/helplines?state=overdue").words
    assert "0 helplines." in browser.open("/helplines?state=dropped").words
    to_check = browser.open("/helplines/to-check").text_of("tbody")
    assert to_check.index("PAPYRUS") < to_check.index("Childline")
    assert "Trusted" not in to_check
    assert "Note a check" not in to_check


def test_the_directory_has_pages_that_keep_what_was_asked(signed_in: SignIn, session: Session) -> None:
    browser = signed_in("author")
    first, last = browser.open("/helplines?nation=wales"), browser.open("/helplines?nation=wales&page=99")
    count = sum(tag == "tr" for tag, _ in first.tags) - 1
    assert count == 20
    assert any("page=2" in given.get("href", "") and "nation=wales" in given["href"] for _, given in first.tags)
    assert first.text_of("tbody") != last.text_of("tbody")
    assert last.text_of("tbody")


# Writing


def test_a_form_sent_as_it_came_changes_nothing(signed_in: SignIn, session: Session) -> None:
    browser = signed_in("author")
    for id_ in [found.id for found in session.query(Helpline)]:
        page = send(browser, browser.open(f"/helplines/{id_}/edit"))
        assert "Nothing was changed" in page.words, id_
    session.expire_all()
    assert all(found.draft is None for found in session.query(Helpline))


def test_a_draft_is_shown_beside_what_is_live_and_goes_live_with_a_publish(signed_in: SignIn, session: Session) -> None:
    browser = signed_in("author")
    page = send(
        browser,
        browser.open(EDIT),
        name_en="Papyrus HOPELINE247 new",
        hours_kind="by_day",
        days__0__opens="9:00",
        days__0__closes="17.30",
        days__1__opens="09:00",
        days__1__closes="17:30",
        days__5__opens="18:00",
        days__5__closes="24:00",
        min_age="11",
        max_age="30",
        nations=["wales", "england"],
        sources="https://example.org/a\n\nhttps://example.org/b",
    )
    assert "The draft is saved" in page.words
    assert "Papyrus HOPELINE247 new" in page.words
    assert "Mo-Tu 09:00-17:30; Sa 18:00-24:00" in page.words
    assert "Name Changed" in page.words
    assert "Cost Changed" not in page.words
    draft = line(session).draft
    assert draft is not None
    assert draft["ages"] == [11, 30]
    assert draft["nations"] == ["wales", "england"]
    assert draft["sources"] == ["https://example.org/a", "https://example.org/b"]
    assert line(session).name["en"] != "Papyrus HOPELINE247 new"
    release = publishing.publish(session, "ann", "new hours")
    assert release.helplines[LINE].hours == "Mo-Tu 09:00-17:30; Sa 18:00-24:00"
    assert release.helplines[LINE].max_age == 30


def test_a_route_makes_its_link_from_its_number(signed_in: SignIn, session: Session) -> None:
    browser, number = signed_in("author"), len(line(session).routes)
    spare = f"routes__{number}__"
    changes = {spare + "channel": "text", spare + "label": "07700 900123", spare + "say": "HELLO"}
    assert "07700 900123, send the word HELLO" in send(browser, browser.open(EDIT), **changes).words
    assert line(session).draft["routes"][-1] == {
        "channel": "text", "label": "07700 900123", "href": "sms:+447700900123", "say": "HELLO",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "said", "field"),
    [
        ({"name_cy": ""}, "Write it in Welsh too", "name_cy"),
        ({"cost_en": ""}, "Write it in English too", "cost_en"),
        ({"routes__0__label": ""}, "Write what people read", "routes-0-label"),
        ({"routes__0__label": "0800 123 4567"}, "another number than people read", "routes-0-href"),
        ({"hours_kind": "as_data", "hours": "whenever"}, "not OSM opening_hours", "hours"),
        ({"hours_kind": "as_data", "hours": ""}, "Write the hours", "hours"),
        ({"hours_kind": "by_day", "days__0__opens": "noon"}, "Write a time such as 09:00", "days-0-opens"),
        ({"hours_kind": "by_day", "days__0__opens": ""}, "times of one day", "days-0-opens"),
        ({"min_age": "eleven"}, "Write an age as a number", "min_age"),
        ({"min_age": "20", "max_age": "11"}, "youngest is older than the oldest", "min_age"),
        ({"privacy_en": "Text SAFE to 70577."}, "must not be shown", "privacy_en"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(
    signed_in: SignIn, session: Session, changes: dict[str, str], said: str, field: str
) -> None:
    browser = signed_in("author")
    page = send(browser, browser.open(EDIT), what_for_en="Typed and not to be lost.", **changes)
    assert page.text_of("title").startswith("Error: ")
    assert said in page.words
    assert ("a", {"href": f"#{field}"}) in page.tags
    assert f"{field}-error" in {given.get("id") for _, given in page.tags}
    assert values_of(page)["what_for_en"] == "Typed and not to be lost."
    for name, value in changes.items():
        assert values_of(page)[name.replace("__", "-")] == value
    assert line(session).draft is None


def test_a_never_shown_number_is_refused_in_a_route(signed_in: SignIn, session: Session) -> None:
    browser = signed_in("author")
    page = send(browser, browser.open(EDIT), routes__0__label="0808 801 0100", routes__0__href="")
    assert "must not be shown" in page.words
    assert line(session).draft is None


def test_a_line_that_routing_offers_is_not_taken_out_unawares(signed_in: SignIn, session: Session) -> None:
    browser = signed_in("author")
    page = send(browser, browser.open(EDIT), status="unconfirmed")
    assert "It would no longer be offered, but it is linked from here" in page.words
    assert "Suicidal now, rows 4, 5" in page.words.replace(" ,", ",")
    assert line(session).draft is None
    assert "The draft is saved" in send(browser, page, knows_links="yes").words
    assert line(session).draft["status"] == "unconfirmed"


def test_a_line_that_nothing_leads_to_is_taken_out_without_a_question(signed_in: SignIn, session: Session) -> None:
    for row in session.query(RoutingRow):
        row.offer = [id_ for id_ in row.offer if id_ != LINE]
    session.commit()
    browser = signed_in("author")
    assert "The draft is saved" in send(browser, browser.open(EDIT), status="unconfirmed").words


def test_two_people_do_not_overwrite_each_other(signed_in: SignIn, session: Session) -> None:
    author, reviewer = signed_in("author"), signed_in("reviewer")
    first, second = author.open(EDIT), reviewer.open(EDIT)
    send(author, first, name_en="One name")
    page = send(reviewer, second, name_en="Another name")
    assert "Someone else saved this helpline" in page.words
    assert line(session).draft["name"]["en"] == "One name"
    send(reviewer, page)
    assert line(session).draft["name"]["en"] == "Another name"


# Review
