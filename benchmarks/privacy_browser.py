"""Somebody who writes in the widget, in a chromium whose profile is a folder of its own."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Page, TimeoutError, expect, sync_playwright

from benchmarks.traces import Marks
from ops.get_browser import find_browser

FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
SAVES_AFTER = 6.0  # seconds until chromium has written down what it keeps for a restart of itself
TYPED = ("what is consent {}", "he made me do stuff {}", "beth yw cydsyniad {}", "i am {} and i feel bad")


class NoBrowser(RuntimeError):
    """There is no chromium; the message says what to do."""


@contextmanager
def opened(profile: Path, url: str) -> Iterator[Page]:
    """The demo page with the chat open."""
    path = find_browser()
    if path is None:
        raise NoBrowser("There is no chromium to look into the profile of. Run: make browser")
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(profile, executable_path=path, args=FLAGS)
        context.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="<title>Weather</title>"))
        page = context.new_page()
        page.goto(url)
        page.locator(".launcher").click()
        expect(page.locator(".from-lantern .bubble").first).to_be_visible()
        yield page
        with suppress(Exception):  # it may have been killed
            context.close()


def write(page: Page, words: str) -> None:
    """Say something in the widget and wait for the answer."""
    page.locator("#input").fill(words)
    page.locator("#input").press("Enter")
    expect(page.locator(".waiting")).to_be_empty(timeout=20_000)


def visit(profile: Path, url: str, marks: Marks) -> None:
    """Open an address with a mark in it: every browser keeps that, so a search of the profile must find it."""
    with opened(profile, f"{url}/?{marks.next()}"):
        time.sleep(SAVES_AFTER)


def speak_and_leave(profile: Path, url: str, marks: Marks, times: int) -> None:
    """Write, press buttons, leave words unsent, load again, press Exit, go back, and close the browser."""
    with opened(profile, url) as page:
        for number in range(times):
            write(page, TYPED[number % len(TYPED)].format(marks.next()))
            choices = page.locator(".from-lantern").last.locator(".choice")
            if number % 3 == 0 and choices.count():
                choices.first.click()
                expect(page.locator(".waiting")).to_be_empty(timeout=20_000)
        page.locator("#input").fill(f"not sent {marks.next()}")
        time.sleep(SAVES_AFTER)
        page.reload()
        page.locator(".launcher").click()
        write(page, TYPED[0].format(marks.next()))
        page.locator("#input").fill(f"not sent either {marks.next()}")
        page.locator(".exit").first.click()
        with suppress(TimeoutError):
            page.wait_for_url("https://www.bbc.co.uk/**", timeout=5000)
            page.go_back(timeout=5000)
        time.sleep(SAVES_AFTER)


def speak_and_die(profile: Path, url: str, marks: Marks, times: int) -> None:
    """Write, leave words unsent, and have the browser killed: it keeps files for starting again."""
    with opened(profile, url) as page:
        for number in range(times):
            write(page, TYPED[number % len(TYPED)].format(marks.next()))
        page.locator("#input").fill(f"not sent {marks.next()}")
        time.sleep(SAVES_AFTER)
        for pid in browsers_of(profile):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def browsers_of(profile: Path) -> list[int]:
    """The browsers that run on this profile."""
    needle = os.fsencode(f"--user-data-dir={profile}")
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if needle in (process / "cmdline").read_bytes().split(b"\0"):
                found.append(int(process.name))
    return found
