"""Talking: typed messages, pressed buttons and their answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from playwright.sync_api import Route, expect

if TYPE_CHECKING:
    from .conftest import ChatPage


def test_welcome_comes_with_words_on_computer_and_exit(chat: ChatPage) -> None:
    expect(chat.page.get_by_role("dialog", name="Lantern")).to_be_visible()
    expect(chat.find(".footnote")).to_contain_text("computer")
    expect(chat.find(".tip")).to_contain_text("Shift")
    assert chat.find(".from-lantern").count() >= 2


def test_typed_message_is_answered_below_it(chat: ChatPage) -> None:
    before = chat.find(".from-lantern").count()
    chat.write("what is consent?")
    expect(chat.find(".from-you")).to_contain_text("what is consent?")
    chat.wait()
    assert chat.find(".from-lantern").count() > before
    expect(chat.find(".from-you ~ .from-lantern").first).to_be_visible()
    assert chat.focused() == "input"
    expect(chat.find("#input")).to_have_value("")


def test_messages_written_while_waiting_are_answered_in_order(chat: ChatPage) -> None:
    def repeat(route: Route) -> None:
        said = route.request.post_data_json["text"]
        route.fulfill(body=json.dumps({"messages": [{"type": "text", "text": f"about {said}"}]}))

    chat.page.route("**/messages", repeat)
    chat.write("one")
    chat.say("two")
    answers = chat.find(".from-you ~ .from-lantern p").all_inner_texts()
    assert answers == ["about one", "about two"]


def test_pressed_button_speaks_for_the_person_and_works_again(chat: ChatPage) -> None:
    button = chat.find(".log .choice").first
    label = button.inner_text()
    for presses in (1, 2):
        button.click()
        expect(chat.find(".from-you")).to_have_count(presses)
        chat.wait()
        expect(chat.find(".from-you p").last).to_have_text(label)
    assert chat.focused() == "choice"


def test_shift_enter_is_a_new_line_and_counter_shows_near_the_end(chat: ChatPage) -> None:
    box = chat.find("#input")
    box.focus()
    height = box.bounding_box()
    chat.page.keyboard.type("one")
    chat.page.keyboard.press("Shift+Enter")
    chat.page.keyboard.type("two")
    expect(box).to_have_value("one\ntwo")
    grown = box.bounding_box()
    assert height
    assert grown
    assert grown["height"] > height["height"]
    expect(chat.find(".counter")).to_be_hidden()
    box.fill("a" * 1990)
    expect(chat.find(".counter")).to_contain_text("10")


def test_deleting_the_chat_empties_it_and_the_next_message_starts_a_new_one(chat: ChatPage) -> None:
    chat.say("what is consent?")
    chat.answer_with({"type": "text", "text": "?", "buttons": [{"label": "Yes", "action": "delete_chat:now.x"}]})
    chat.write("delete it")
    chat.page.get_by_role("button", name="Yes").click()
    expect(chat.find(".from-you")).to_have_count(0)
    assert chat.focused() == "input"
    with chat.page.expect_request("**/api/conversations") as started:
        chat.write("hello")
    assert started.value.method == "POST"
