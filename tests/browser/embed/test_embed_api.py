"""What a page may ask of the chat, and hear from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from .conftest import OpenPage, Places

ELEMENT = "document.querySelector('lantern-chat')"
HEAR = """() => {
    window.heard = [];
    for (const name of ["lantern-open", "lantern-close"]) {
        addEventListener(name, (event) => heard.push([event.type, event.target.localName, event.detail]));
    }
}"""


def test_page_opens_and_closes_it_and_hears_both_without_a_word(visit: OpenPage) -> None:
    someone = visit("own-button.html")
    someone.page.evaluate(HEAR)
    someone.page.get_by_role("button", name="Open the chat").click()
    someone.say("a secret")
    expect(someone.page.locator("#state")).to_have_text("open")
    someone.page.get_by_role("button", name="Close the chat", exact=True).first.click()
    expect(someone.find("dialog.panel")).to_be_hidden()
    expect(someone.page.locator("#state")).to_have_text("closed")
    expected = [["lantern-open", "lantern-chat", None], ["lantern-close", "lantern-chat", None]]
    assert someone.page.evaluate("window.heard") == expected
    someone.page.get_by_role("button", name="Open the chat").click()
    expect(someone.find(".from-you")).to_contain_text("a secret")


def test_page_lets_someone_leave(visit: OpenPage) -> None:
    someone = visit("own-button.html")
    someone.page.get_by_role("button", name="Open the chat").click()
    someone.say("a secret")
    with someone.page.expect_request(lambda request: request.method == "DELETE"):
        someone.page.get_by_role("button", name="Leave this page").click()
    someone.page.wait_for_url("https://www.bbc.co.uk/weather")


@pytest.mark.parametrize("width", [1000, 360])
def test_opening_twice_and_closing_twice_is_no_fault(visit: OpenPage, width: int) -> None:
    someone = visit("plain.html", width=width)
    expect(someone.find(".launcher")).to_be_visible()
    someone.page.evaluate(HEAR)
    someone.page.evaluate(f"Promise.all([{ELEMENT}.open(), {ELEMENT}.open()])")
    expect(someone.find("#input")).to_be_visible()
    someone.page.evaluate(f"Promise.all([{ELEMENT}.close(), {ELEMENT}.close()])")
    expect(someone.find(".launcher")).to_be_visible()
    assert [name for name, *_ in someone.page.evaluate("window.heard")] == ["lantern-open", "lantern-close"]
    assert someone.complaints == []


def test_page_may_open_it_before_it_has_loaded(visit: OpenPage) -> None:
    someone = visit("plain.html")
    someone.page.evaluate(f"customElements.whenDefined('lantern-chat').then(() => {ELEMENT}.open())")
    expect(someone.find("#input")).to_be_visible()


def test_page_may_let_someone_leave_before_the_words_have_come(visit: OpenPage, places: Places) -> None:
    places.pages.texts["/empty.html"] = "<!doctype html><title>Empty</title><h1>Empty</h1>"
    someone = visit("empty.html")
    someone.page.route("**/start.json*", lambda route: None)  # never answered
    someone.page.add_script_tag(url=f"{places.chat}/widget/widget.js")
    someone.page.evaluate(f"customElements.whenDefined('lantern-chat').then(() => {ELEMENT}.exit())")
    someone.page.wait_for_url("https://www.bbc.co.uk/weather")
