"""Did you get through? Yes, no or not yet, each with a way on. The answer is counted and kept nowhere."""

from __future__ import annotations

from actions.action import ContentAction
from actions.support_mode import is_adult, is_in_danger, keep_999, needs_in_mind
from actions.turn import Turn
from content.helplines import EMERGENCY
from content.messages import helpline_list
from content.routing import LIMIT, Offer, offer, offer_named

ANSWERS = ("yes", "no", "not_yet")
LOOK_AT = 3 * LIMIT
TRUSTED_ADULT = "trusted-adult"


class GotThrough(ContentAction):
    """Asks with three buttons; typed words get the same three, because "I didn't" and "I did" look alike."""

    def name(self) -> str:
        return "action_got_through"

    def answer(self, turn: Turn) -> None:
        if turn.argument == "yes":
            buttons = [
                turn.button("button.lines_again", "request_help"),
                turn.button("button.topics", "show_topics"),
            ]
            turn.say("got_through.yes", buttons)
        elif turn.argument == "no":
            another_way(turn)
        elif turn.argument == "not_yet":
            turn.say("got_through.not_yet", ways_on(turn))
        else:
            buttons = [turn.button(f"got_through.button.{it}", f"got_through:{it}") for it in ANSWERS]
            key = "got_through.try" if turn.intent == "ask_got_through" else "got_through.ask"
            buttons.append(turn.button("button.lines_again", "request_help"))
            if is_in_danger(turn):
                keep_999(turn)
                turn.say("got_through.try", buttons)
            else:
                turn.ask(key, buttons)


def another_way(turn: Turn) -> None:
    """Lines that were not shown before, an adult near by, and writing; 999 first where there was danger."""
    turn.say("got_through.no")
    language = turn.profile.language
    if is_in_danger(turn):
        keep_999(turn)
    lines = next_lines(turn)
    if lines:
        message = helpline_list(lines, language, ways_on(turn), turn.word("got_through.next"))
        turn.messages.append(message)
    else:
        turn.say("got_through.again", ways_on(turn))


def next_lines(turn: Turn) -> list[Offer]:
    """The lines behind those that help showed, and a trusted adult."""
    needs = needs_in_mind(turn)
    shown_at_first = LIMIT + 1 if is_in_danger(turn) else LIMIT
    lines = offer(turn.release, needs, turn.profile, limit=LOOK_AT)[shown_at_first:]
    lines = [offered for offered in lines if offered.helpline.id not in (EMERGENCY, TRUSTED_ADULT)]
    if is_adult(turn):
        return lines[:LIMIT]
    return [*lines[: LIMIT - 1], *offer_named(turn.release, [TRUSTED_ADULT], turn.profile)]


def ways_on(turn: Turn) -> list[dict[str, str]]:
    """Text, online chat and a message to write; for an adult, who to tell and how to report."""
    lines = turn.button("button.lines_again", "request_help")
    if is_adult(turn):
        return [
            turn.button("how_to_help.button.tell", "ask_how_to_help:tell"),
            turn.button("how_to_help.button.report", "ask_how_to_help:report"),
            lines,
        ]
    return [
        turn.button("channel.text", "cannot_call:text"),
        turn.button("channel.webchat", "cannot_call:webchat"),
        turn.button("button.build_message", "build_message"),
        turn.button("button.what_happens", "ask_what_happens"),
        lines,
    ]
