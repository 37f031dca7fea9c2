"""The words a conversation is in are told with each answer, so that a switch for them can show the truth."""


def test_an_answer_says_which_words_the_conversation_is_in(browse, rasa) -> None:
    person = browse()
    assert person.post(text="hello").json["reading_level"] == "standard"
    rasa.messages = [{"type": "profile", "reading_level": "easy_read"}, {"type": "text", "text": "OK."}]
    assert person.post(text="simpler please").json["reading_level"] == "easy_read"
    rasa.messages = [{"type": "text", "text": "And now?"}]
    assert person.post(text="hello").json["reading_level"] == "easy_read"


def test_the_switch_needs_no_button_that_was_offered(browse, rasa) -> None:
    assert browse().post(action="change_reading_level:easy_read").status_code == 200
    assert browse().post(action="change_reading_level:standard").status_code == 200
    assert browse().post(action="change_reading_level:other").status_code == 422


def test_a_step_of_an_activity_reaches_the_browser(browse, rasa) -> None:
    step = {"kind": "quiz", "title": "Consent", "step": 1, "steps": 6}
    rasa.messages = [{"type": "text", "text": "Is that a yes?", "activity": step}]
    assert browse().say("quiz")[0]["activity"] == step
