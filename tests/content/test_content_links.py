"""From where an item is linked."""

import ast
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from content import archiving, drafts, publishing, reading
from content.archived import text_item
from content.importing import import_library
from content.links import BY_PROGRAM, LAST, NAMES, PROGRAM, REQUIRED, ROUTING, SHOWS, Link, links_to, offers_of
from content.models import Activity, Helpline
from content.settings import ROOT
from content.taxonomy import DEFAULT_AUDIENCE

Build = Callable[..., Any]
LINE = ("helpline", "hours-unknown")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7"/></svg>'


@pytest.fixture
def published(session: Session, make_snapshot: Build) -> Session:
    pictures = {"hands": {"svg": SVG, "alt": {"en": "Hands", "cy": "Dwylo"}}}
    import_library(session, make_snapshot(pictures=pictures), "starter", "first")
    publishing.publish(session, "ann", "first")
    session.commit()
    return session


def write(session: Session, words: str, **more: Any) -> None:
    variant = reading.variant_for(session, ("consent", "explain", "en", "young_person", "any", "standard"))
    assert variant is not None
    drafts.save_draft(session, variant, [words], "bea", **more)


def test_routing_links_to_a_helpline_by_need_and_row(published: Session) -> None:
    assert links_to(published, LINE) == [Link(ROUTING, ("missing",), (1,))]
    assert links_to(published, ("helpline", "sixteen-plus")) == [
        Link(ROUTING, ("grooming_online",), (1,)),
        Link(ROUTING, ("relationship_control",), (1, 2)),
    ]


def test_lines_that_the_conversation_names_are_linked_by_the_program(published: Session) -> None:
    assert offers_of(published, "emergency-999")[-1] == Link(PROGRAM, ("emergency-999",))
    assert not any(link.kind == PROGRAM for link in offers_of(published, "samaritans"))


def test_every_line_that_the_code_names_is_known_as_such(library_session: Session) -> None:
    """Otherwise a line that a button needs could be archived."""
    ids = {id_ for (id_,) in library_session.query(Helpline.id)}
    named: dict[str, str] = {}
    for file in sorted([*(ROOT / "actions").glob("*.py"), *(ROOT / "chat").glob("*.py")]):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                named |= {part: file.name for part in node.value.split(":") if part in ids}
    assert named.keys() <= BY_PROGRAM, f"add these to BY_PROGRAM in content/links.py: {named}"
    assert ids >= BY_PROGRAM


@pytest.mark.parametrize(
    ("words", "is_named"),
    [
        ("Call Hours-Unknown.", True),
        ("Call Hours-Unknown Cymraeg.", True),
        ("Call hours-unknown.", False),  # names are written as they are
        ("Call the Hours-Unknowns.", False),
        ("Call 0800 0000 today.", True),
        ("Call 10800 0000.", False),
    ],
)
def test_a_draft_that_names_a_helpline_links_to_it(published: Session, words: str, is_named: bool) -> None:
    write(published, words)
    found = [link for link in links_to(published, LINE) if link.kind == NAMES]
    names = ("text", "consent", "explain", "en", "young_person", "any", "standard")
    assert found == ([Link(NAMES, names)] if is_named else [])


def test_system_words_and_activities_link_by_name_but_not_a_lines_own_guide(published: Session) -> None:
    drafts.save_words(published, "en", "guide.hours-unknown", "Hours-Unknown answers.", "bea")
    assert [link.kind for link in links_to(published, LINE)] == [ROUTING]
    drafts.save_words(published, "cy", "concern", "Hours-Unknown.", "bea")
    quiz = published.get_one(Activity, ("quiz", "small", "en"))
    drafts.save_activity(published, {**(quiz.value or {}), "end": ["Ask Hours-Unknown."]}, "bea")
    assert {link.names for link in links_to(published, LINE) if link.kind == NAMES} == {
        ("words", "cy", "concern"),
        ("activity", "quiz", "small", "en"),
    }


def test_what_is_live_links_also_when_the_draft_no_longer_does(published: Session) -> None:
    write(published, "Look.", picture="hands")
    names = ("text", "consent", "explain", "en", "young_person", "any", "standard")
    assert links_to(published, ("picture", "hands")) == [Link(SHOWS, names)]
    publishing.publish(published, "ann", "with it")
    write(published, "Look no more.")
    assert links_to(published, ("picture", "hands")) == [Link(SHOWS, names)]
    publishing.publish(published, "ann", "without it")
    assert links_to(published, ("picture", "hands")) == []


def test_a_text_that_comes_later_links_already(published: Session) -> None:
    write(published, "Look.", picture="hands", starts_on=date(2099, 1, 1))
    publishing.publish(published, "ann", "later")
    write(published, "Another one, without dates.")
    assert [link.kind for link in links_to(published, ("picture", "hands"))] == [SHOWS]


def test_what_every_topic_must_have_stays(published: Session) -> None:
    def links(audience: str, age_band: str, level: str, section: str = "explain") -> list[Link]:
        return links_to(published, text_item("consent", section, audience, age_band, level))

    assert links(DEFAULT_AUDIENCE, "any", "standard") == [Link(REQUIRED, ("consent", "explain"))]
    assert links(DEFAULT_AUDIENCE, "any", "easy_read") != []
    assert links(DEFAULT_AUDIENCE, "any", "easy_read", "law") == []
    assert links(DEFAULT_AUDIENCE, "16_17", "standard") == links("community", "any", "standard") == []


def test_the_last_activity_of_its_kind_stays(published: Session) -> None:
    item = ("activity", "quiz/small")
    assert links_to(published, item) == [Link(LAST, ("quiz", "cy")), Link(LAST, ("quiz", "en"))]
    for language in ("en", "cy"):
        quiz = published.get_one(Activity, ("quiz", "small", language)).value or {}
        drafts.save_activity(published, {**quiz, "id": "second", "title": "Second"}, "bea")
    assert len(links_to(published, item)) == 2  # drafts are no list yet
    publishing.publish(published, "ann", "two")
    assert links_to(published, item) == []
    archiving.ask(published, ("activity", "quiz/second"), "bea", "One is enough.", archive=True)
    assert len(links_to(published, item)) == 2


def test_a_line_that_texts_of_the_library_name_is_linked_from_them(library_session: Session) -> None:
    texts = [link.names for link in links_to(library_session, ("helpline", "shelter-cymru")) if link.kind == NAMES]
    assert ("text", "missing") in {names[:2] for names in texts}
