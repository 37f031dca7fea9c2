"""Over a change of page nothing stays, except where the site allows it, and then only until Exit, Delete or the end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from .conftest import ChatPage, OpenPage

KEEPS = {"keeps_conversation": True}
KEPT = "JSON.parse(sessionStorage.getItem('lantern-chat'))"


@pytest.fixture
def keeping(open_page: OpenPage) -> ChatPage:
    """The chat on a site that keeps it, with one question answered."""
    chat = open_page(site=KEEPS).open()
    expect(chat.find(".tip")).to_contain_text("goes on when you change the page")
    chat.answer_with({"type": "text", "text": "the answer", "buttons": [{"label": "More", "action": "more.x"}]})
    chat.say("a question")
    return chat


def go_to_another_page(chat: ChatPage) -> None:
    chat.page.goto(chat.page.url.split("?")[0] + "?page=2")
    expect(chat.find(".lantern")).to_have_attribute("lang", "en")


def stored(chat: ChatPage) -> int:
    return int(chat.page.evaluate("sessionStorage.length"))


def test_another_page_goes_on_where_this_one_was(keeping: ChatPage) -> None:
    token = keeping.page.evaluate(f"{KEPT}.id")
    go_to_another_page(keeping)
    expect(keeping.find(".panel")).to_be_visible()
    assert keeping.focused() == ""  # it does not take the focus from the page
    expect(keeping.find(".from-you p")).to_have_text("a question")
    with keeping.page.expect_request("**/messages") as sent:
        keeping.page.get_by_role("button", name="More", exact=True).click()
    assert token in sent.value.url
    assert sent.value.post_data_json == {"action": "more.x"}


def test_only_the_token_and_what_was_shown_are_stored(keeping: ChatPage) -> None:
    keeping.find("#input").fill("half a sentence")
    kept: dict[str, Any] = keeping.page.evaluate(KEPT)
    assert sorted(kept) == ["id", "isOpen", "isSimple", "language", "look", "shown", "until"]
    assert {"language": "en", "own": "a question"} in kept["shown"]
    assert "half a sentence" not in json.dumps(kept)
    assert keeping.page.evaluate("[localStorage.length, document.cookie]") == [0, ""]


def test_a_chat_that_was_closed_stays_closed(keeping: ChatPage) -> None:
    keeping.find(".close").click()
    go_to_another_page(keeping)
    expect(keeping.find(".launcher")).to_be_visible()
    expect(keeping.find(".panel")).to_be_hidden()
    keeping.find(".launcher").click()
    expect(keeping.find(".from-you p")).to_have_text("a question")


def test_exit_clears_it(keeping: ChatPage, chat_url: str) -> None:
    keeping.find(".exit").click()
    keeping.page.wait_for_url(keeping.exit_url)
    keeping.page.goto(chat_url)
    assert stored(keeping) == 0
    expect(keeping.find(".launcher")).to_be_visible()


def test_back_after_an_exit_on_another_page_shows_nothing(keeping: ChatPage) -> None:
    keeping.page.evaluate("sessionStorage.clear()")  # as an Exit on a later page of this tab does
    keeping.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert keeping.find(".message").count() == 0
    expect(keeping.find(".panel")).to_be_hidden()


@pytest.mark.parametrize("end", ["deleted", "over"])
def test_the_end_of_the_chat_clears_it(keeping: ChatPage, end: str) -> None:
    keeping.let_server_answer()
    if end == "deleted":
        offer = {"type": "text", "text": "?", "buttons": [{"label": "Yes", "action": "delete_chat:now.x"}]}
        keeping.answer_with(offer)
        keeping.say("delete it")
        keeping.page.get_by_role("button", name="Yes", exact=True).click()
    else:
        keeping.answer_with(status=410, detail="This chat is over.")
        keeping.write("hello")
    expect(keeping.find(".notice")).to_be_visible()
    keeping.wait()
    assert stored(keeping) == 0


def test_a_reload_forgets_where_the_site_does_not_keep(open_page: OpenPage, chat_url: str) -> None:
    chat = open_page()
    token = chat.open_as_new()
    chat.answer_with({"type": "text", "text": "the answer"})
    chat.say("a question")
    assert stored(chat) == 0
    chat.page.reload()
    chat.open()
    expect(chat.find(".from-you")).to_have_count(0)
    assert chat.page.request.delete(f"{chat_url}/api/conversations/{token}").status == 410
