"""A slow or a missing network: it is said, what was typed stays, Help works; and two tabs are two chats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Route, expect

if TYPE_CHECKING:
    from .conftest import ChatPage


def test_a_long_wait_is_said_and_help_works_meanwhile(chat: ChatPage) -> None:
    held: list[Route] = []
    chat.page.clock.install()
    chat.page.route("**/messages", lambda route: held.append(route))
    chat.write("hello")
    expect(chat.find(".waiting")).to_contain_text("looking for an answer")
    chat.page.clock.run_for(4_000)
    expect(chat.find(".waiting")).to_contain_text("takes longer")
    chat.find(".help-button").click()
    expect(chat.find("#help a[href='tel:999']")).to_be_visible()
    held[0].fulfill(json={"messages": [{"type": "text", "text": "here"}]})
    expect(chat.find(".from-lantern p").last).to_have_text("here")
    chat.wait()


def test_offline_and_back(chat: ChatPage) -> None:
    chat.page.context.set_offline(True)
    chat.write("my words")
    expect(chat.find(".notice")).to_contain_text("You are not online")
    expect(chat.find(".notice")).to_contain_text("still in the box")
    expect(chat.find("#input")).to_have_value("my words")
    chat.page.context.set_offline(False)
    chat.answer_with({"type": "text", "text": "here"})
    chat.page.get_by_role("button", name="Try again").click()
    expect(chat.find(".from-lantern p").last).to_have_text("here")
    expect(chat.find("#input")).to_have_value("")


def test_two_tabs_are_two_chats(chat: ChatPage, chat_url: str) -> None:
    chat.answer_with({"type": "text", "text": "here"})
    chat.say("in the first tab")
    other = type(chat)(chat.page.context.new_page())
    other.page.goto(chat_url)
    other.open()
    expect(other.find(".from-you")).to_have_count(0)
    other.find(".exit").click()
    other.page.wait_for_url(other.exit_url)
    chat.say("still here")
    expect(chat.find(".from-you p")).to_have_text(["in the first tab", "still here"])
