"""Two hundred messages: the last costs about what the tenth did, and someone who reads further up is left in peace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import CDPSession, expect

if TYPE_CHECKING:
    from .conftest import ChatPage

MANY = 100  # exchanges, a message each way
FEW = 9
MOST = 3.0  # times the work
# Says something `times` times, each time when the one before is answered and drawn. The server is a promise, so that
# nothing but the widget is measured.
SAY = """async (root, times) => {
    const text = "An answer of some length, with **bold** words and a [link](https://example.org/), on a few lines. ";
    const messages = [{ type: "text", text: text + text, buttons: [{ label: "More", action: "show_topics" }] }];
    window.fetch = async () => new Response(JSON.stringify({ messages }));
    for (let time = 0; time < times; time += 1) {
        await new Promise((done) => {
            let added = 0;
            new MutationObserver((changes, observer) => {
                added += changes.reduce((sum, { addedNodes }) => sum + addedNodes.length, 0);
                if (added < 2) return;
                observer.disconnect();
                requestAnimationFrame(() => setTimeout(done));
            }).observe(root.querySelector(".log"), { childList: true });
            root.querySelector("#input").value = "a question of some words, so that it takes two lines";
            root.querySelector("form").requestSubmit();
        });
    }
}"""


def work(browser: CDPSession) -> float:
    """Seconds the browser has spent on this page: script, style and layout."""
    metrics = {metric["name"]: metric["value"] for metric in browser.send("Performance.getMetrics")["metrics"]}
    return float(metrics["ScriptDuration"] + metrics["RecalcStyleDuration"] + metrics["LayoutDuration"])


def test_the_two_hundredth_message_costs_about_what_the_tenth_did(chat: ChatPage) -> None:
    browser = chat.page.context.new_cdp_session(chat.page)
    browser.send("Performance.enable")
    root = chat.find(".lantern")

    def measure() -> float:
        """The least of a few: what else the machine does only ever adds."""
        took = []
        for _ in range(FEW):
            before = work(browser)
            root.evaluate(SAY, 1)
            took.append(work(browser) - before)
        return min(took)

    root.evaluate(SAY, 3)  # all code has run by then
    early = measure()
    root.evaluate(SAY, MANY - 2 * FEW - 3)
    late = measure()
    expect(chat.find(".from-you")).to_have_count(MANY)
    assert late < MOST * early, f"{late * 1000:.1f} ms in place of {early * 1000:.1f}"

    chat.find(".log").hover()
    chat.page.mouse.wheel(0, -4_000)  # pixels
    chat.page.wait_for_timeout(100)
    place = chat.find(".log").evaluate("(log) => log.scrollTop")
    chat.page.evaluate("document.querySelector('lantern-chat').shadowRoot.querySelector('.language').click()")
    chat.wait()
    assert abs(chat.find(".log").evaluate("(log) => log.scrollTop") - place) <= 1
