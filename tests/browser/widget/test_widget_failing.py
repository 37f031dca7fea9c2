"""When a server or the network fails: who can help is shown, and nothing typed is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import Browser, expect

if TYPE_CHECKING:
    from .conftest import ChatPage


def test_problem_is_shown_with_help_and_typed_words_are_kept(chat: ChatPage, childline: dict[str, Any]) -> None:
    chat.answer_with({"type": "helplines", "helplines": [childline]}, status=503, detail="Not working just now.")
    chat.write("my words")
    expect(chat.find(".notice")).to_contain_text("Not working just now.")
    expect(chat.find(".helpline h3").last).to_have_text("Childline")
    expect(chat.find("#input")).to_have_value("my words")
    chat.let_server_answer()
    chat.page.get_by_role("button", name="Try again").click()
    chat.wait()
    expect(chat.find(".from-you p")).to_have_text(["my words"])
    expect(chat.page.get_by_role("button", name="Try again")).to_have_count(0)


def test_no_network_shows_who_can_help(chat: ChatPage) -> None:
    chat.page.context.set_offline(True)
    chat.write("my words")
    expect(chat.find(".notice")).to_be_visible()
    expect(chat.find(".log a[href='tel:08001111']")).to_be_visible()
    expect(chat.find("#input")).to_have_value("my words")
    chat.page.context.set_offline(False)
    chat.say("my words")
    expect(chat.find(".from-you")).to_have_count(1)


def test_conversation_that_is_over_is_followed_by_a_new_one(chat: ChatPage) -> None:
    chat.answer_with(status=410, detail="This chat is over.")
    chat.write("still there?")
    expect(chat.find(".notice")).to_contain_text("This chat is over.")
    chat.let_server_answer()
    with chat.page.expect_request("**/api/conversations"):
        chat.say("still there?")
    expect(chat.find(".from-you")).to_have_count(1)


def test_numbers_show_when_the_chat_can_not_start(browser: Browser, chat_url: str) -> None:
    context = browser.new_context()
    context.route("**/widget/start.json*", lambda route: route.abort())
    page = context.new_page()
    page.goto(chat_url)
    numbers = page.locator("lantern-chat a")
    expect(numbers.first).to_be_visible()
    assert [link.get_attribute("href") for link in numbers.all()] == ["tel:999", "tel:08001111"]
    context.close()
