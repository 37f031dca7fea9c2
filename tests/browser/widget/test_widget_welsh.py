"""Welsh: every word of the panel, with the conversation kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from .conftest import ChatPage, OpenPage


def test_switch_to_welsh_keeps_the_conversation(chat: ChatPage) -> None:
    chat.say("what is consent?")
    with chat.page.expect_request("**/messages") as sent:
        chat.find(".language").click()
    assert sent.value.post_data_json == {"action": "speak_welsh"}
    chat.wait()
    expect(chat.find(".lantern")).to_have_attribute("lang", "cy")
    expect(chat.page.get_by_role("textbox", name="Ysgrifenna neges")).to_be_visible()
    expect(chat.find(".from-you p").first).to_have_text("what is consent?")
    expect(chat.find(".message").first).to_have_attribute("lang", "en")
    expect(chat.find(".message").last).to_have_attribute("lang", "cy")
    chat.find(".language").click()
    expect(chat.find(".lantern")).to_have_attribute("lang", "en")


def test_welsh_page_starts_in_welsh(open_page: OpenPage) -> None:
    chat = open_page("?language=cy")
    expect(chat.find("h1:visible")).to_have_text("Lles")
    expect(chat.find(".launcher")).to_have_text("Sgwrsia â Lantern")
    with chat.page.expect_request("**/api/conversations") as started:
        chat.open()
    assert started.value.post_data_json["language"] == "cy"
    expect(chat.find(".message").first).to_have_attribute("lang", "cy")


def test_welsh_button_in_the_chat_changes_the_whole_panel(chat: ChatPage) -> None:
    offer = {"type": "text", "text": "?", "buttons": [{"label": "Cymraeg plis", "action": "speak_welsh.mac"}]}
    chat.answer_with(offer)
    chat.say("in Welsh please")
    chat.let_server_answer()
    with chat.page.expect_request("**/messages") as sent:
        chat.page.get_by_role("button", name="Cymraeg plis").click()
    assert sent.value.post_data_json == {"action": "speak_welsh"}
    chat.wait()
    expect(chat.find(".send")).to_have_text("Anfon")
