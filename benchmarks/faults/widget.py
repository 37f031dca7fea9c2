"""The widget in a real browser: what somebody in distress sees while the chat server itself is away, and how soon."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Page, expect, sync_playwright

from content.release import Release
from ops.get_browser import find_browser

FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
DISTRESS = "he made me do sexual stuff and i feel sick"
PATIENCE = 20_000  # milliseconds

# Says something, and tells how many seconds it took until there was something to read, and what.
SAY = """([text, usual, patience]) => new Promise((resolve) => {
  const root = document.querySelector("lantern-chat").shadowRoot;
  const [log, waiting, input] = [".log", ".waiting", "#input"].map((name) => root.querySelector(name));
  const count = (name) => log.querySelectorAll(name).length;
  const messages = count(".from-lantern"), numbers = count("a[href^='tel:']");
  const started = performance.now();
  const look = () => {
    const said = waiting.textContent.trim();
    const seconds = (performance.now() - started) / 1000;
    if (count("a[href^='tel:']") > numbers) resolve(["numbers to call", seconds]);
    else if (count(".from-lantern") > messages) resolve(["an answer", seconds]);
    else if (said && said !== usual) resolve(["a line that it takes long", seconds]);
    else if (seconds * 1000 > patience) resolve(["nothing", seconds]);
    else setTimeout(look, 20);
  };
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  root.querySelector("form").requestSubmit();
  look();
})"""


@dataclass(frozen=True)
class Shown:
    """What the widget showed after something was said, and after how many seconds."""

    what: str
    seconds: float


class Widget:
    """Somebody with the chat open in a browser."""

    def __init__(self, page: Page, release: Release) -> None:
        self._page = page
        self._usual = release.word("widget.waiting", "en")

    def say(self, text: str = DISTRESS) -> Shown:
        """Say it, and see what is there to read."""
        what, seconds = self._page.evaluate(SAY, [text, self._usual, PATIENCE])
        return Shown(str(what), float(seconds))


@contextmanager
def open_widget(url: str, release: Release) -> Iterator[Widget]:
    """The demo page with the chat open, and its welcome there. Raises RuntimeError where there is no chromium."""
    path = find_browser()
    if path is None:
        raise RuntimeError("There is no chromium to see the widget in. Run: make browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_page(reduced_motion="reduce")  # messages come at once, not at reading pace
        page.goto(url)
        page.locator(".launcher").click()
        expect(page.locator(".from-lantern .bubble").first).to_be_visible(timeout=PATIENCE)
        expect(page.locator(".waiting")).to_be_empty(timeout=PATIENCE)
        yield Widget(page, release)
        browser.close()
