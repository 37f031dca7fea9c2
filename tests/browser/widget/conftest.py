"""The demo page with the chat on it, and the verbs of a person who uses it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

EXIT = "https://www.bbc.co.uk/weather"

FOCUSED = """() => {
    const host = document.activeElement, inside = host.shadowRoot?.activeElement;
    return (inside ?? host).id || (inside ?? host).className;
}"""


class ChatPage:
    """A page with the chat. Playwright looks into the open shadow root by itself."""

    exit_url = EXIT

    def __init__(self, page: Page) -> None:
        self.page = page
        self.find: Callable[[str], Locator] = page.locator

    def open(self) -> ChatPage:
        """Open the panel and wait for the welcome."""
        self.find(".launcher").click()
        self.wait()
        expect(self.find(".from-lantern .bubble").first).to_be_visible()
        return self

    def open_as_new(self) -> str:
        """Open the panel; the token of the conversation that begins."""
        with self.page.expect_response("**/api/conversations") as started:
            self.open()
        return str(started.value.json()["conversation"])

    def write(self, text: str) -> None:
        self.find("#input").fill(text)
        self.find("#input").press("Enter")

    def wait(self) -> None:
        """Until everything said is answered."""
        expect(self.find(".waiting")).to_be_empty(timeout=15_000)

    def say(self, text: str) -> None:
        self.write(text)
        self.wait()

    def answer_with(self, *messages: dict[str, Any], status: int = 200, detail: str | None = None) -> None:
        """Answer what is said from now on, in place of the server."""
        problem = {"status": status, "detail": detail} if detail else {}
        body = json.dumps({"messages": messages, **problem})
        self.page.route("**/messages", lambda route: route.fulfill(status=status, body=body))

    def let_server_answer(self) -> None:
        self.page.unroute("**/messages")

    def focused(self) -> str:
        """The id or the class of what has the focus."""
        return str(self.page.evaluate(FOCUSED))


def want_site(context: BrowserContext, site: dict[str, Any]) -> None:
    """Have the site whose page this is say so."""

    def add_site(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, json=response.json() | {"site": site})

    context.route("**/widget/start.json*", add_site)


OpenPage = Callable[..., ChatPage]


@pytest.fixture
def open_page(browser: Browser, chat_url: str) -> Iterator[OpenPage]:
    """Opens the demo page in a browser context of its own; `settings` are the context's.

    `script` runs before the page's own; `site` is what the site wants.
    The way out is answered here, not fetched. Nothing moves, so that messages come without the pauses to read in.
    """
    contexts = []

    def open_(
        query: str = "",
        *,
        width: int = 1100,
        height: int = 800,
        site: dict[str, Any] | None = None,
        script: str | None = None,
        **settings: Any,
    ) -> ChatPage:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="en-GB",
            **{"reduced_motion": "reduce"} | settings,
        )
        contexts.append(context)
        context.route(f"{EXIT}**", lambda route: route.fulfill(body="<title>Weather</title>"))
        if script:
            context.add_init_script(script)
        if site:
            want_site(context, site)
        page = context.new_page()
        page.goto(f"{chat_url}/{query}")
        expect(page.locator(".launcher")).to_be_visible()
        return ChatPage(page)

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def chat(open_page: OpenPage) -> ChatPage:
    """The chat on the English demo page, open, with its welcome shown."""
    return open_page().open()


@pytest.fixture
def childline() -> dict[str, Any]:
    """A helpline as the API sends it, with one route that must never become a link."""
    return {
        "id": "childline",
        "name": "Childline",
        "what_for": "Anyone under 19",
        "routes": [
            {"channel": "phone", "label": "0800 1111", "href": "tel:08001111"},
            {"channel": "text", "label": "85258", "href": "sms:85258", "say": "SHOUT"},
            {"channel": "webchat", "label": "childline.org.uk", "href": "https://www.childline.org.uk"},
            {"channel": "form", "label": "a trap", "href": "javascript:alert(1)"},
        ],
        "hours": "Open day and night",
        "open_now": True,
        "cost": "Free",
        "trace": "Not on a phone bill",
        "privacy": "More private than a teacher",
        "awaiting_check": True,
    }
