"""The chat on pages of a school: what the site wishes holds there, and a page of nobody's site gets help, no chat."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from chat.app import create_app
from chat.settings import Settings
from content.library import read_library
from content.release import Release
from content.settings import LIBRARY
from content.sites import Site
from content.store import ReleaseStore

DEEP, EXIT = "#4b1560", "https://www.metoffice.gov.uk/"


@contextmanager
def serve(app: Any) -> Iterator[int]:
    """The app on a free port of this machine."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()


class Held(ReleaseStore):
    """One release, without a database."""

    def __init__(self, release: Release) -> None:
        self._release = release

    def current(self) -> Release:
        return self._release


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Where the school's page is: at 127.0.0.1 it is one of the site's, at localhost it is not."""
    school = Flask("school")
    with serve(school) as school_port:
        site = Site(
            key="bryn",
            name="Ysgol Bryn",
            origins=(f"http://127.0.0.1:{school_port}",),
            language="cy",
            colours={"deep": DEEP},
            exit_url=EXIT,
        )
        release = Release.from_snapshot(read_library(LIBRARY) | {"sites": [site.as_item()]})
        nowhere = "http://127.0.0.1:9"
        settings = Settings("only-for-tests-only-for-tests", "sqlite://", rasa_url=nowhere, actions_url=nowhere)
        chat = create_app(settings, store=Held(release))
        with serve(chat) as chat_port:
            tag = f'<script src="http://127.0.0.1:{chat_port}/widget/widget.js" data-site="bryn" async></script>'
            school.add_url_rule("/", view_func=lambda: f"<!doctype html><title>Ysgol</title><h1>Ysgol</h1>{tag}")
            yield school_port
        chat.extensions["lantern.chat"].http.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(color_scheme="light")
    context.route(f"{EXIT}**", lambda route: route.fulfill(body="<title>Weather</title>"))
    yield context.new_page()
    context.close()


def test_a_page_of_the_site_has_its_language_its_colours_and_its_way_out(page: Page, port: int) -> None:
    page.goto(f"http://127.0.0.1:{port}/")
    page.locator(".launcher").click()
    expect(page.locator(".from-lantern .bubble").first).to_contain_text("Helo")
    bar = page.locator(".bar").evaluate("(bar) => getComputedStyle(bar).backgroundColor")
    assert bar == "rgb(75, 21, 96)"
    page.locator(".exit").click()
    page.wait_for_url(f"{EXIT}**")


def test_a_page_of_nobodys_site_is_told_so_and_shows_who_can_help(page: Page, port: int) -> None:
    page.goto(f"http://localhost:{port}/")
    page.locator(".launcher").click()
    expect(page.locator(".notice")).to_contain_text("ddim yn nabod y dudalen hon")
    expect(page.locator(".log a[href='tel:08001111']")).to_be_visible()
    page.locator(".help-button").click()
    expect(page.locator(".help a[href='tel:999']").first).to_be_visible()


def test_in_the_dark_the_colours_are_lanterns_own(page: Page, port: int) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(f"http://127.0.0.1:{port}/")
    page.locator(".launcher").click()
    bar = page.locator(".bar").evaluate("(bar) => getComputedStyle(bar).backgroundColor")
    assert bar != "rgb(75, 21, 96)"
