"""How messages are shown: as text, never as HTML; helplines that can be called at one tap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

if TYPE_CHECKING:
    from .conftest import ChatPage


def test_text_is_never_read_as_html(chat: ChatPage) -> None:
    text = "**bold** *soft* <img src=x onerror=alert(1)> [a](https://example.org/) [b](javascript:alert(1))"
    chat.answer_with({"type": "text", "text": text})
    chat.say("<b>me</b>")
    bubble = chat.find(".from-lantern").last
    expect(bubble.locator("strong")).to_have_text("bold")
    expect(bubble.locator("em")).to_have_text("soft")
    expect(bubble.locator("img")).to_have_count(0)
    expect(bubble.locator("a")).to_have_count(1)
    expect(bubble.locator("a")).to_have_attribute("rel", "noopener noreferrer")
    expect(bubble).to_contain_text("[b](javascript:alert(1))")
    expect(chat.find(".from-you p")).to_have_text("<b>me</b>")


def test_helpline_can_be_called_texted_and_read_about(chat: ChatPage, childline: dict[str, Any]) -> None:
    chat.answer_with({"type": "helplines", "text": "These people", "helplines": [childline]})
    chat.say("help")
    card = chat.find(".helpline").last
    expect(card.get_by_role("link", name="Call 0800 1111")).to_have_attribute("href", "tel:08001111")
    expect(card.get_by_role("link", name="SHOUT")).to_have_attribute("href", "sms:85258?&body=SHOUT")
    site = card.get_by_role("link", name="childline.org.uk")
    expect(site).to_have_attribute("target", "_blank")
    expect(site).to_have_attribute("rel", "noopener noreferrer")
    expect(card.get_by_role("link")).to_have_count(3)
    expect(card.locator(".open")).to_be_visible()
    expect(card.locator(".unchecked")).to_be_visible()
    expect(card.get_by_text("More private than a teacher")).to_be_hidden()
    card.locator("summary").click()
    expect(card.get_by_text("More private than a teacher")).to_be_visible()


def test_unknown_kind_of_message_still_shows_its_text(chat: ChatPage) -> None:
    chat.answer_with({"type": "later", "title": "New", "text": "still here"})
    chat.write("hello")
    expect(chat.find(".from-lantern").last).to_contain_text("still here")


def test_a_message_for_an_adult_can_be_copied(chat: ChatPage) -> None:
    chat.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chat.answer_with({"type": "card", "title": "Your message", "text": "Hello. Can we talk?", "copy": True})
    chat.say("help me write")
    card = chat.find(".card").last
    card.get_by_role("button", name="Copy").click()
    expect(card.get_by_role("status")).to_contain_text("Copied")
    assert chat.page.evaluate("navigator.clipboard.readText()") == "Hello. Can we talk?"


def test_where_the_browser_does_not_copy_the_text_is_marked(chat: ChatPage) -> None:
    chat.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    chat.answer_with({"type": "card", "title": "Your message", "text": "Hello. Can we talk?", "copy": True})
    chat.say("help me write")
    card = chat.find(".card").last
    card.get_by_role("button", name="Copy").click()
    expect(card.get_by_role("status")).to_contain_text("marked")
    assert "Can we talk?" in chat.page.evaluate("getSelection().toString()")


def test_a_card_without_copy_has_no_button(chat: ChatPage) -> None:
    chat.answer_with({"type": "card", "title": "A card", "text": "Words"})
    chat.say("a card")
    expect(chat.find(".card").last.get_by_role("button")).to_have_count(0)
