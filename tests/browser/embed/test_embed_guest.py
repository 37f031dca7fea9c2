"""The chat is a guest: it changes nothing on the page, the page changes nothing in it, and it goes without a trace."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import CDPSession, expect

if TYPE_CHECKING:
    from .conftest import OpenPage, Places, Visit

BARE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Bare</title><h1>Bare</h1><p>Words</p>'
ADD_SCRIPT = """(src) => {
    const script = Object.assign(document.createElement("script"), { src, async: true });
    script.dataset.site = "examples";
    document.head.append(script);
}"""
# Every computed style of every element of the page, or of the chat; what a mouse or the clock changes is left out.
STYLES = """(isInside) => {
    const chat = document.querySelector("lantern-chat");
    const elements = (isInside ? chat.shadowRoot : document).querySelectorAll("*");
    return [...elements]
        .filter((element) => !element.closest("lantern-chat") && !element.matches("script, link, head *"))
        .map((element) => {
            const style = getComputedStyle(element), shown = {};
            for (const name of style) if (!name.startsWith("--")) shown[name] = style.getPropertyValue(name);
            return [element.localName + "." + element.className, shown];
        });
}"""
COUNT_TIMERS = """(() => {
    const running = window.runningTimers = new Set();
    for (const [start, stop] of [["setTimeout", "clearTimeout"], ["setInterval", "clearInterval"]]) {
        const [begin, end] = [window[start], window[stop]];
        window[start] = (task, wait, ...rest) => {
            const id = begin(() => { if (start === "setTimeout") running.delete(id); task(...rest); }, wait);
            running.add(id);
            return id;
        };
        window[stop] = (id) => { running.delete(id); end(id); };
    }
})()"""
LISTENED_TO = ("window", "document", "document.documentElement", "document.head", "document.body",
               "visualViewport", "matchMedia('(prefers-color-scheme: dark)')")  # fmt: skip


@pytest.fixture
def bare(visit: OpenPage, places: Places) -> Visit:
    """A page without the chat."""
    places.pages.texts["/bare.html"] = BARE
    return visit("bare.html")


@pytest.fixture
def add_chat(places: Places) -> Callable[[Visit], None]:
    def add(someone: Visit) -> None:
        someone.page.evaluate(ADD_SCRIPT, f"{places.chat}/widget/widget.js")
        expect(someone.find(".launcher")).to_be_visible()

    return add


def count_listeners(cdp: CDPSession) -> dict[str, int]:
    counts = {}
    for what in LISTENED_TO:
        found = cdp.send("Runtime.evaluate", {"expression": what})["result"]["objectId"]
        counts[what] = len(cdp.send("DOMDebugger.getEventListeners", {"objectId": found})["listeners"])
    return counts


def differences(one: list[Any], other: list[Any]) -> list[str]:
    assert [name for name, _ in one] == [name for name, _ in other]
    return [
        f"{element} {name}: {value} / {theirs[name]}"
        for (element, ours), (_, theirs) in zip(one, other, strict=True)
        for name, value in ours.items()
        if value != theirs[name]
    ]


def test_it_adds_nothing_global(bare: Visit, add_chat: Callable[[Visit], None]) -> None:
    before = bare.page.evaluate("Object.getOwnPropertyNames(window)")
    add_chat(bare)
    bare.open()
    bare.say("hello")
    added = set(bare.page.evaluate("Object.getOwnPropertyNames(window)")) - set(before)
    assert added == set()
    assert bare.page.evaluate("Boolean(customElements.get('lantern-chat'))")


def test_it_changes_no_style_of_the_page(bare: Visit, add_chat: Callable[[Visit], None]) -> None:
    before = bare.page.evaluate(STYLES, False)
    add_chat(bare)
    bare.open()
    assert differences(before, bare.page.evaluate(STYLES, False)) == []


@pytest.mark.parametrize("width", [1000, 360])
def test_the_page_changes_no_style_in_it(visit: OpenPage, width: int) -> None:
    styles = []
    for name in ("plain.html", "wordpress-like.html"):
        someone = visit(name, width=width)
        someone.open()
        expect(someone.find(".waiting")).to_be_empty()
        someone.find(".bar h2").focus()
        styles.append(someone.page.evaluate(STYLES, True))
    assert differences(*styles) == []


def test_a_page_that_isolates_itself_may_hold_it(visit: OpenPage, places: Places) -> None:
    places.pages.headers["Cross-Origin-Embedder-Policy"] = "require-corp"
    try:
        someone = visit("plain.html")
    finally:
        del places.pages.headers["Cross-Origin-Embedder-Policy"]
    someone.open()
    someone.say("hello")
    assert someone.find(".lantern").evaluate("(root) => getComputedStyle(root).position") == "fixed"
    assert someone.complaints == []


def test_the_launcher_stands_above_what_the_page_puts_on_top(visit: OpenPage) -> None:
    someone = visit("wordpress-like.html")
    someone.page.evaluate("document.querySelector('#wpadminbar').style.setProperty('height', '100vh', 'important')")
    someone.open()
    someone.say("hello")


def test_exit_covers_a_page_with_a_loud_theme(visit: OpenPage) -> None:
    someone = visit("wordpress-like.html")
    someone.open()
    covered = someone.find(".exit").evaluate(
        """(button) => {
            button.click();
            const cover = document.querySelector("html > dialog"), box = cover.getBoundingClientRect();
            const { visibility, opacity, backgroundColor } = getComputedStyle(cover);
            return [box.left, box.top, box.width - innerWidth, box.height - innerHeight,
                    visibility, opacity, backgroundColor, document.elementFromPoint(20, 20).localName];
        }"""
    )
    assert covered == [0, 0, 0, 0, "visible", "1", "rgb(255, 255, 255)", "dialog"]


def test_removed_it_leaves_nothing_and_put_back_it_begins_anew(bare: Visit, add_chat: Callable[[Visit], None]) -> None:
    page = bare.page
    page.add_init_script(COUNT_TIMERS)
    page.reload()
    cdp = page.context.new_cdp_session(page)
    before, html = count_listeners(cdp), page.content()
    add_chat(bare)
    bare.open()
    bare.say("hello")
    # Something is heard while it is there, or this test would see nothing.
    assert sum(count_listeners(cdp).values()) > sum(before.values())
    page.evaluate("window.kept = document.querySelector('lantern-chat'); kept.remove()")
    page.evaluate("document.head.querySelector('script').remove()")
    page.wait_for_timeout(100)
    assert count_listeners(cdp) == before
    assert page.content() == html
    assert page.evaluate("[runningTimers.size, kept.shadowRoot.childElementCount]") == [0, 0]

    page.evaluate("document.body.append(kept)")
    bare.open()
    bare.say("again")
    expect(bare.find(".from-you")).to_have_count(1)


def test_removed_it_ends_the_conversation(visit: OpenPage) -> None:
    someone = visit("plain.html")
    someone.open()
    with someone.page.expect_request(lambda request: request.method == "DELETE"):
        someone.page.evaluate("document.querySelector('lantern-chat').remove()")


def test_moved_it_keeps_the_conversation(visit: OpenPage) -> None:
    someone = visit("plain.html")
    someone.open()
    someone.say("hello")
    someone.page.evaluate("document.body.prepend(document.querySelector('lantern-chat'))")
    someone.page.wait_for_timeout(100)
    expect(someone.find(".from-you")).to_contain_text("hello")
    expect(someone.find("#input")).to_be_visible()


def test_an_app_of_one_page_keeps_it_from_page_to_page(visit: OpenPage) -> None:
    someone = visit("single-page-app.html")
    someone.open()
    someone.say("hello")
    someone.page.get_by_role("button", name="Lessons").click()
    expect(someone.page.get_by_role("heading", name="Lessons")).to_be_visible()
    someone.page.go_back()
    expect(someone.find(".from-you")).to_contain_text("hello")


def test_an_app_that_changes_all_of_the_body_gets_a_new_one(visit: OpenPage, places: Places) -> None:
    someone = visit("single-page-app.html")
    someone.open()
    someone.say("hello")
    someone.page.evaluate(
        """(src) => {
            const script = Object.assign(document.createElement("script"), { src });
            script.dataset.site = "examples";
            document.body.replaceChildren(script);
        }""",
        f"{places.chat}/widget/widget.js",
    )
    someone.open()
    expect(someone.find(".from-you")).to_have_count(0)
    expect(someone.page.locator("lantern-chat")).to_have_count(1)


def test_it_puts_nothing_into_the_browsers_stores(visit: OpenPage) -> None:
    someone = visit("plain.html")
    someone.open()
    someone.say("hello")
    assert someone.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert someone.page.context.cookies() == []
