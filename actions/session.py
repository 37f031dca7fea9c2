"""The small skills, starting again and deleting the chat."""

from __future__ import annotations

from actions.action import ContentAction
from actions.menus import topic_buttons
from actions.support_mode import WORDS_OF_INTENT as WORDS_IN_SUPPORT
from actions.support_mode import help_buttons, leave, still_here
from actions.turn import Turn
from content.profile import Profile

# The system message that answers each intent.
WORDS_OF_INTENT = {
    "greet": "welcome",
    "goodbye": "goodbye",
    "thank": "thanks",
    "ask_who_are_you": "who_are_you",
    "ask_privacy": "privacy",
    "out_of_scope": "out_of_scope",
    "ask_phone_bill": "phone_bill",
    "homework": "homework",
    "insult": "insult",
    "joke": "joke",
    "test_bot": "test_bot",
    "give_feedback": "feedback",
}


class Say(ContentAction):
    """A fixed answer, with the way on below it."""

    def name(self) -> str:
        return "action_say"

    def answer(self, turn: Turn) -> None:
        if turn.in_support and turn.intent in WORDS_IN_SUPPORT:
            still_here(turn, WORDS_IN_SUPPORT[turn.intent])
        else:
            turn.say(WORDS_OF_INTENT[turn.intent], way_on(turn))


class StartAgain(ContentAction):
    """Forget the topic, the needs and the profile, but not the language and what the site says of its pages."""

    def name(self) -> str:
        return "action_start_again"

    def answer(self, turn: Turn) -> None:
        leave(turn)
        language = turn.profile.language
        at_first = turn.site.starting_profile(language) if turn.site else Profile(language=language)
        turn.change_profile(**at_first.as_dict())
        turn.slots.update(topic=None, section=None, needs=None)
        turn.say("started_again", [*topic_buttons(turn), turn.button("button.help", "request_help")])


class DeleteChat(ContentAction):
    """Asks once; the confirmed press ends the chat, and the chat server drops all of it."""

    def name(self) -> str:
        return "action_delete_chat"

    def answer(self, turn: Turn) -> None:
        if turn.argument == "now":
            turn.say("deleted")
            turn.messages.append({"type": "profile", "ended": True})
            return
        buttons = [
            turn.button("button.delete_now", "delete_chat:now"),
            turn.button("button.keep_chat", "show_topics"),
            turn.button("button.help", "request_help"),
        ]
        turn.ask("delete_confirm", buttons)


def way_on(turn: Turn) -> list[dict[str, str]]:
    """The three buttons that always make sense; after a disclosure help comes first."""
    if turn.in_support:
        return [*help_buttons(turn), turn.button("button.topics", "show_topics")]
    return [
        turn.button("button.topics", "show_topics"),
        turn.button("button.help", "request_help"),
        turn.button("button.privacy", "ask_privacy"),
    ]
