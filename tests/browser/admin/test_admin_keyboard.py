"""The keyboard alone: someone signs in, writes a text and sends it for review, and sees at each step where they are."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from admin.demo import email_of
from admin.models import AUTHOR
from content.models.workflow import IN_REVIEW
from content.reading import variant_for
from tests.browser.admin.looking import press_tab, tab_to
from tests.browser.admin.serving import Site

KEY = ("consent", "signs", "en", "young_person", "any", "standard")
SENTENCE = "Written without a mouse."


def skip_to_content(page: Page) -> None:
    """With the first link of the page; the next stop is in what the page is about."""
    page.goto(page.url.partition("#")[0])
    first = press_tab(page)
    assert first is not None
    assert first["name"] == "Skip to main content"
    page.keyboard.press("Enter")
    after = press_tab(page)
    assert after is not None
    assert after["isInMain"], f"{page.url}: after the skip link the focus is on {after}"


def press_enter_on(page: Page, tag: str, name: str) -> None:
    tab_to(page, tag, name)
    page.keyboard.press("Enter")


def test_a_text_is_written_and_sent_for_review_with_the_keyboard_alone(own_site: Site, page: Page) -> None:
    page.goto(own_site.url)
    expect(page.locator("h1")).to_have_text("Sign in")
    skip_to_content(page)
    page.keyboard.type(email_of(AUTHOR))
    tab_to(page, "input", "Password")
    page.keyboard.type(own_site.password)
    press_enter_on(page, "button", "Sign in")
    expect(page.locator("h1")).to_have_text("What Lantern says")
    skip_to_content(page)

    page.goto(own_site.url)
    press_enter_on(page, "a", "Topics")
    expect(page.locator("h1")).to_have_text("Topics")
    skip_to_content(page)
    page.goto(f"{own_site.url}/topics")
    press_enter_on(page, "a", "Consent")
    expect(page.locator("h1")).to_have_text("Consent")
    tab_to(page, "select", "Section")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Section")).to_have_value(KEY[1])
    press_enter_on(page, "button", "Open this text")

    expect(page).to_have_url(f"{own_site.url}/topics/{'/'.join(KEY)}")
    tab_to(page, "textarea", "Bubble 1")
    page.keyboard.press("Control+A")
    page.keyboard.type(SENTENCE)
    press_enter_on(page, "button", "Save as draft")
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    tab_to(page, "textarea", "Comment for colleagues")
    page.keyboard.type("Please look at the first bubble.")
    press_enter_on(page, "button", "Send for review")
    expect(page.get_by_text("Sent for review. Someone else")).to_be_visible()

    with own_site.database() as session:
        variant = variant_for(session, KEY)
        assert variant is not None
        assert variant.newest is not None
        assert variant.newest.body[0] == SENTENCE
        assert variant.newest.stage == IN_REVIEW
        assert [comment["says"] for comment in variant.newest.comments] == ["Please look at the first bubble."]
    press_enter_on(page, "button", "Sign out")
    expect(page.get_by_text("You are signed out.")).to_be_visible()
