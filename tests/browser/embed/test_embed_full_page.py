"""/chat: a page of its own, in a frame, without JavaScript, and for a site that has no chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

if TYPE_CHECKING:
    from .conftest import OpenPage, Places

FRAME = """<!doctype html><html lang="en"><meta charset="utf-8"><title>A portal</title><h1>A portal</h1>
<iframe src="{src}" title="Chat" style="width: 500px; height: 600px" {more}></iframe>"""


@pytest.mark.parametrize(("width", "height"), [(1200, 800), (320, 568), (640, 320)])
def test_it_fills_the_screen(visit: OpenPage, places: Places, width: int, height: int) -> None:
    someone = visit(f"{places.chat}/chat?site=examples", width=width, height=height)
    someone.say("hello")
    box = someone.find("dialog.panel").bounding_box()
    assert box == {"x": 0, "y": 0, "width": width, "height": height}
    for gone in (".launcher", ".close"):
        expect(someone.find(gone)).to_be_hidden()
    for name in (".help-button", ".exit"):
        expect(someone.find(name)).to_be_in_viewport()
    assert someone.complaints == []


@pytest.mark.parametrize("key", ["Escape", "Escape Escape Escape"])
def test_it_can_not_be_closed(visit: OpenPage, places: Places, key: str) -> None:
    someone = visit(f"{places.chat}/chat", width=360)
    someone.say("hello")
    for each in key.split():
        someone.page.keyboard.press(each)
    someone.page.evaluate("document.querySelector('lantern-chat').close()")
    expect(someone.find("#input")).to_be_visible()


@pytest.mark.parametrize(
    ("query", "language"), [("?site=examples", "en"), ("?site=gwynedd", "cy"), ("?site=gwynedd&language=en", "en")]
)
def test_it_speaks_the_language_of_the_address_or_else_of_the_site(
    visit: OpenPage, places: Places, query: str, language: str
) -> None:
    someone = visit(f"{places.chat}/chat{query}")
    assert someone.page.evaluate("document.documentElement.lang") == language
    expect(someone.find(".lantern")).to_have_attribute("lang", language)
    expect(someone.find(".exit")).to_have_text({"en": "Exit", "cy": "Gadael"}[language])


@pytest.mark.parametrize("query", ["?site=examples", "?site=shut", "?site=nobody"])
@pytest.mark.parametrize("is_scripted", [False, True])
def test_who_can_help_is_there_without_javascript(
    visit: OpenPage, places: Places, query: str, is_scripted: bool
) -> None:
    if is_scripted and query == "?site=examples":
        return  # there the chat itself is shown
    someone = visit(f"{places.chat}/chat{query}", java_script_enabled=is_scripted, width=320)
    for href in ("tel:999", "tel:08001111", "sms:85258"):
        expect(someone.page.locator(f"a[href='{href}']")).to_be_visible()
    assert someone.page.locator("h1").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_lines_alone_are_a_page_for_everyone(visit: OpenPage, places: Places, scheme: str) -> None:
    someone = visit(f"{places.chat}/chat?site=shut&language=cy", width=320, color_scheme=scheme, bypass_csp=True)
    assert Axe().run(someone.page).response["violations"] == []
    assert someone.page.evaluate("document.documentElement.scrollWidth") == 320
    someone.page.get_by_role("link", name="English").click()
    expect(someone.page.locator("h1")).to_have_text("There is no chat here just now")


def test_who_can_help_comes_when_the_chat_does_not(visit: OpenPage, places: Places) -> None:
    someone = visit("plain.html")
    someone.page.route("**/chat.js*", lambda route: route.abort())
    someone.page.goto(f"{places.chat}/chat?site=examples")
    expect(someone.page.get_by_role("link", name="Call 0800 1111")).to_be_visible()


def test_another_page_may_not_frame_the_chat(visit: OpenPage, places: Places) -> None:
    someone = visit(f"{places.elsewhere.url}/iframe.html", frame="iframe")
    someone.page.wait_for_timeout(300)
    expect(someone.find("#input")).to_have_count(0)
    assert any("frame-ancestors" in complaint for complaint in someone.complaints)


def test_a_site_that_was_closed_is_kind_in_a_frame_too(visit: OpenPage, places: Places) -> None:
    places.pages.texts["/shut.html"] = FRAME.format(src=f"{places.chat}/chat?site=shut", more="sandbox")
    someone = visit("shut.html", frame="iframe")
    expect(someone.inside.get_by_role("link", name="Call 0800 1111")).to_be_visible()


def test_exit_takes_the_page_around_the_frame_along(visit: OpenPage, places: Places) -> None:
    someone = visit("iframe.html", frame="iframe")
    someone.say("a secret")
    with someone.page.expect_request(lambda request: request.method == "DELETE"):
        someone.find(".exit").click()
    someone.page.wait_for_url("https://www.bbc.co.uk/weather")
    someone.page.go_back()
    assert not someone.page.url.startswith(places.pages.url)  # it was replaced


def test_exit_blanks_a_frame_that_may_not_leave(visit: OpenPage, places: Places) -> None:
    someone = visit("hwb-like.html", frame="iframe")
    someone.say("a secret")
    before = len(places.deleted)
    someone.find(".exit").click()
    expect(someone.inside.locator("lantern-chat")).to_have_count(0)
    assert someone.page.url.startswith(places.pages.url)
    assert {frame.url for frame in someone.page.frames[1:]} == {"about:blank"}
    someone.page.wait_for_timeout(100)
    assert len(places.deleted) == before + 1


def test_what_is_written_can_be_sent_where_forms_are_forbidden(visit: OpenPage) -> None:
    """A sandbox without allow-forms swallows a form's submit event."""
    someone = visit("hwb-like.html", frame="iframe")
    someone.page.route("**/messages", lambda route: route.abort())
    someone.find("#input").fill("hello")
    someone.find(".send").click()
    retry = someone.find(".log button").last
    expect(retry).to_be_visible()
    someone.page.unroute("**/messages")
    retry.click()
    expect(someone.find(".from-you")).to_contain_text("hello")
    expect(someone.find("#input")).to_have_value("")


def test_a_frame_without_an_origin_shows_who_can_help(visit: OpenPage, places: Places) -> None:
    """sandbox="allow-scripts" alone takes the frame's origin away, and with it the right to chat."""
    source = f"{places.chat}/chat?site=examples"
    places.pages.texts["/no-origin.html"] = FRAME.format(src=source, more='sandbox="allow-scripts"')
    someone = visit("no-origin.html", frame="iframe")
    expect(someone.find(".log a[href='tel:08001111']")).to_be_visible()
