"""A reviewer calls a helpline and notes it: with the day and their name, and one line fewer is overdue."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import Page, expect

from admin.demo import email_of
from admin.models import LEAD, REVIEWER
from tests.browser.admin.serving import Site, sign_in

OVERDUE = "FRANK"  # the demo says so


def lines_to_check(page: Page, site: Site) -> list[str]:
    page.goto(f"{site.url}/helplines/to-check")
    names = page.locator("tbody th").all_inner_texts()
    expect(page.get_by_text(f"{len(names)} helplines need a check")).to_be_visible()
    return names


def overdue_lines(page: Page, site: Site) -> list[str]:
    page.goto(f"{site.url}/helplines?state=overdue")
    return page.locator("tbody th").all_inner_texts()


def test_a_reviewer_notes_a_check(own_site: Site, page: Page) -> None:
    sign_in(page, own_site, email_of(REVIEWER))
    before = lines_to_check(page, own_site)
    assert overdue_lines(page, own_site) == [OVERDUE]
    page.goto(f"{own_site.url}/helplines/to-check")
    page.get_by_role("link", name=f"Note a check of {OVERDUE}").click()

    # Nobody notes a check in passing: they have to say that they made it.
    page.get_by_role("button", name="Note the check").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Tick this when you have checked it.")
    page.get_by_label("I called or looked it up and it is as written").check()
    page.get_by_role("button", name="Note the check").click()

    expect(page.get_by_text("The check is noted.")).to_be_visible()
    said = f"Checked on {date.today():%-d %B %Y} by {email_of(REVIEWER)}"
    expect(page.get_by_text(said)).to_be_visible()
    assert overdue_lines(page, own_site) == []
    assert lines_to_check(page, own_site) == [name for name in before if name != OVERDUE]
    page.goto(own_site.url)
    expect(page.get_by_role("heading", name=f"{len(before) - 1} helplines need a check")).to_be_visible()

    page.context.clear_cookies()
    sign_in(page, own_site, email_of(LEAD))
    page.goto(f"{own_site.url}/log")
    entry = page.locator("tbody tr").filter(has_text="frank").first
    expect(entry).to_contain_text(email_of(REVIEWER))
