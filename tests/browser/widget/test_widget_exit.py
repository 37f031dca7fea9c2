"""Exit from every state, by a tap or by Shift: gone from the screen, the browser, the history and the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from .conftest import ChatPage, OpenPage

STATES = ("help", "settings", "waiting", "error", "offline", "story", "narrow")
STEP = {"label": "Tell her brother", "action": "show_activities:story/gaming_friend/brother.x"}
GONE = 410


def reach(chat: ChatPage, state: str) -> None:
    if state in ("help", "settings"):
        chat.find(f".{state}-button").click()
    elif state == "waiting":
        chat.page.route("**/messages", lambda route: None)
        chat.write("a secret")
    elif state == "error":
        chat.answer_with(status=503, detail="Not now.")
        chat.say("a secret")
    elif state == "offline":
        chat.page.context.set_offline(True)
        chat.write("a secret")
        expect(chat.find(".notice")).to_contain_text("not online")
    elif state == "story":
        chat.answer_with({"type": "text", "text": "What could Priya do?", "buttons": [STEP]})
        chat.say("a story")


@pytest.mark.parametrize("state", STATES)
def test_exit_by_a_tap_and_by_shift_leaves_nothing(open_page: OpenPage, chat_url: str, state: str) -> None:
    chat = open_page(width=400 if state == "narrow" else 1100)
    for leave in (chat.find(".exit").click, lambda: [chat.page.keyboard.press("Shift") for _ in range(3)]):
        token = chat.open_as_new()
        expect(chat.find(".from-you")).to_have_count(0)
        reach(chat, state)
        leave()
        chat.page.wait_for_url(chat.exit_url)
        chat.page.unroute_all()
        chat.page.context.set_offline(False)
        chat.page.go_back()
        assert not chat.page.url.startswith(chat_url)
        if state != "offline":  # then it can not be told, and forgets by itself
            assert chat.page.request.delete(f"{chat_url}/api/conversations/{token}").status == GONE
        chat.page.goto(chat_url)
        assert chat.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_leaving_the_page_ends_the_conversation_too(open_page: OpenPage, chat_url: str) -> None:
    chat = open_page()
    token = chat.open_as_new()
    chat.page.goto("about:blank")
    chat.page.wait_for_timeout(300)  # milliseconds; the request outlives its page
    assert chat.page.request.delete(f"{chat_url}/api/conversations/{token}").status == GONE


def test_back_from_the_browsers_memory_shows_nothing(chat: ChatPage) -> None:
    chat.answer_with({"type": "text", "text": "an answer"})
    chat.say("a secret")
    chat.find("#input").fill("half a sentence")
    chat.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    assert chat.find(".message").count() == 0
    expect(chat.find("#input")).to_have_value("")
    expect(chat.find(".panel")).to_be_hidden()
    chat.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(chat.find(".panel")).to_be_hidden()
    expect(chat.open().find(".from-you")).to_have_count(0)


def test_what_exit_can_not_hide_is_said(chat: ChatPage) -> None:
    chat.find(".help-button").click()
    for trace in ("browser history", "phone bill", "school"):
        expect(chat.find("#help .points")).to_contain_text(trace)
