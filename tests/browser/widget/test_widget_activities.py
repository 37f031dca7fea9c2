"""Stories, quizzes and checks are drawn as what they are, and stay open when the language changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

if TYPE_CHECKING:
    from .conftest import ChatPage, OpenPage

QUIZ = "show_activities:quiz/consent_basics/1"


def make_question(**changes: Any) -> dict[str, Any]:
    return {
        "type": "text",
        "text": "Does he have to say yes?",
        "activity": {"kind": "quiz", "title": "Consent", "step": 2, "steps": 6},
        "buttons": [
            {"label": "Yes", "action": f"{QUIZ}.0.x"},
            {"label": "No, he can choose", "action": f"{QUIZ}.1.x"},
            {"label": "Stop", "action": "show_activities.x"},
        ],
    } | changes


def test_a_question_shows_where_it_is_and_its_choices_below_each_other(chat: ChatPage) -> None:
    chat.answer_with(make_question())
    chat.say("quiz")
    expect(chat.find(".stage")).to_have_text("Quiz: Consent · Question 2 of 6")
    expect(chat.find(".dots i")).to_have_count(6)
    expect(chat.find(".dots .done")).to_have_count(2)
    choices = chat.page.get_by_role("group", name="Does he have to say yes?").get_by_role("button")
    expect(choices).to_have_text(["Yes", "No, he can choose"])
    boxes = [choice.bounding_box() for choice in choices.all()]
    assert boxes[0]
    assert boxes[1]
    assert (boxes[0]["x"], boxes[0]["width"]) == (boxes[1]["x"], boxes[1]["width"])
    assert boxes[0]["width"] > 300
    assert boxes[1]["y"] >= boxes[0]["y"] + boxes[0]["height"]
    expect(chat.find(".buttons:not(.steps)").last).to_have_text("Stop")


def test_the_end_is_said_in_words(chat: ChatPage) -> None:
    chat.answer_with(make_question(activity={"kind": "story", "title": "Priya", "over": True}, buttons=[]))
    chat.say("story")
    expect(chat.find(".stage")).to_have_text("Story: Priya · The end")


def test_a_step_is_told_apart_without_colours(open_page: OpenPage) -> None:
    chat = open_page(forced_colors="active").open()
    chat.answer_with(make_question())
    chat.say("quiz")
    for part in (".bubble", ".choice", ".send", ".exit", ".help-button"):
        assert chat.find(part).last.evaluate("(part) => getComputedStyle(part).borderTopStyle") == "solid", part


def test_an_open_story_is_shown_at_the_same_step_in_the_other_language(chat: ChatPage) -> None:
    chat.say("show me a story")
    for name in ("Stories", "Priya and Skyfox", "Stay in the game chat"):
        chat.page.get_by_role("button", name=name, exact=True).last.click()
        chat.wait()
    chat.find(".language").click()
    chat.wait()
    expect(chat.find(".stage").last).to_have_text("Stori: Priya a Skyfox")
    expect(chat.find(".steps").last.get_by_role("button")).to_have_count(2)
    expect(chat.find(".stage").last).to_be_in_viewport()


def test_someone_who_reads_further_up_stays_there_when_the_language_changes(chat: ChatPage) -> None:
    chat.answer_with(*({"type": "text", "text": f"{number}\\n" * 9} for number in range(9)))
    chat.say("a lot")
    chat.say("and more")
    chat.find(".log").evaluate("(log) => { log.scrollTop = 0; }")
    chat.find(".language").click()
    chat.wait()
    expect(chat.find(".from-you")).to_have_count(3)
    assert chat.find(".log").evaluate("(log) => log.scrollTop") == 0


def test_the_welcome_changes_language_with_the_panel(chat: ChatPage) -> None:
    chat.find("#input").fill("typed already")
    chat.find(".language").click()
    chat.wait()
    expect(chat.find(".from-lantern p").first).to_contain_text("Lantern ydw i")
    expect(chat.find(".log .message[lang=en]")).to_have_count(0)
    expect(chat.find("#input")).to_have_value("typed already")
