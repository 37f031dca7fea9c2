"""Every page for staff: no finding of axe, fits 320 pixels, and can be used with the keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from admin.models import ROLES
from tests.admin.browsing import WITHIN
from tests.admin.test_admin_pages import NO_PAGE
from tests.browser.admin.conftest import Site

PageOf = Callable[[str], Page]
WIDE, NARROW = {"width": 1200, "height": 900}, {"width": 320, "height": 640}


def addresses(site: Site) -> list[str]:
    """Every page there is, once."""
    return [
        re.sub(r"<(?:\w+:)?(\w+)>", lambda match: WITHIN[match[1]], rule.rule)
        for rule in site.app.url_map.iter_rules()
        if "GET" in rule.methods and rule.endpoint not in NO_PAGE
    ]


def findings(page: Page) -> list[str]:
    """What axe finds, in a line each."""
    return [
        f"{found['id']}: {node['html'][:120]}"
        for found in Axe().run(page).response["violations"]
        for node in found["nodes"]
    ]


def test_axe_finds_nothing_and_nothing_is_cut_off(site: Site, page_of: PageOf) -> None:
    page, wrong = page_of("admin"), []
    for address in addresses(site):
        page.set_viewport_size(WIDE)
        page.goto(site.url + address)
        wrong += [f"{address}: {finding}" for finding in findings(page)]
        page.set_viewport_size(NARROW)
        width = page.evaluate("document.documentElement.scrollWidth")
        wrong += [f"{address}: is {width} pixels wide on a screen of 320"] if width > NARROW["width"] else []
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_axe_finds_nothing_on_what_a_role_meets_first(site: Site, page_of: PageOf, role: str) -> None:
    page = page_of(role)
    page.set_viewport_size(WIDE)
    for address in ("/", "/account", "/topics/grooming/explain/en/young_person/any/standard", "/people"):
        page.goto(site.url + address)
        assert findings(page) == [], address


def test_a_draft_is_written_with_the_keyboard_alone(site: Site, page_of: PageOf) -> None:
    page = page_of("author")
    page.set_viewport_size(WIDE)
    page.goto(f"{site.url}/topics/consent/explain/en/young_person/any/standard")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "TEXTAREA":
            break
    page.keyboard.press("Control+A")
    page.keyboard.type("Written without a mouse.")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Save as draft":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_text("The draft is saved")).to_be_visible()
    expect(page.get_by_label("Bubble 1")).to_have_value("Written without a mouse.")
