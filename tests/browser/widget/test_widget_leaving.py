"""Help at once, and a way out that leaves as little as it can."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from .conftest import ChatPage


def test_help_opens_with_no_network_and_gives_focus_back(chat: ChatPage) -> None:
    chat.find("#input").focus()
    chat.page.context.set_offline(True)
    chat.find(".help-button").focus()
    chat.page.keyboard.press("Enter")
    help_panel = chat.find("#help")
    for href in ("tel:999", "tel:08001111"):
        expect(help_panel.locator(f"a[href='{href}']")).to_be_visible()
    expect(chat.find(".exit")).to_be_visible()
    expect(help_panel).to_contain_text("browser history")
    chat.page.keyboard.press("Escape")
    expect(help_panel).to_be_hidden()
    assert chat.focused() == "help-button"
    expect(chat.find("dialog.panel")).to_be_visible()


def test_help_panel_can_ask_for_more_in_the_chat(chat: ChatPage) -> None:
    chat.find(".help-button").click()
    with chat.page.expect_request("**/messages") as sent:
        chat.page.get_by_role("button", name="More people who can help").last.click()
    assert sent.value.post_data_json == {"action": "request_help"}
    expect(chat.find("#help")).to_be_hidden()
    chat.wait()


@pytest.mark.parametrize("way", ["button", "button in help", "shift"])
def test_exit_forgets_everything_and_leaves(chat: ChatPage, chat_url: str, way: str) -> None:
    chat.say("a secret")
    chat.page.evaluate("sessionStorage.setItem('of-the-page', 'x')")
    if way == "button in help":
        chat.find(".help-button").click()
    with chat.page.expect_request(lambda request: request.method == "DELETE"):
        if way == "shift":
            for _ in range(3):
                chat.page.keyboard.press("Shift")
        else:
            chat.find(".exit").click()
    chat.page.wait_for_url(chat.exit_url)
    chat.page.go_back()
    assert not chat.page.url.startswith(chat_url)  # it was replaced


def test_exit_covers_the_page_at_once(chat: ChatPage) -> None:
    covered, messages_left = chat.find(".exit").evaluate(
        """(button) => {
            button.click();
            const box = document.querySelector("html > dialog").getBoundingClientRect();
            const onTop = document.elementFromPoint(innerWidth - 40, innerHeight - 40).localName;
            return [[box.left, box.top, box.right - innerWidth, box.bottom - innerHeight, onTop],
                    button.getRootNode().querySelectorAll(".message").length];
        }"""
    )
    assert covered == [0, 0, 0, 0, "dialog"]
    assert messages_left == 0


def test_capitals_do_not_leave(chat: ChatPage, chat_url: str) -> None:
    chat.find("#input").focus()
    for key in ("Shift+A", "Shift+B", "Shift+C", "Shift+D"):
        chat.page.keyboard.press(key)
    expect(chat.find("#input")).to_have_value("ABCD")
    assert chat.page.url.startswith(chat_url)


def test_nothing_is_stored_in_the_browser(chat: ChatPage) -> None:
    chat.say("what is consent?")
    assert chat.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert chat.page.context.cookies() == []
