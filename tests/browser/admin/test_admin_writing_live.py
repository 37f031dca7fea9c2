"""Writing with a script: what the chat will show, what is worth another look, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

from admin.demo import email_of
from content.reading import variant_for
from tests.browser.admin.looking import problems_of_axe, problems_when_narrow
from tests.browser.admin.serving import Site, serve, sign_in

Open = Callable[..., Page]
SAVED = "Saved as a draft at "
# The server of the tests leaves a file open when a browser goes away in the middle of its answer.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(scope="module")
def site(demo: Callable[[], Site]) -> Iterator[Site]:
    with serve(demo()) as running:
        yield running


@pytest.fixture
def someone(site: Site, browser: Browser) -> Iterator[Open]:
    """A page of someone with a role, at an address; each in a browser of their own."""
    contexts: list[BrowserContext] = []

    def open_at(address: str, role: str = "author", **options: object) -> Page:
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        sign_in(page, site, email_of(role))
        page.goto(site.url + address)
        return page

    yield open_at
    for context in contexts:
        context.close()


def text(topic: str, section: str = "explain", language: str = "en") -> str:
    return f"/topics/{topic}/{section}/{language}/young_person/any/standard"


def kept(site: Site, address: str) -> list[str]:
    """The bubbles of the newest draft."""
    with site.database() as session:
        variant = variant_for(session, tuple(address.removeprefix("/topics/").split("/")))
        return list(variant.newest.body)


def chat(page: Page) -> str:
    return page.locator("#preview-chat .log").inner_text()


def test_the_chat_and_the_advice_follow_what_is_typed(someone: Open) -> None:
    page = someone(text("consent"))
    expect(page.locator("#preview-chat .bubble").first).to_be_visible()
    field = page.get_by_label("Bubble 1")
    field.fill("They **put themselves at risk**. [More](https://new.example/x)")
    bubble = page.locator("#preview-chat .bubble").first
    expect(bubble.locator("strong")).to_have_text("put themselves at risk")
    expect(bubble.locator("a")).to_have_attribute("href", "https://new.example/x")
    advice = page.locator("#advice [aria-live=polite]")
    expect(advice).to_contain_text("says 'put themselves at risk'")
    expect(advice).to_contain_text("links to new.example")
    expect(page.locator("#advice-length")).to_contain_text("The longest has ")
    expect(page.locator("#bubbles-0-hint")).to_have_text("At most 240 characters. Now 62.")
    expect(field).to_be_focused()
    field.fill("x" * 241)
    expect(advice).to_contain_text("Bubble 1 has 241 characters, at most 240 are allowed.")
    expect(page.get_by_role("button", name="Preview")).to_be_hidden()
    assert problems_of_axe(page) == []
    assert problems_when_narrow(page) == []
    expect(page.locator("#preview-chat .bubble").first).to_be_visible()


def test_buttons_and_picture_are_those_of_the_item_in_its_language(someone: Open) -> None:
    page = someone(text("consent", language="cy"))
    expect(page.locator("#preview-chat .choice").last).to_have_text("Cael help")
    page.get_by_label("Picture").select_option("breathe")
    picture = page.locator("#preview-chat img")
    expect(picture).to_have_attribute("alt", page.evaluate(
        "JSON.parse(document.getElementById('preview').dataset.draws).pictures.breathe.alt"))  # fmt: skip
    assert picture.evaluate("async (image) => { await image.decode(); return image.naturalWidth > 0; }")
    page.locator("#preview-chat .choice").first.click()
    expect(page.get_by_text("The buttons work in the chat, not here.")).to_be_visible()
    page.get_by_label("As narrow as on a small phone").check()
    assert page.locator("#preview-frame").bounding_box()["width"] == 320


def test_a_system_word_is_drawn_as_it_stands_in_the_chat(someone: Open) -> None:
    page = someone("/words/en/button.help")
    page.get_by_label("Bubble 1").fill("Get some help")
    expect(page.locator("#preview-chat .choice")).to_have_text("Get some help")
    page.goto(page.url.replace("button.help", "thanks"))
    page.get_by_label("Bubble 1").first.fill("Good that you asked.")
    expect(page.locator("#preview-chat .bubble").first).to_contain_text("Good that you asked.")


def test_it_is_saved_after_a_pause_and_when_a_field_is_left(site: Site, someone: Open) -> None:
    address = text("controlling_behaviour")
    page = someone("/")
    page.clock.install()
    page.goto(site.url + address)
    page.get_by_label("Bubble 1").fill("Half a sentence")
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    page.clock.run_for(4_500)
    assert kept(site, address)[0] != "Half a sentence"
    page.clock.run_for(1_000)
    expect(page.get_by_text(SAVED)).to_be_visible()
    expect(page.get_by_text("Not saved yet.")).to_be_hidden()
    assert kept(site, address)[0] == "Half a sentence"
    page.get_by_label("Bubble 1").fill("A whole sentence.")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Not saved yet.")).to_be_hidden()
    assert kept(site, address)[0] == "A whole sentence."
    page.get_by_role("button", name="Save as draft").click()
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    expect(page.get_by_role("button", name="Send for review")).to_be_visible()


def test_what_was_typed_before_the_script_came_is_saved_too(site: Site, someone: Open) -> None:
    address, held = text("helping_a_friend"), []
    page = someone("/")
    page.route("**/static/saving.js", lambda route: held.append(route))
    page.goto(site.url + address, wait_until="commit")
    page.get_by_label("Bubble 1").fill("Written on a slow line.")
    page.wait_for_timeout(100)
    held[0].continue_()
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    page.get_by_role("link", name="Topics").first.click()
    expect(page.locator("h1")).to_have_text("Topics")
    assert kept(site, address)[0] == "Written on a slow line."


def test_two_people_are_told_and_both_texts_are_offered(site: Site, someone: Open) -> None:
    address = text("county_lines")
    first, second = someone(address), someone(address, "reviewer")
    expect(second.get_by_text(f"{email_of('author')} is editing this too, since ")).to_be_visible()
    first.get_by_label("Bubble 1").fill("What the first one wrote.")
    first.keyboard.press("Tab")
    expect(first.get_by_text(SAVED)).to_be_visible()
    second.get_by_label("Bubble 1").fill("What the second one wrote.")
    second.keyboard.press("Tab")
    expect(second.get_by_text(f"{email_of('author')} saved this while you were writing.")).to_be_visible()
    box = second.locator("#live-conflict")
    expect(box).to_contain_text("What the first one wrote.")
    expect(second.get_by_label("Bubble 1")).to_have_value("What the second one wrote.")
    assert kept(site, address)[0] == "What the first one wrote."
    assert problems_of_axe(second) == []
    second.get_by_role("button", name="Save what I wrote over theirs").click()
    expect(second.get_by_text(SAVED)).to_be_visible()
    assert kept(site, address)[0] == "What the second one wrote."
    second.goto(f"{site.url}{address}/history")
    expect(second.get_by_text("What the first one wrote.").first).to_be_visible()


def test_without_a_connection_words_stay_and_are_saved_later(site: Site, someone: Open) -> None:
    address = text("sextortion")
    page = someone(address)
    page.context.set_offline(True)
    page.get_by_label("Bubble 1").fill("Written on a train.")
    page.keyboard.press("Tab")
    expect(page.get_by_text("the server does not answer")).to_be_visible()
    page.get_by_role("button", name="Save as draft").click()
    expect(page.get_by_text("the server does not answer")).to_be_visible()
    expect(page.get_by_label("Bubble 1")).to_have_value("Written on a train.")
    page.context.set_offline(False)
    expect(page.get_by_text(SAVED)).to_be_visible()
    assert kept(site, address)[0] == "Written on a train."


def test_leaving_with_words_that_can_not_be_saved_asks(someone: Open) -> None:
    page = someone(text("bullying"))
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_label("Bubble 1").press_sequentially("y" * 241, delay=0)
    page.get_by_role("link", name="Topics").first.click()
    expect(page.get_by_text("Not saved yet. Bubble 1 has")).to_be_visible()
    page.wait_for_function("() => !document.hidden")
    assert asked == ["beforeunload"]
    assert "bullying" in page.url
    page.get_by_label("Bubble 1").fill("Short.")
    page.get_by_role("link", name="Topics").first.click()  # it can be saved now, so nobody asks
    expect(page.locator("h1")).to_have_text("Topics")
    assert asked == ["beforeunload"]


def test_who_is_signed_out_loses_nothing(site: Site, someone: Open) -> None:
    address = text("trafficking")
    page = someone(address)
    page.context.clear_cookies()
    page.get_by_label("Bubble 1").fill("Written after ten hours.")
    page.get_by_role("button", name="Save as draft").click()
    expect(page.get_by_text("you are signed out")).to_be_visible()
    other = page.context.new_page()
    sign_in(other, site, email_of("author"))
    page.get_by_role("button", name="Save as draft").click()
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    assert kept(site, address)[0] == "Written after ten hours."


def test_what_is_in_review_is_not_made_a_draft_by_itself(site: Site, someone: Open) -> None:
    address = text("healthy_relationships")
    page = someone(address)
    page.get_by_label("Bubble 1").fill("Read this, please.")
    page.get_by_role("button", name="Save as draft").click()
    page.get_by_role("button", name="Send for review").click()
    expect(page.locator("#live-said")).to_contain_text("it is not saved by itself")
    page.get_by_label("Bubble 1").fill("No, this.")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    page.wait_for_timeout(500)
    assert kept(site, address)[0] == "Read this, please."
    page.get_by_role("button", name="Save as draft").click()
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    assert kept(site, address)[0] == "No, this."


def test_without_a_script_everything_works_as_before(site: Site, someone: Open) -> None:
    address = text("consent", "signs")
    page = someone(address, java_script_enabled=False)
    expect(page.locator("#preview")).to_be_hidden()
    expect(page.locator("#advice-grade")).to_contain_text("Reads at grade ")
    page.get_by_label("Bubble 1").fill("**Bold** words.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("strong", has_text="Bold")).to_be_visible()
    page.get_by_role("button", name="Save as draft").click()
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    other = someone(address, "reviewer")
    expect(other.get_by_text(f"{email_of('author')} opened this page just now.")).to_be_visible()
