"""Staff change a sentence, a colleague approves it, the widget says it, and no longer after going back."""

from __future__ import annotations

import subprocess
import sys
import time

from passlib.totp import TOTP
from playwright.sync_api import Browser, Page, expect

from ops.conversation import Conversation, words_of
from ops.stack import ROOT, Stack
from tests.browser.widget.conftest import ChatPage

EMAIL, PASSWORD = "editor@example.org", "a long enough password"
COLLEAGUE = "reviewer@example.org"
PLACE = "/topics/grooming/explain/en/young_person/any/standard"
QUESTION = "what is grooming"
SENTENCE = "Grooming is a word for winning trust in order to harm."
LIVE_WITHIN_SECONDS = 5


def sign_in(page: Page, stack: Stack, email: str) -> None:
    page.goto(f"{stack.admin_url}/sign-in")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def set_up_second_factor(page: Page) -> None:
    """As someone does who reads the key into their authenticator app."""
    expect(page.locator("h1")).to_have_text("Set up your second factor")
    on_the_phone = TOTP(key=page.locator("code").inner_text().replace("-", ""))
    page.get_by_label("Code that the app shows").fill(str(on_the_phone.generate().token))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.locator(".codes li")).to_have_count(10)
    page.get_by_role("button", name="I have kept them").click()


def add_colleague(page: Page, stack: Stack) -> str:
    """The link with which they choose their password."""
    page.goto(f"{stack.admin_url}/people/new")
    page.get_by_label("Email address").fill(COLLEAGUE)
    page.get_by_label("Reviewer").check()
    page.get_by_role("button", name="Add them").click()
    return page.get_by_label("Link").input_value()


def open_widget(browser: Browser, stack: Stack) -> ChatPage:
    """Someone who has the chat open and has not asked yet."""
    page = browser.new_context(reduced_motion="reduce").new_page()  # which also leaves out the pauses between bubbles
    page.goto(stack.chat_url)
    return ChatPage(page).open()


def ask_in(widget: ChatPage) -> list[str]:
    """The bubbles they read when they ask now."""
    widget.say(QUESTION)
    said = widget.find(".from-you ~ .from-lantern .bubble").all_inner_texts()
    widget.page.context.close()
    return [bubble.strip().splitlines()[-1] for bubble in said]  # without the name that is read out before them


def wait_until_said(stack: Stack, widget: ChatPage, sentence: str) -> float:
    """Until the chat begins its answer with it, this widget too; in how many seconds, LIVE_WITHIN_SECONDS at most."""
    since = time.monotonic()
    while not words_of(Conversation(stack.chat_url).type(QUESTION)).startswith(sentence):
        assert time.monotonic() - since < LIVE_WITHIN_SECONDS, "the chat still says something else"
        time.sleep(0.25)
    assert ask_in(widget)[0] == sentence
    took = time.monotonic() - since
    assert took < LIVE_WITHIN_SECONDS, f"it took {took:.1f} seconds"
    return took


def test_a_sentence_is_written_approved_published_and_taken_back(stack: Stack, browser: Browser) -> None:
    subprocess.run(
        [sys.executable, "-m", "admin", "create-admin", EMAIL, "--password-stdin"],
        cwd=ROOT, env=stack.environment, input=PASSWORD + "\n", text=True, check=True, capture_output=True,
    )  # fmt: skip
    mine, theirs = browser.new_context(), browser.new_context()
    editor, reviewer = mine.new_page(), theirs.new_page()
    sign_in(editor, stack, EMAIL)
    set_up_second_factor(editor)
    reviewer.goto(add_colleague(editor, stack))
    reviewer.get_by_label("New password").fill(PASSWORD)
    reviewer.get_by_label("The same again").fill(PASSWORD)
    reviewer.get_by_role("button", name="Save the password").click()
    sign_in(reviewer, stack, COLLEAGUE)

    editor.goto(stack.admin_url + PLACE)
    editor.get_by_label("Bubble 1").fill(SENTENCE)
    editor.get_by_role("button", name="Save as draft").click()
    editor.get_by_role("button", name="Send for review").click()
    expect(editor.get_by_text("Sent for review. Someone else")).to_be_visible()
    reviewer.goto(stack.admin_url)
    reviewer.get_by_role("link", name="Grooming: What it means").first.click()
    reviewer.get_by_role("button", name="Approve", exact=True).click()
    expect(reviewer.get_by_text("Approved.")).to_be_visible()
    before = ask_in(open_widget(browser, stack))
    assert before
    assert SENTENCE not in before
    widgets = [open_widget(browser, stack) for _ in range(2)]

    editor.goto(f"{stack.admin_url}/releases/publish")
    editor.get_by_label("Why do you publish this?").fill("A plainer first sentence.")
    editor.get_by_role("button", name="Publish now").click()
    expect(editor.get_by_text("is live. The chat uses it")).to_be_visible()
    print(f"In the widget after {wait_until_said(stack, widgets[0], SENTENCE):.1f} s.")  # shown by -s

    editor.goto(f"{stack.admin_url}/releases/1")
    editor.get_by_label("Why do you go back?").fill("The old one was clearer.")
    editor.get_by_role("button", name="Publish this release again").click()
    expect(editor.get_by_text("says what an older one said")).to_be_visible()
    print(f"Out of the widget after {wait_until_said(stack, widgets[1], before[0]):.1f} s.")
    assert ask_in(open_widget(browser, stack)) == before
    mine.close()
    theirs.close()
