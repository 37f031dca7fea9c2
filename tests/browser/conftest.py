"""A real browser for the tests in this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from ops.get_browser import find_browser

expect.set_options(timeout=15_000)  # milliseconds; a busy machine takes longer than the five seconds it has by itself


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window. Fails, and says what to do, where there is none: it never skips."""
    path = find_browser()
    assert path, "There is no chromium for the browser tests. Run: make browser"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        )
        yield running
        running.close()
