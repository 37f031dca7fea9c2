"""A real browser for the tests in this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from ops.get_browser import find_browser

expect.set_options(timeout=15_000)  # milliseconds; a busy machine takes longer than the five seconds it has by itself


# Minutes in all, on pages that change seldom: `make test-browser` runs them, and so does `make check`.
SLOW = {
    "test_admin_everywhere",
    "test_admin_looking",
    "test_admin_writing_live",
    "test_embed_bundle",
    "test_embed_guest",
    "test_widget_accessibility_page",
    "test_widget_aloud",
    "test_widget_keeping",
    "test_widget_many",
    "test_widget_pace",
    "test_widget_settings",
}


@pytest.hookimpl(tryfirst=True)  # before those marked slow are left out
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the slow files."""
    for item in items:
        if item.path.stem in SLOW:
            item.add_marker(pytest.mark.slow)


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
