"""Not sure what was meant: best guesses as buttons, then the menu, and help always."""

from __future__ import annotations

from actions.action import ContentAction
from actions.menus import ASK
from actions.support import BUTTON_OF_SKILL
from actions.support_mode import still_here
from actions.turn import Turn

GUESSES = 3
# Skills worth guessing, with the label each has as a button. Topics are labelled by their own title.
LABEL_OF_SKILL = {
    "ask_privacy": "button.privacy",
    "show_topics": "button.topics",
    "start_again": "button.start_again",
    **BUTTON_OF_SKILL,
}


class Fallback(ContentAction):
    """ "Did you mean …?" with up to three of the classifier's candidates."""

    def name(self) -> str:
        return "action_fallback"

    def answer(self, turn: Turn) -> None:
        guesses = did_you_mean(turn)
        if turn.in_support:
            offered = {"request_help", "cannot_call", "ground_me", "ask_how_to_help"}
            still_here(turn, "support.not_sure", [guess for guess in guesses if guess["action"] not in offered])
            return
        help_button = turn.button("button.help", "request_help")
        topics = turn.button("button.topics", "show_topics")
        turn.slots["misses"] = turn.misses + 1
        if turn.misses:
            # A second miss in a row: a person may understand what a program does not.
            turn.say("fallback_again", [turn.button("button.talk_now", "request_help"), *guesses, topics])
        elif guesses:
            turn.say("fallback", [*guesses, help_button])
        else:
            turn.say("fallback_nothing", [topics, help_button])


def did_you_mean(turn: Turn) -> list[dict[str, str]]:
    """Buttons for the likeliest candidates that a button can stand for, best first."""
    titles = {f"{ASK}{topic.id}": topic.title(turn.profile.language) for topic in turn.release.topics}
    guesses = []
    for intent in turn.candidates:
        if intent in titles:
            guesses.append({"label": titles[intent], "action": intent})
        elif intent in LABEL_OF_SKILL:
            guesses.append(turn.button(LABEL_OF_SKILL[intent], intent))
    return guesses[:GUESSES]
