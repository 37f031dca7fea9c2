"""Larger text, colours and simpler words: one tap away, kept in memory only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, expect

if TYPE_CHECKING:
    from .conftest import ChatPage, OpenPage

BLACK, WHITE = "rgb(0, 0, 0)", "rgb(255, 255, 255)"


def style(element: Locator, name: str) -> str:
    return str(element.evaluate("(element, name) => getComputedStyle(element)[name]", name))


def choose(chat: ChatPage, name: str, role: str = "radio") -> None:
    """Open the settings, choose, and go back to the chat."""
    chat.find(".settings-button").click()
    chat.page.get_by_role(role, name=name, exact=True).check()  # type: ignore[arg-type]
    chat.page.get_by_role("button", name="Back to the chat").click()


def test_larger_text_grows_in_three_steps(chat: ChatPage) -> None:
    sizes = []
    for name in ("Usual", "Larger", "Largest"):
        choose(chat, name)
        sizes.append(float(style(chat.find(".bubble").first, "fontSize").removesuffix("px")))
    assert sizes == [16, 20, 24]


@pytest.mark.parametrize(("name", "ground"), [("Light", "rgb(246, 244, 239)"), ("High contrast", BLACK)])
def test_chosen_colours_win_over_the_device(open_page: OpenPage, name: str, ground: str) -> None:
    chat = open_page(color_scheme="dark").open()
    assert style(chat.find(".panel"), "backgroundColor") == "rgb(16, 25, 30)"
    choose(chat, name)
    assert style(chat.find(".panel"), "backgroundColor") == ground
    choose(chat, "Same as this device")
    assert style(chat.find(".panel"), "backgroundColor") == "rgb(16, 25, 30)"


def test_a_device_that_asks_for_more_contrast_gets_it(open_page: OpenPage) -> None:
    chat = open_page(contrast="more").open()
    assert style(chat.find(".panel"), "backgroundColor") == BLACK
    assert style(chat.find(".bubble").first, "color") == WHITE


def test_colours_of_a_site_hold_in_the_light_theme_only(open_page: OpenPage) -> None:
    chat = open_page(site={"colours": {"deep": "#401040"}}).open()
    assert style(chat.find(".bar"), "backgroundColor") == "rgb(64, 16, 64)"
    choose(chat, "High contrast")
    assert style(chat.find(".bar"), "backgroundColor") == BLACK


def test_simpler_words_are_one_switch_that_can_be_turned_back(chat: ChatPage) -> None:
    sent = []
    chat.page.on("request", lambda request: sent.append(request.post_data_json) if request.post_data else None)
    choose(chat, "Use simpler words", "checkbox")
    chat.wait()
    chat.find(".settings-button").click()
    switch = chat.page.get_by_role("checkbox", name="Use simpler words")
    expect(switch).to_be_checked()
    switch.uncheck()
    chat.wait()
    assert sent == [{"action": "change_reading_level:easy_read"}, {"action": "change_reading_level:standard"}]
    expect(chat.find(".from-lantern").last).to_contain_text("changed the words")


def test_switch_says_so_when_the_chat_itself_was_asked_for_simpler_words(chat: ChatPage) -> None:
    chat.say("can you use simpler words please")
    chat.find(".settings-button").click()
    expect(chat.page.get_by_role("checkbox", name="Use simpler words")).to_be_checked()


def test_settings_with_the_keyboard_alone(chat: ChatPage) -> None:
    chat.find(".settings-button").focus()
    chat.page.keyboard.press("Enter")
    expect(chat.page.get_by_role("dialog", name="Settings")).to_be_visible()
    expect(chat.find(".settings-button")).to_have_attribute("aria-expanded", "true")
    chat.page.keyboard.press("Tab")
    chat.page.keyboard.press("ArrowDown")
    expect(chat.page.get_by_role("radio", name="Larger", exact=True)).to_be_checked()
    chat.page.keyboard.press("Escape")
    expect(chat.find("#settings")).to_be_hidden()
    assert chat.focused() == "quiet settings-button"


def test_only_one_sheet_is_open_and_help_stays_one_tap_away(chat: ChatPage) -> None:
    chat.find(".settings-button").click()
    chat.find(".help-button").click()
    expect(chat.find("#settings")).to_be_hidden()
    expect(chat.find("#help")).to_be_visible()
    chat.page.keyboard.press("Escape")
    expect(chat.find("#help")).to_be_hidden()
    assert chat.focused() == "help-button"


def test_settings_change_language_where_they_are(chat: ChatPage) -> None:
    chat.find(".settings-button").click()
    chat.page.get_by_role("radio", name="Dark").check()
    chat.find("#settings").evaluate("(sheet) => { sheet.scrollTop = 60; }")
    chat.find(".language").click()
    expect(chat.page.get_by_role("dialog", name="Gosodiadau")).to_be_visible()
    expect(chat.page.get_by_role("radio", name="Tywyll")).to_be_checked()
    assert chat.find("#settings").evaluate("(sheet) => sheet.scrollTop") == 60


def test_settings_are_gone_with_the_page(chat: ChatPage) -> None:
    choose(chat, "Largest")
    chat.page.reload()
    chat.open()
    assert style(chat.find(".bubble").first, "fontSize") == "16px"
    assert chat.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
