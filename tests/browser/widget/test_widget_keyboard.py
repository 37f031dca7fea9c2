"""A whole conversation with the keyboard alone, and focus that nothing takes away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

if TYPE_CHECKING:
    from .conftest import ChatPage, OpenPage

MOST_STEPS = 60


def go_to(chat: ChatPage, name: str, key: str = "Tab") -> None:
    """Press Tab until what has this name has the focus."""
    named = "(host) => { host = host.shadowRoot?.activeElement ?? host; return host.innerText.trim() || host.tagName; }"
    for _ in range(MOST_STEPS):
        chat.page.keyboard.press(key)
        if chat.page.evaluate(f"({named})(document.activeElement)").startswith(name):
            return
    raise AssertionError(f"{name} is not reached with {key}")


def test_a_whole_conversation(open_page: OpenPage) -> None:
    chat = open_page()
    press, write = chat.page.keyboard.press, chat.page.keyboard.type
    go_to(chat, "Chat with Lantern")
    press("Enter")
    chat.wait()
    write("what is grooming")
    press("Enter")
    chat.wait()
    expect(chat.find(".from-lantern").last).to_be_visible()
    go_to(chat, "More", "Shift+Tab")
    press("Enter")
    chat.wait()
    expect(chat.find(".from-you")).to_have_count(2)
    go_to(chat, "Aa", "Shift+Tab")
    press("Enter")
    go_to(chat, "INPUT")
    press("ArrowDown")
    expect(chat.find(".lantern")).to_have_attribute("data-size", "1")
    press("Escape")
    go_to(chat, "Cymraeg")
    press("Enter")
    chat.wait()
    expect(chat.find(".lantern")).to_have_attribute("lang", "cy")
    go_to(chat, "Help")
    press("Enter")
    go_to(chat, "Ffonia 999")
    go_to(chat, "Dileu'r sgwrs hon")
    press("Enter")
    chat.wait()
    go_to(chat, "Dileu nawr", "Shift+Tab")
    press("Enter")
    expect(chat.find(".notice")).to_contain_text("mae'r sgwrs hon wedi mynd")
    assert chat.focused() == "input"
    go_to(chat, "Gadael", "Shift+Tab")
    press("Enter")
    chat.page.wait_for_url(chat.exit_url)


def test_what_is_said_never_takes_the_focus(chat: ChatPage, childline: dict[str, Any]) -> None:
    log = chat.find("[role=log]")
    expect(log).to_have_attribute("aria-live", "polite")
    expect(log).to_have_attribute("aria-relevant", "additions")
    answers: tuple[dict[str, Any], ...] = (
        {"type": "text", "text": "one", "buttons": [{"label": "More", "action": "more.x"}]},
        {"type": "helplines", "helplines": [childline]},
    )
    for place in (".close", "#input", ".log"):
        for answer in (*answers, None):
            chat.let_server_answer()
            chat.answer_with(answer) if answer else chat.answer_with(status=503, detail="Not now.")
            chat.find("#input").fill("hello")
            before = chat.find(place).evaluate("(element) => (element.focus(), element.id || element.className)")
            chat.find("form").evaluate("(form) => form.requestSubmit()")
            chat.wait()
            assert chat.focused() == before


def test_what_is_said_comes_in_order(chat: ChatPage) -> None:
    chat.answer_with({"type": "text", "text": "first"}, {"type": "text", "text": "second"})
    chat.page.evaluate(
        """() => {
            const log = document.querySelector("lantern-chat").shadowRoot.querySelector("[role=log]");
            window.heard = [];
            new MutationObserver((changes) => {
                for (const { addedNodes, removedNodes } of changes) {
                    heard.push(...[...addedNodes].map((node) => node.textContent));
                    heard.push(...[...removedNodes].map((node) => `taken away: ${node.textContent}`));
                }
            }).observe(log, { childList: true });
        }"""
    )
    chat.say("hello")
    assert chat.page.evaluate("heard") == ["You: hello", "Lantern: first", "Lantern: second"]
