"""The pages of a working day as each role meets them. All others: test_admin_everywhere.py, by `make test-browser`."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from admin.models import ROLES
from tests.browser.admin.serving import Site
from tests.browser.admin.walking import Stop, look_at

PAGES = (
    "/",
    "/topics/consent",
    "/topics/consent/signs/en/young_person/any/easy_read",  # in review, says the demo
    "/releases",
)


@pytest.mark.parametrize("role", ROLES)
def test_the_pages_of_a_day_are_sound(site: Site, page_of: Callable[[str], Page], role: str) -> None:
    page = page_of(role)
    wrong = [fault for address in PAGES for fault in look_at(site, page, Stop(role, address, 200))]
    assert not wrong, "\n".join(wrong)
