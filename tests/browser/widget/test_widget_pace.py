"""Messages come one after another, at a pace to read in; help and people in a hurry do not wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from .conftest import ChatPage, OpenPage

NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)
SHORT, LONG = "Yes.", "word " * 60
LONGEST_PAUSE = 1_200  # milliseconds
BUBBLES = ".from-you ~ .from-lantern .bubble"


@pytest.fixture
def moving(open_page: OpenPage) -> ChatPage:
    """The chat in a browser where things may move, its clock stopped, its welcome shown."""
    chat = open_page(reduced_motion="no-preference")
    chat.page.clock.install(time=NOON)
    chat.find(".launcher").click()
    chat.page.keyboard.press("ArrowDown")  # in a hurry
    expect(chat.find(".log .choice").first).to_be_visible()
    chat.wait()
    chat.page.clock.pause_at(NOON + timedelta(hours=1))
    return chat


def say_texts(chat: ChatPage, *texts: str, **last: Any) -> None:
    *first, end = [{"type": "text", "text": text} for text in texts]
    chat.answer_with(*first, end | last)
    chat.write("hello")
    expect(chat.find(BUBBLES).first).to_be_visible()


def test_a_longer_bubble_is_given_longer(moving: ChatPage) -> None:
    say_texts(moving, SHORT, LONG, SHORT)
    expect(moving.find(BUBBLES)).to_have_count(1)
    moving.page.clock.run_for(500)
    expect(moving.find(BUBBLES)).to_have_count(2)
    moving.page.clock.run_for(500)
    expect(moving.find(BUBBLES)).to_have_count(2)
    moving.page.clock.run_for(LONGEST_PAUSE - 500)
    expect(moving.find(BUBBLES)).to_have_count(3)


@pytest.mark.parametrize("hurry", ["key", "typing", "press"])
def test_someone_in_a_hurry_gets_the_rest_at_once(moving: ChatPage, hurry: str) -> None:
    say_texts(moving, LONG, LONG, SHORT)
    expect(moving.find(BUBBLES)).to_have_count(1)
    if hurry == "key":
        moving.page.keyboard.press("Tab")
    elif hurry == "typing":
        moving.find("#input").fill("w")
    else:
        moving.find(".help-button").click()
    expect(moving.find(BUBBLES)).to_have_count(3)


def test_help_is_never_held_back(moving: ChatPage, childline: dict[str, Any]) -> None:
    say_texts(moving, LONG, LONG, type="helplines", helplines=[childline])
    expect(moving.find(".log .helpline")).to_be_visible()


def test_where_nothing_may_move_all_comes_at_once(open_page: OpenPage) -> None:
    chat = open_page()
    chat.page.clock.install(time=NOON)
    chat.open()
    chat.page.clock.pause_at(NOON + timedelta(hours=1))
    say_texts(chat, LONG, LONG, SHORT)
    expect(chat.find(BUBBLES)).to_have_count(3)


def test_what_is_said_meanwhile_is_answered_below_the_rest(moving: ChatPage) -> None:
    say_texts(moving, LONG, "the rest")
    moving.let_server_answer()
    moving.answer_with({"type": "text", "text": "next"})
    moving.write("and now?")
    expect(moving.find(".message p").last).to_have_text("next")
    words = moving.find(".message p").all_inner_texts()
    assert words.index("the rest") < words.index("and now?") < words.index("next")
