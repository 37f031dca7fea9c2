"""The example pages of docs/examples/embedding/, on an origin that the chat's site allows, and one that it does not."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, FrameLocator, Locator, Page, expect
from werkzeug.serving import make_server

from chat.app import create_app
from chat.settings import Settings
from content.library import read_library
from content.release import Release
from content.settings import LIBRARY
from content.sites import Site
from ops.stack import free_ports
from ops.static_pages import Pages, serve_pages
from safety import Assessment

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples" / "embedding"
CHAT_IN_EXAMPLES = "http://localhost:8000"
EXIT = "https://www.bbc.co.uk/weather"


class CalmAssessor:
    """These tests are about pages, not about what is said."""

    def assess(self, text: str, previous: Assessment | None = None) -> Assessment:
        return Assessment()


class OneRelease:
    def __init__(self, release: Release) -> None:
        self.release = release

    def current(self) -> Release:
        return self.release


@dataclass
class Places:
    """Where things are: the chat, pages of its site, and pages of nobody's site."""

    chat: str
    pages: Pages
    elsewhere: Pages
    deleted: list[str] = field(default_factory=list)  # conversations, as the server was told


@pytest.fixture(scope="session")
def places() -> Iterator[Places]:
    """A chat server with the starter content and no Rasa: it answers by itself."""
    with serve_pages() as pages, serve_pages() as elsewhere:
        library = read_library(LIBRARY)
        library["sites"] = [
            asdict(Site("examples", "Examples", origins=(pages.url,))),
            asdict(Site("gwynedd", "Gwynedd", origins=(pages.url,), language="cy")),
            asdict(Site("shut", "Shut", origins=(pages.url,), is_open=False)),
        ]
        (nobody,) = free_ports(1)
        settings = Settings(
            "only-for-tests-only-for-tests", "sqlite://", is_rate_limited=False,
            rasa_url=f"http://127.0.0.1:{nobody}", actions_url=f"http://127.0.0.1:{nobody}",
        )  # fmt: skip
        store: Any = OneRelease(Release.from_snapshot(library))
        assessor: Any = CalmAssessor()
        app = create_app(settings, store=store, assessor=assessor)
        server: Any = make_server("127.0.0.1", 0, app, threaded=True)
        found = Places(f"http://127.0.0.1:{server.server_port}", pages, elsewhere)
        app.before_request(lambda: _note_deletion(found))
        for file in EXAMPLES.glob("*.html"):
            text = file.read_text(encoding="utf-8").replace(CHAT_IN_EXAMPLES, found.chat)
            pages.texts[f"/{file.name}"] = elsewhere.texts[f"/{file.name}"] = text
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield found
        server.shutdown()
        app.extensions["lantern.chat"].http.close()


def _note_deletion(places: Places) -> None:
    from flask import request

    if request.method == "DELETE":
        places.deleted.append(request.path.rsplit("/", 1)[-1])


class Visit:
    """Someone on a page with the chat, or (with `frame`) with the chat in a frame on it."""

    def __init__(self, page: Page, frame: str | None = None) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._listen)
        self.inside: Page | FrameLocator = page.frame_locator(frame) if frame else page

    def _listen(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning") and not said.location["url"].endswith("/favicon.ico"):
            self.complaints.append(said.text)

    def find(self, selector: str) -> Locator:
        """Something in the chat; its shadow root is looked into by itself."""
        return self.inside.locator(f"lantern-chat {selector}")

    def open(self) -> None:
        """Open the panel and wait for the welcome."""
        self.find(".launcher").click()
        expect(self.find(".from-lantern").first).to_be_visible()

    def say(self, text: str) -> None:
        """Say something and wait for an answer to it."""
        self.find("#input").fill(text)
        self.find("#input").press("Enter")
        expect(self.find(".from-you")).to_contain_text(text)
        expect(self.find(".from-you ~ .from-lantern").first).to_be_visible()


OpenPage = Callable[..., Visit]


@pytest.fixture
def visit(browser: Browser, places: Places) -> Iterator[OpenPage]:
    """Opens a page in a browser context of its own. The way out is answered here, not fetched."""
    contexts = []

    def open_(address: str, *, frame: str | None = None, width: int = 1000, height: int = 700, **more: Any) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="en-GB", reduced_motion="reduce", **more
        )
        contexts.append(context)
        context.route(f"{EXIT}**", lambda route: route.fulfill(body="<title>Weather</title>"))
        visit = Visit(context.new_page(), frame)
        visit.page.goto(address if "://" in address else f"{places.pages.url}/{address}")
        return visit

    yield open_
    for context in contexts:
        context.close()
