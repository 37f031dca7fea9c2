"""Routing in the admin: the table, its rows, and who would be offered."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from content import drafts, publishing
from content.models import AuditEntry, Helpline, RoutingRow
from content.routing_drafts import as_row, routing_rows
from tests.admin.browsing import Browser, Page
from tests.admin.filling import send, values_of

SignIn = Callable[[str], Browser]
EDIT = "/routing/sextortion"
WHO = "/routing/who?need=sextortion&age_band=13_15&nation=wales&day=2026-11-23&time=10:00"


def offers(session: Session, need: str = "sextortion") -> list[list[str]]:
    session.expire_all()
    return [row.offer for row in routing_rows(session, need)]


def answer(page: Page) -> tuple[str, str]:
    """The lines offered live, and those with the drafts."""
    before, _, drafted = page.words.partition("With everything that is drafted")
    return before.partition("Live now")[2], drafted


def test_the_table_says_who_is_offered_to_whom(signed_in: SignIn) -> None:
    author = signed_in("author")
    page = author.open("/routing")
    assert "Sextortion" in page.words
    assert "Anyone whose age is not known" in page.words
    assert "All nations: 13 to 15, 16 or 17" in page.words
    assert EDIT not in page.html
    page = author.open("/routing?need=sexual_assault_past&nation=scotland&age_band=13_15")
    assert sum(tag == "tr" for tag, _ in page.tags) == 2
    assert "Scotland: 13 to 15" in page.words


def test_the_table_says_whom_a_line_turns_away(ann: Browser, session: Session) -> None:
    assert "(not for" not in ann.open("/routing?need=sextortion").words
    routing_rows(session, "sextortion")[0].offer = ["revenge-porn-helpline"]
    session.commit()
    assert "(not for under 13)" in ann.open("/routing?need=sextortion").words


def test_a_new_order_goes_live_with_the_next_publish(signed_in: SignIn, session: Session) -> None:
    lead = signed_in("safeguarding_lead")
    page = lead.open(EDIT)
    page = send(lead, page, rows__1__offer__0="childline", rows__1__offer__1="ceop", rows__1__offer__2="")
    assert "goes live with the next publish" in page.words
    assert offers(session)[1] == ["childline", "ceop"]
    release = publishing.latest(session)
    assert release.routing.needs["sextortion"][1].offer[0] == "ceop"
    assert publishing.publish(session, "p", "why").routing.needs["sextortion"][1].offer == ("childline", "ceop")
    assert session.query(AuditEntry).filter_by(who="safeguarding_lead@example.org", kind="routing_rows").count() == 1


def test_a_form_sent_as_it_came_changes_nothing(ann: Browser, session: Session) -> None:
    for need in {row.need for row in session.query(RoutingRow)}:
        before = [as_row(row) for row in routing_rows(session, need)]
        assert "Nothing was changed" in send(ann, ann.open(f"/routing/{need}")).words, need
        session.expire_all()
        assert [as_row(row) for row in routing_rows(session, need)] == before


def test_a_row_is_added_and_taken_out(ann: Browser, session: Session) -> None:
    number = len(offers(session))
    new = {f"rows__{number}__nations": ["wales"], f"rows__{number}__ages": ["13_15"]}
    send(ann, ann.open(EDIT), **new, **{f"rows__{number}__offer__0": "meic"})
    assert offers(session)[number:] == [["meic"]]
    send(ann, ann.open(EDIT), **{f"rows__{number}__take_out": "yes"})
    assert len(offers(session)) == number
    assert [row.position for row in routing_rows(session, "sextortion")] == list(range(number))


@pytest.mark.parametrize(
    ("need", "changes", "said"),
    [
        ("sextortion", {"rows__0__take_out": "yes"}, "No row is for Wales, Under 13"),
        ("sextortion", {"rows__0__offer__0": "nobody"}, "There is no helpline 'nobody'"),
        ("sextortion", {"rows__0__offer__1": "childline"}, "The same helpline stands there twice"),
        ("sextortion", {"rows__0__nations": []}, "Tick a nation for this row"),
        ("sextortion", {f"rows__0__offer__{n}": "" for n in range(4)}, "Offer is empty"),
        ("suicidal_now", {"rows__0__offer__0": "samaritans"}, "where there is danger emergency-999 comes first"),
        ("unknown", {"rows__0__offer__0": "live-fear-free"}, "does not cover all four nations"),
    ],
)
def test_rows_that_can_not_be_are_refused_and_not_lost(
    ann: Browser, session: Session, need: str, changes: dict[str, str | list[str]], said: str
) -> None:
    before = offers(session, need)
    page = send(ann, ann.open(f"/routing/{need}"), **changes)
    assert page.text_of("title").startswith("Error: ")
    assert said.casefold() in page.words.casefold()
    for name, value in changes.items():
        if isinstance(value, str):
            assert values_of(page)[name.replace("__", "-")] == value
    assert offers(session, need) == before


def test_two_people_do_not_overwrite_each_other(ann: Browser, session: Session, signed_in: SignIn) -> None:
    lead = signed_in("safeguarding_lead")
    page = ann.open(EDIT)
    send(lead, lead.open(EDIT), rows__1__offer__0="childline", rows__1__offer__2="ceop")
    assert "Someone else saved this need" in send(ann, page, rows__1__offer__0="shout").words
    assert offers(session)[1][0] == "childline"


@pytest.mark.parametrize("role", ["author", "reviewer", "publisher"])
def test_only_the_safeguarding_lead_changes_rows(signed_in: SignIn, role: str) -> None:
    signed_in(role).open(EDIT, status=403)


def test_an_unknown_need_is_not_found(ann: Browser) -> None:
    ann.open("/routing/knitting", status=404)


def test_who_would_be_offered_live_and_with_the_drafts(signed_in: SignIn, session: Session) -> None:
    author = signed_in("author")
    live, drafted = answer(author.open(WHO))
    assert live.index("CEOP") < live.index("Childline")
    assert drafted.index("CEOP") < drafted.index("Childline")
    item = session.get_one(Helpline, "ceop").as_library_item()
    drafts.save_helpline(session, item | {"status": "changed"}, "bea")
    session.get_one(Helpline, "ceop").stage = "in_review"
    session.commit()
    live, drafted = answer(author.open(WHO))
    assert "CEOP" in live
    assert "CEOP" not in drafted


def test_who_would_be_offered_keeps_to_the_clock_the_place_and_the_channel(ann: Browser) -> None:
    line = "/routing/who?need=professional_worried&audience=professional&place=swansea"
    day, night = (answer(ann.open(f"{line}&day=2026-11-23&time={time}"))[0] for time in ("10:00", "03:00"))
    assert day != night
    assert "Swansea" in day
    assert "Swansea" not in answer(ann.open(f"{line.replace('swansea', 'cardiff')}&day=2026-11-23&time=10:00"))[0]
    by_phone = answer(ann.open(f"{WHO}&channel=phone"))[0]
    assert "Childline" in by_phone
    assert "CEOP" not in by_phone


@pytest.mark.parametrize("wrong", ["day=soon", "time=late", "need=knitting", "nation=france"])
def test_what_can_not_be_asked_is_said(ann: Browser, wrong: str) -> None:
    name = wrong.partition("=")[0]
    rest = "&".join(part for part in WHO.partition("?")[2].split("&") if not part.startswith(f"{name}="))
    page = ann.open(f"/routing/who?{rest}&{wrong}")
    assert page.text_of("title").startswith("Error: ")
    assert "With everything that is drafted" not in page.words
