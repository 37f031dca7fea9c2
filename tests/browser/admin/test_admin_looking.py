"""The walk over all pages finds what is wrong, and names the page, the role and the fault."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page

from admin.demo import email_of
from admin.models import AUTHOR
from admin.permissions import PUBLISH, READ, needs
from tests.browser.admin.looking import problems_with_tab
from tests.browser.admin.serving import Site, serve, sign_in
from tests.browser.admin.walking import Stop, look_at, stops

POOR = f"""<!DOCTYPE html>
<html lang="en"><head><title>Another – Lantern admin</title>
<link rel="stylesheet" href="/static/admin.css"><script>document.title = "Poor";</script></head>
<body><main><h1>Poor</h1><h1>Twice</h1>
<form><input name="nameless" id="same"><pre id="same">{"wide" * 100}</pre></form>
<a href="/" class="govuk-visually-hidden">Not to be seen</a>
</main></body></html>"""
FAULTS = (
    "has 2 h1, it must have one",
    "its title 'Another – Lantern admin' does not start with its h1",
    "the id 'same' is there 2 times",
    "the field 'nameless' has no label",
    "holds a script or style, which browsers refuse here",
    "the browser says: Executing inline script violates",
    "axe label (Form elements must have labels): <input name=",
    "sticks out of a screen of 320 pixels: <pre id=",
)


def add_poor_pages(app: Flask) -> None:
    app.add_url_rule("/poor", "poor", needs(READ)(lambda: POOR))
    app.add_url_rule("/not-for-all", "not_for_all", needs(PUBLISH)(lambda: POOR))


def test_faults_are_named(demo: Callable[[], Site], page: Page) -> None:
    with serve(demo(), add_poor_pages) as site:
        sign_in(page, site, email_of(AUTHOR))
        found = look_at(site, page, Stop(AUTHOR, "/poor", 200))
        for fault in FAULTS:
            assert any(line.startswith("/poor as author: ") and fault in line for line in found), "\n".join(
                [fault, *found]
            )
        assert "the focus is not seen on a 'Not to be seen'" in problems_with_tab(page)
        found = look_at(site, page, Stop(AUTHOR, "/poor", 403)) + look_at(site, page, Stop(AUTHOR, "/poor/er", 200))
        assert "/poor as author: answers 200, not 403." in found
        assert "/poor/er as author: answers 404, not 200. Its values in WITHIN lead nowhere." in found


def test_a_new_page_is_walked_and_a_part_without_a_value_is_named(demo: Callable[[], Site]) -> None:
    with serve(demo(), add_poor_pages) as site:
        walk = {stop.address: stop.status for stop in stops(site, AUTHOR)}
        assert (walk["/poor"], walk["/not-for-all"], walk["/no-such-page"]) == (200, 403, 404)
    add_riddle = needs(READ)(lambda unheard_of: POOR)
    refused = pytest.raises(AssertionError, match=r"/riddle/<unheard_of> .* there is no value .* Add one to WITHIN")
    with serve(demo(), lambda app: app.add_url_rule("/riddle/<unheard_of>", "riddle", add_riddle)) as site, refused:
        stops(site, AUTHOR)
