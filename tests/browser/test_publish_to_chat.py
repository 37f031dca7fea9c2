"""Staff change a sentence in the admin; the chat says it within ten seconds."""

from __future__ import annotations

import subprocess
import sys
import time

from playwright.sync_api import Browser, expect

from ops.conversation import Conversation, words_of
from ops.stack import ROOT, Stack

EMAIL, PASSWORD = "editor@example.org", "a long enough password"
SENTENCE = "Grooming is a word for winning trust in order to harm."
LIVE_WITHIN_SECONDS = 10


def test_a_published_sentence_is_live_within_ten_seconds(stack: Stack, browser: Browser) -> None:
    subprocess.run(
        [sys.executable, "-m", "admin", "create-admin", EMAIL, "--password-stdin"],
        cwd=ROOT, env=stack.environment, input=PASSWORD + "\n", text=True, check=True, capture_output=True,
    )  # fmt: skip
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{stack.admin_url}/sign-in")
    page.get_by_label("Email address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{stack.admin_url}/topics/grooming/explain/en/young_person/any/standard")
    page.locator("textarea").first.fill(SENTENCE)
    page.get_by_role("button", name="Save as draft").click()
    assert SENTENCE not in words_of(Conversation(stack.chat_url).type("what is grooming"))
    page.goto(f"{stack.admin_url}/releases/publish")
    page.get_by_label("Why do you publish this?").fill("A plainer first sentence.")
    page.get_by_role("button", name="Publish now").click()
    expect(page.locator("h1")).to_be_visible()
    published = time.monotonic()
    while SENTENCE not in words_of(Conversation(stack.chat_url).type("what is grooming")):
        assert time.monotonic() - published < LIVE_WITHIN_SECONDS, "the sentence is not live"
        time.sleep(0.5)
    context.close()
