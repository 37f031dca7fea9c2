"""What keeps people from using a page: found in its HTML, by axe, on a narrow screen, and with the Tab key."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.admin.browsing import Page as Read
from tests.admin.browsing import check_page

WIDE, NARROW = {"width": 1200, "height": 900}, {"width": 320, "height": 640}
MOST_TABS = 2_000  # no page has as many stops
AXE = Axe()

# The elements that stick out to the right, or whose words do, without a box that scrolls by itself and what is in it.
TOO_WIDE = """(width) => {
    if (document.documentElement.scrollWidth <= width) return [];
    const scrolls = (element) => element && element !== document.body &&
        (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
    return [...document.body.querySelectorAll("*")]
        .filter((element) => !scrolls(element) && (element.getBoundingClientRect().right > width + 1 ||
            element.getBoundingClientRect().left + element.scrollWidth > width + 1))
        .slice(-3).map((element) => element.outerHTML.slice(0, 120)).concat(["the page"]);
}"""

# Where the focus is, and whether it can be seen there. A frame has a focus of its own inside, and so has the button in
# a field for a day or a time, round which the browser draws the line itself.
FOCUSED = """() => {
    let focused = document.activeElement;
    const isInMain = document.querySelector("main")?.contains(focused) ?? false;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    if (!focused || focused === document.body || focused === document.documentElement) return null;
    const style = getComputedStyle(focused), box = focused.getBoundingClientRect();
    const isOutlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const isOnInnerButton = ["date", "time", "datetime-local"].includes(focused.type) && !focused.matches(":focus");
    const isThere = box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight &&
        box.right > 0 && box.left < innerWidth;
    return {
        tag: focused.tagName.toLowerCase(),
        id: focused.id,
        name: (focused.labels?.[0] ?? focused).textContent.trim().replace(/\\s+/g, " ").slice(0, 100),
        isInMain,
        isSeen: focused.tagName === "IFRAME" || (isThere && (isOutlined || isOnInnerButton)),
    };
}"""


def problems_of(page: Page, html: str) -> list[str]:
    """All that is wrong with the page now open; `html` is what the server sent."""
    return problems_in_html(page, html) + problems_of_axe(page) + problems_when_narrow(page)


def problems_in_html(page: Page, html: str) -> list[str]:
    """Title, one h1, labels, ids that stand once, links and descriptions that lead somewhere."""
    read = Read(page.url, 0, html)
    return [*read.problems, *check_page(read)]


def problems_of_axe(page: Page) -> list[str]:
    """What axe finds, in a line each."""
    page.set_viewport_size(WIDE)
    return [
        f"axe {found['id']} ({found['help']}): {node['html'][:160]}"
        for found in AXE.run(page).response["violations"]
        for node in found["nodes"]
    ]


def problems_when_narrow(page: Page) -> list[str]:
    """What makes someone scroll sideways on a small phone, or with letters four times as large."""
    page.set_viewport_size(NARROW)
    return [f"sticks out of a screen of 320 pixels: {found}" for found in page.evaluate(TOO_WIDE, NARROW["width"])]


def press_tab(page: Page) -> dict[str, Any] | None:
    """To the next field, link or button: its tag, id and name, None at the end. Fails when the eye can not follow."""
    page.wait_for_load_state()  # a heading can be there before the style sheet, without which no outline is drawn
    page.keyboard.press("Tab")
    now = page.evaluate(FOCUSED)
    assert now is None or now["isSeen"], f"{page.url}: the focus is not seen on {now}"
    return now


def tab_to(page: Page, tag: str, name: str) -> None:
    """On with Tab until this has the focus; a name is what a label, link or button says, or its beginning."""
    passed = []
    for _ in range(MOST_TABS):
        now = press_tab(page) or {"tag": "the end", "name": ""}
        if now["tag"] == tag and now["name"].startswith(name):
            return
        passed.append(f"{now['tag']} {now['name']!r}")
    raise AssertionError(f"{page.url}: Tab does not lead to {tag} {name!r}, but to:\n" + "\n".join(passed))


def problems_with_tab(page: Page) -> list[str]:
    """Tab from the start of the page to its end: each stop is seen, and there is an end."""
    found = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        now = page.evaluate(FOCUSED)
        if now is None:
            return found
        found += [] if now["isSeen"] else [f"the focus is not seen on {now['tag']} {now['name']!r}"]
    return [*found, f"Tab does not come to the end in {MOST_TABS} steps"]
