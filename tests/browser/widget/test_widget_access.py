"""Keyboard alone, narrow and zoomed screens, targets large enough."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from .conftest import ChatPage, OpenPage


def test_keyboard_alone_is_enough(open_page: OpenPage) -> None:
    chat = open_page()
    for _ in range(20):
        chat.page.keyboard.press("Tab")
        if chat.focused() == "launcher":
            break
    chat.page.keyboard.press("Enter")
    chat.wait()
    assert chat.focused() == "input"
    chat.page.keyboard.type("what is consent?")
    chat.page.keyboard.press("Enter")
    chat.wait()
    expect(chat.find(".from-you")).to_have_count(1)
    reached = set()
    for _ in range(40):
        chat.page.keyboard.press("Shift+Tab")
        reached.add(chat.focused())
        if chat.focused() == "quiet language":
            break
    assert {"choice", "log", "quiet close", "exit", "help-button", "quiet language"} <= {
        re.sub(r"\s+", " ", name) for name in reached
    }
    chat.page.keyboard.press("Escape")
    expect(chat.find(".panel")).to_be_hidden()
    expect(chat.find(".launcher")).to_be_focused()


@pytest.mark.parametrize(("width", "height"), [(320, 640), (320, 256)])
@pytest.mark.parametrize("query", ["?language=en", "?language=cy"])
def test_narrow_screen_never_scrolls_sideways(
    open_page: OpenPage, childline: dict[str, Any], query: str, width: int, height: int
) -> None:
    chat = open_page(query, width=width, height=height).open()
    chat.answer_with({"type": "helplines", "text": "x" * 200, "helplines": [childline]})
    chat.say("help")
    panel = chat.find(".panel").bounding_box()
    assert panel == {"x": 0, "y": 0, "width": width, "height": height}
    for view in ("chat", "help"):
        if view == "help":
            chat.find(".help-button").click()
        sticks_out = chat.page.evaluate(
            """() => [...document.querySelector("lantern-chat").shadowRoot.querySelectorAll("*")]
                .filter((element) => !element.closest(".unseen"))
                .filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5)
                .map((element) => element.outerHTML.slice(0, 80))"""
        )
        assert sticks_out == []
        assert chat.page.evaluate("document.documentElement.scrollWidth") <= width
        expect(chat.find(".exit")).to_be_in_viewport(ratio=1)


def test_every_target_is_large_enough(chat: ChatPage, childline: dict[str, Any]) -> None:
    chat.answer_with({"type": "helplines", "helplines": [childline]})
    chat.say("help")
    small = chat.page.evaluate(
        """() => [...document.querySelector("lantern-chat").shadowRoot
            .querySelectorAll("button, a.route, summary, textarea")]
            .map((element) => [element.textContent, element.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.width < 24 || box.height < 24)).map(([text]) => text)"""
    )
    assert small == []
