"""Every page for staff in every stage, as each role: sound, no finding of axe, fits 320 pixels, seen with Tab."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from admin.models import ADMIN, ROLES
from tests.browser.admin.looking import problems_with_tab
from tests.browser.admin.serving import Site
from tests.browser.admin.walking import look_at, open_stop, stops

pytestmark = pytest.mark.slow
PageOf = Callable[[str], Page]


@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_sound_for_each_role(site: Site, page_of: PageOf, role: str) -> None:
    page, walk = page_of(role), stops(site, role)
    wrong = [problem for stop in walk for problem in look_at(site, page, stop)]
    print(f"{len(walk)} pages as {role}")  # shown by -s
    assert not wrong, "\n".join(wrong)


def test_tab_leads_through_every_page_and_is_seen(site: Site, page_of: PageOf) -> None:
    page, wrong = page_of(ADMIN), []
    for stop in stops(site, ADMIN, in_every_stage=False):
        if open_stop(page, site, stop)[0]:
            wrong += [f"{stop}: {problem}" for problem in problems_with_tab(page)]
    assert not wrong, "\n".join(wrong)
