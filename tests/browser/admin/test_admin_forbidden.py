"""A page that is not for someone's role says so kindly, and leads back. Administrators may see all there is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from admin.models import ADMIN, AUTHOR, LEAD, PUBLISHER, REVIEWER, ROLES
from tests.browser.admin.serving import Site

# For each role a page that they may not see, and where those who may find the way there, by which words.
FORBIDDEN = {
    AUTHOR: ("/helplines/childline/check", "/helplines/childline", "Note a check"),
    REVIEWER: ("/releases/publish", "/", "See what would be published"),
    PUBLISHER: ("/log", "/", "Log"),
    LEAD: ("/people", "/", "People"),
}


def test_every_role_but_one_has_something_it_may_not_see() -> None:
    assert {*FORBIDDEN, ADMIN} == set(ROLES)


@pytest.mark.parametrize("role", FORBIDDEN)
def test_a_forbidden_page_says_what_to_do_and_leads_back(site: Site, page_of: Callable[[str], Page], role: str) -> None:
    page, (address, before, link) = page_of(role), FORBIDDEN[role]
    page.goto(site.url + before)
    expect(page.get_by_text(link, exact=True)).to_have_count(0)
    answer = page.goto(site.url + address)
    assert answer is not None
    assert answer.status == 403
    expect(page).to_have_title("This page is not for your role – Lantern admin")
    expect(page.locator("h1")).to_have_text("This page is not for your role")
    expect(page.locator("main")).to_contain_text("Nothing was changed.")
    expect(page.locator("main")).to_contain_text("An administrator can give you the role")
    page.locator("main").get_by_role("link", name="First page").click()
    expect(page.locator("h1")).to_have_text("What Lantern says")


def test_an_administrator_is_led_to_all_of_them(site: Site, page_of: Callable[[str], Page]) -> None:
    page = page_of(ADMIN)
    for address, before, link in FORBIDDEN.values():
        page.goto(site.url + before)
        page.get_by_text(link, exact=True).click()
        expect(page).to_have_url(site.url + address)
        expect(page.locator("h1")).not_to_have_text("This page is not for your role")


def test_what_does_not_exist_says_so_and_leads_back(site: Site, page_of: Callable[[str], Page]) -> None:
    page = page_of(ADMIN)
    answer = page.goto(f"{site.url}/no-such-page")
    assert answer is not None
    assert answer.status == 404
    expect(page.locator("h1")).to_have_text("There is no such page")
    page.locator("main").get_by_role("link", name="First page").click()
    expect(page.locator("h1")).to_have_text("What Lantern says")
