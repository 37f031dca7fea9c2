"""axe finds nothing in any state of the widget: light, dark, high contrast, Welsh, narrow, large."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

if TYPE_CHECKING:
    from .conftest import ChatPage, OpenPage

LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "high contrast": {"contrast": "more"},
    "narrow": {"width": 320, "height": 640},
    "Welsh": {"query": "?language=cy"},
}
STEP = "show_activities:quiz/consent/1"
PICTURE = {"src": "widget/pictures/breathe.svg?v=0", "alt": "Someone who breathes out"}
ANSWERS: dict[str, list[dict[str, Any]]] = {
    "answered": [
        {"type": "text", "text": "**One** and [two](https://example.org/)", "picture": PICTURE},
        {"type": "card", "title": "A card", "text": "to copy", "copy": True},
        {"type": "question", "text": "How old are you?", "buttons": [{"label": "Skip", "action": "skip.x"}]},
    ],
    "story": [
        {
            "type": "text",
            "text": "What could Priya do?",
            "activity": {"kind": "story", "title": "Priya"},
            "buttons": [{"label": "Go", "action": f"{STEP}.x"}],
        }
    ],
    "quiz": [
        {
            "type": "text",
            "text": "Is that a yes?",
            "activity": {"kind": "quiz", "title": "Consent", "step": 1, "steps": 3},
            "buttons": [{"label": "No", "action": f"{STEP}.x"}, {"label": "Stop", "action": "stop.x"}],
        }
    ],
}


def findings(chat: ChatPage, state: str) -> list[str]:
    """What axe finds, in a line each."""
    found = Axe().run(chat.page).response["violations"]
    return [f"{state}: {rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing(open_page: OpenPage, childline: dict[str, Any], look: str) -> None:
    settings = dict(LOOKS[look])
    chat = open_page(settings.pop("query", ""), **settings)
    wrong = findings(chat, "closed")
    chat.open()
    for state, messages in (ANSWERS | {"helplines": [{"type": "helplines", "helplines": [childline]}]}).items():
        chat.answer_with(*messages)
        chat.say(state)
        chat.let_server_answer()
    chat.answer_with(status=503, detail="Not now.")
    chat.say("error")
    for details in chat.find(".log summary").all():
        details.click()
    wrong += findings(chat, "everything said")
    chat.find(".help-button").click()
    wrong += findings(chat, "help")
    chat.find(".settings-button").click()
    wrong += findings(chat, "settings")
    chat.find("#settings input[value='2']").check()
    chat.page.keyboard.press("Escape")
    wrong += findings(chat, "largest")
    assert wrong == []


def test_axe_finds_nothing_on_the_cover_of_exit(chat: ChatPage) -> None:
    chat.page.route(chat.exit_url, lambda route: route.fulfill(status=204))  # stays where it is
    chat.find(".exit").click(no_wait_after=True)
    expect(chat.page.locator("html > dialog")).to_be_visible()
    assert findings(chat, "cover") == []
