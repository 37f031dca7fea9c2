"""Deleting the chat, with proof: the server is asked again, and what it says is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from .conftest import ChatPage


def ask_to_delete(chat: ChatPage) -> None:
    chat.find(".help-button").click()
    chat.page.get_by_role("button", name="Delete this chat").last.click()
    expect(chat.page.get_by_role("button", name="Delete it now")).to_be_visible()
    chat.wait()


def delete(chat: ChatPage) -> None:
    chat.page.get_by_role("button", name="Delete it now").click()


def test_server_says_that_it_is_gone(chat: ChatPage) -> None:
    ask_to_delete(chat)
    with chat.page.expect_response(lambda response: response.request.method == "DELETE") as asked:
        delete(chat)
    assert asked.value.status == 410
    expect(chat.find(".notice")).to_contain_text("It says: this chat is gone.")
    expect(chat.find(".from-you")).to_have_count(0)


def test_a_server_that_can_not_be_asked_again_is_not_made_to_say_so(chat: ChatPage) -> None:
    ask_to_delete(chat)
    chat.page.route("**/api/conversations/*", lambda route: route.abort())
    delete(chat)
    expect(chat.find(".notice")).to_contain_text("no clear answer")
    expect(chat.find(".notice")).not_to_contain_text("is gone")


def test_what_could_not_be_deleted_is_gone_from_the_screen_and_can_be_tried_again(chat: ChatPage) -> None:
    ask_to_delete(chat)
    chat.page.context.set_offline(True)
    delete(chat)
    expect(chat.find(".notice")).to_contain_text("it may still be there")
    expect(chat.find(".from-you")).to_have_count(0)
    chat.page.context.set_offline(False)
    chat.page.get_by_role("button", name="Try again").click()
    expect(chat.find(".notice").last).to_contain_text("It says: this chat is gone.")


def test_a_chat_that_has_ended_by_itself_counts_as_deleted(chat: ChatPage) -> None:
    ask_to_delete(chat)
    chat.answer_with(status=410, detail="This chat is over.")
    chat.page.route("**/api/conversations/*", lambda route: route.fulfill(status=410, json={}))
    delete(chat)
    expect(chat.find(".notice")).to_contain_text("It says: this chat is gone.")
