"""Every page for staff: no finding of axe, sound, and not wider than 320 pixels."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from admin.models import ADMIN, ROLES
from tests.browser.admin.looking import problems_of, problems_with_tab
from tests.browser.admin.serving import Site
from tests.browser.admin.walking import Stop, fetch, main_of, open_stop, stops

PageOf = Callable[[str], Page]
seen: set[str] = set()  # what was looked at already, as whichever role


def look_at(site: Site, page: Page, stop: Stop) -> list[str]:
    """What is wrong there."""
    html, problems = open_stop(page, site, stop)
    if html:
        seen.add(main_of(html, stop.role))
        problems += [f"{stop}: {problem}" for problem in problems_of(page, html)]
    return problems


def look_at_what_is_new(site: Site, page: Page, stop: Stop) -> list[str]:
    """What is wrong there, unless another role saw the same word for word."""
    html, problems = fetch(page, site, stop)
    return look_at(site, page, stop) if html and main_of(html, stop.role) not in seen else problems


def test_every_page_is_sound_for_who_may_do_most(site: Site, page_of: PageOf) -> None:
    page = page_of(ADMIN)
    wrong = [problem for stop in stops(site, ADMIN, in_every_stage=False) for problem in look_at(site, page, stop)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", [role for role in ROLES if role != ADMIN])
def test_what_differs_for_a_role_is_sound(site: Site, page_of: PageOf, role: str) -> None:
    page, walk = page_of(role), stops(site, role, in_every_stage=False)
    wrong = [problem for stop in walk for problem in look_at_what_is_new(site, page, stop)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_every_page_in_every_stage_is_sound_for_each_role(site: Site, page_of: PageOf, role: str) -> None:
    page, walk = page_of(role), stops(site, role)
    wrong = [problem for stop in walk for problem in look_at(site, page, stop)]
    print(f"{len(walk)} pages as {role}")  # shown by -s
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
def test_tab_leads_through_every_page_and_is_seen(site: Site, page_of: PageOf) -> None:
    page, wrong = page_of(ADMIN), []
    for stop in stops(site, ADMIN):
        if open_stop(page, site, stop)[0]:
            wrong += [f"{stop}: {problem}" for problem in problems_with_tab(page)]
    assert not wrong, "\n".join(wrong)
