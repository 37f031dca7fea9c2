"""The pictures of the widget in docs/images/, taken anew from the running stack: `make screenshots`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from ops.get_browser import find_browser
from ops.stack import ROOT, Stack

IMAGES = ROOT / "docs" / "images"
WIDE, PHONE = {"width": 1100, "height": 760}, {"width": 320, "height": 640}
ANSWER_MILLISECONDS = 15_000


def main() -> int:
    """Start Lantern, take all pictures, stop it."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        stack = Stack(Path(folder) / "var")
        stack.start()
        try:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
            take_all(browser, stack.chat_url)
            browser.close()
        finally:
            stack.stop()
    return 0


def take_all(browser: Browser, url: str) -> None:
    """Every picture, from a chat of its own each."""
    for name, (show, settings) in PICTURES.items():
        context = browser.new_context(**{"viewport": WIDE, "reduced_motion": "reduce"} | settings)
        page = context.new_page()
        page.goto(f"{url}/?language={'cy' if name.endswith('welsh') else 'en'}")
        page.locator(".launcher").click()
        wait(page)
        show(page)
        page.mouse.move(0, 0)
        path = IMAGES / f"{name}.png"
        whole = name == "chat" or settings.get("viewport") == PHONE
        (page if whole else page.locator(".panel")).screenshot(path=path)
        print(path.relative_to(ROOT))
        context.close()


def wait(page: Page) -> None:
    """Until all is answered."""
    expect(page.locator(".log .from-lantern").first).to_be_visible(timeout=ANSWER_MILLISECONDS)
    expect(page.locator(".waiting")).to_be_empty(timeout=ANSWER_MILLISECONDS)


def say(*texts: str) -> Callable[[Page], None]:
    """Write each, and wait for its answer."""

    def show(page: Page) -> None:
        for text in texts:
            page.locator("#input").fill(text)
            page.locator("#input").press("Enter")
            wait(page)

    return show


def press(*names: str) -> Callable[[Page], None]:
    """Press the buttons with these names, one after the other."""

    def show(page: Page) -> None:
        for name in names:
            page.get_by_role("button", name=name, exact=True).last.click()
            wait(page)

    return show


def both(*steps: Callable[[Page], None]) -> Callable[[Page], None]:
    """One after the other."""

    def show(page: Page) -> None:
        for step in steps:
            step(page)

    return show


def choose(name: str) -> Callable[[Page], None]:
    """Open the settings and choose."""

    def show(page: Page) -> None:
        page.locator(".settings-button").click()
        page.get_by_role("radio", name=name, exact=True).check()

    return show


def go_offline(page: Page) -> None:
    """Write something that can not be sent."""
    page.context.set_offline(True)
    page.locator("#input").fill("what is consent?")
    page.locator("#input").press("Enter")
    expect(page.locator(".notice")).to_be_visible()


STORY = both(say("show me a story"), press("Stories", "Priya and Skyfox", "Stay in the game chat"))
QUIZ = both(say("quiz"), press("Quizzes", "Consent: the basics", "No, it isn't a clear yes"))
PICTURES: dict[str, tuple[Callable[[Page], None], dict[str, object]]] = {
    "chat": (say("what is grooming"), {}),
    "widget-welcome": (lambda page: None, {}),
    "widget-helplines": (say("my boyfriend hits me"), {}),
    "widget-emergency": (say("he is hitting me right now"), {}),
    "widget-help": (lambda page: page.locator(".help-button").click(), {}),
    "widget-settings": (lambda page: page.locator(".settings-button").click(), {}),
    "widget-story": (STORY, {}),
    "widget-quiz": (QUIZ, {}),
    "widget-offline": (go_offline, {}),
    "widget-deleted": (both(say("delete this chat"), press("Delete it now")), {}),
    "widget-dark": (say("what is grooming"), {"color_scheme": "dark"}),
    "widget-high-contrast": (QUIZ, {"contrast": "more"}),
    "widget-largest": (both(choose("Largest"), press("Back to the chat"), say("what is grooming")), {}),
    "widget-phone": (say("what is grooming"), {"viewport": PHONE}),
    "widget-phone-welsh": (say("be ydy meithrin perthynas amhriodol"), {"viewport": PHONE}),
}

if __name__ == "__main__":
    sys.exit(main())
