import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.buttons import ALWAYS_OFFERED, ButtonSigner, UnknownButton, without_buttons

SIGNER = ButtonSigner("a-secret-of-the-tests")


@pytest.mark.parametrize("action", ["ask_grooming", "ask_grooming:signs", "change_age_band:13_15", "a.b:c.d"])
def test_an_offered_button_is_taken(action: str) -> None:
    assert SIGNER.check("one", SIGNER.sign("one", action)) == action


@pytest.mark.parametrize("action", sorted(ALWAYS_OFFERED))
def test_help_is_always_taken(action: str) -> None:
    assert SIGNER.check("one", action) == action


def test_a_button_of_another_conversation_is_refused() -> None:
    with pytest.raises(UnknownButton):
        SIGNER.check("two", SIGNER.sign("one", "ask_consent"))


def test_a_button_with_another_argument_is_refused() -> None:
    _, mac = SIGNER.sign("one", "ask_consent:signs").rsplit(".", 1)
    with pytest.raises(UnknownButton):
        SIGNER.check("one", f"ask_consent:explain.{mac}")


@given(st.text())
def test_nothing_made_up_is_taken(made_up: str) -> None:
    if made_up not in ALWAYS_OFFERED:
        with pytest.raises(UnknownButton):
            SIGNER.check("one", made_up)


def test_deletion_itself_needs_its_button() -> None:
    with pytest.raises(UnknownButton):
        SIGNER.check("one", "delete_chat:now")


def test_every_button_is_signed_and_the_messages_are_not_changed() -> None:
    offered = [
        {"type": "text", "text": "a.b", "buttons": [{"label": "Go", "action": "ask_consent"}]},
        {"type": "story", "steps": [{"buttons": [{"label": "On", "action": "next:2"}]}]},
        {"type": "notice", "text": "plain", "buttons": None},
    ]
    signed = SIGNER.sign_all("one", offered)
    assert SIGNER.check("one", signed[0]["buttons"][0]["action"]) == "ask_consent"
    assert SIGNER.check("one", signed[1]["steps"][0]["buttons"][0]["action"]) == "next:2"
    assert signed[0]["text"] == "a.b"
    assert offered[0]["buttons"] == [{"label": "Go", "action": "ask_consent"}]


def test_buttons_can_be_left_out() -> None:
    assert without_buttons([{"type": "text", "text": "hi", "buttons": []}]) == [{"type": "text", "text": "hi"}]
