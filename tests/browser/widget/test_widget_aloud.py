"""Reading aloud: off until it is turned on, in each message's language, and quiet at once when it has to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from .conftest import ChatPage, OpenPage

# A device with these voices. What it is told to say is kept in `spoken` until it is told to stop.
DEVICE = """
    window.spoken = [];
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
    Object.defineProperty(window, "speechSynthesis", { value: VOICES && {
        getVoices: () => VOICES.map((lang) => ({ lang })),
        speak: (utterance) => spoken.push(utterance),
        cancel: () => spoken.splice(0),
    } });
"""


@pytest.fixture
def open_talking(open_page: OpenPage) -> Any:
    def open_(voices: str = "['en-GB', 'cy-GB']", query: str = "") -> ChatPage:
        chat = open_page(query, script=DEVICE.replace("VOICES", voices))
        return chat.open()

    return open_


def turn_on(chat: ChatPage, name: str = "Read messages out loud") -> None:
    chat.find(".settings-button").click()
    chat.page.get_by_role("checkbox", name=name).check()
    chat.find("#settings .back").click()


def spoken(chat: ChatPage) -> list[list[str]]:
    return chat.page.evaluate("spoken.map(({ lang, text }) => [lang, text])")  # type: ignore[no-any-return]


def test_nothing_is_read_until_it_is_turned_on(open_talking: Any) -> None:
    chat = open_talking()
    chat.answer_with({"type": "text", "text": "One"})
    chat.say("hello")
    assert spoken(chat) == []
    turn_on(chat)
    assert spoken(chat) == [["en-GB", "One"]]


def test_answers_are_read_with_their_help_and_their_buttons(open_talking: Any, childline: dict[str, Any]) -> None:
    chat = open_talking()
    turn_on(chat)
    chat.answer_with({"type": "helplines", "text": "**Here** is help", "helplines": [childline],
                      "buttons": [{"label": "More", "action": "request_help"}]})  # fmt: skip
    chat.say("help")
    ((_, text),) = spoken(chat)
    assert [part for part in ("Here is help", "Childline", "Call 0800 1111", "More") if part not in text] == []
    assert "hello" not in text  # what a person writes is theirs


def test_welsh_is_read_in_welsh(open_talking: Any) -> None:
    chat = open_talking(query="?language=cy")
    turn_on(chat, "Darllen negeseuon yn uchel")
    assert {lang for lang, _ in spoken(chat)} == {"cy-GB"}


def test_a_device_without_a_welsh_voice_says_so_and_reads_no_welsh(open_talking: Any) -> None:
    chat = open_talking("['en-GB']", query="?language=cy")
    turn_on(chat, "Darllen negeseuon yn uchel")
    assert spoken(chat) == []
    expect(chat.find("#settings")).to_contain_text("Does dim llais Cymraeg")


WAYS_TO_STOP = {
    "button": "find('.hush').click()",
    "close": "find('.close').click()",
    "exit": "find('.exit').click()",
    "turn off": "find('.settings-button').click(); [...find('#settings').querySelectorAll('input')].pop().click()",
    "say": "find('#input').value = 'hello'; find('form').requestSubmit()",
    "leave": "dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))",
}


@pytest.mark.parametrize("way", WAYS_TO_STOP)
def test_it_stops_at_once(open_talking: Any, way: str) -> None:
    chat = open_talking()
    turn_on(chat)
    assert spoken(chat)
    expect(chat.find(".hush")).to_be_visible()
    left = chat.find(".lantern").evaluate(
        f"(root) => {{ const find = (name) => root.querySelector(name); {WAYS_TO_STOP[way]}; return spoken.length; }}"
    )
    assert left == 0


def test_where_the_device_can_not_speak_it_is_not_offered(open_talking: Any) -> None:
    chat = open_talking("undefined")
    chat.find(".settings-button").click()
    expect(chat.page.get_by_role("checkbox")).to_have_count(1)
