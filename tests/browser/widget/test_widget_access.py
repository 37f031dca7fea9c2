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


SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-block-end: 2em !important; }"""


CUT_OFF = """() => [...document.querySelector("lantern-chat").shadowRoot.querySelectorAll("button, p, a, h3, label")]
    .filter((element) => !element.closest(".unseen") && element.checkVisibility())
    .filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5
        || element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== "inline")
    .map((element) => element.outerHTML.slice(0, 80))"""


def test_wider_spacing_of_the_words_loses_nothing(open_page: OpenPage, childline: dict[str, Any]) -> None:
    chat = open_page("?language=cy", width=320, height=640).open()
    chat.find(".lantern").evaluate(
        """(root, css) => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(css);
            root.getRootNode().adoptedStyleSheets = [sheet];
        }""",
        SPACED,
    )
    chat.answer_with({"type": "helplines", "text": "Words", "helplines": [childline]})
    chat.say("help")
    for view in ("conversation", "help", "settings"):
        if view != "conversation":
            chat.find(f".{view}-button").click()
        cut_off = chat.page.evaluate(CUT_OFF)
        assert cut_off == [], view
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


def test_focus_is_never_under_the_header(open_page: OpenPage) -> None:
    chat = open_page(width=320, height=256).open()
    buttons = ([{"label": f"{number}", "action": f"{number}.x"}] for number in range(9))
    chat.answer_with(*({"type": "text", "text": "x", "buttons": one} for one in buttons))
    chat.say("hello")
    header = chat.find(".bar").bounding_box()
    assert header
    chat.find("#input").focus()
    for _ in range(9):
        chat.page.keyboard.press("Shift+Tab")
        focused = chat.page.evaluate_handle("document.querySelector('lantern-chat').shadowRoot.activeElement")
        box = focused.as_element().bounding_box()
        if chat.focused() == "choice":
            assert box
            assert box["y"] >= header["y"] + header["height"] - 1
