"""Another way than the phone, and not now."""

from __future__ import annotations

from actions.action import ContentAction
from actions.support_mode import (
    WITHOUT_SPEAKING,
    is_adult,
    is_in_danger,
    keep_999,
    needs_in_mind,
    offer_lines,
)
from actions.turn import Turn
from content.helplines import EMERGENCY
from content.messages import helpline_list
from content.routing import Offer, offer, offer_named

CHANNELS = ("text", "webchat", "form", "bsl", "in_person")
WRITTEN = ("text", "webchat", "form")
# No route of these is in the table of needs: who has them is a fact of the service.
BSL_LINES = ("childline", "nhs-111", "999-bsl")
IN_PERSON = ("trusted-adult", "school", "council")
IN_PERSON_FOR_ADULTS = ("own-lead", "council")


class OtherWays(ContentAction):
    """The ways there are as buttons; then the lines that can be reached that way."""

    def name(self) -> str:
        return "action_other_ways"

    def answer(self, turn: Turn) -> None:
        if turn.argument in CHANNELS:
            show_way(turn, turn.argument)
            return
        ways = [way for way in CHANNELS if find_lines(turn, way)]
        buttons = [turn.button(f"channel.{way}", f"cannot_call:{way}") for way in ways]
        buttons.append(turn.button("button.not_now", "cannot_talk_now"))
        if is_in_danger(turn):
            keep_999(turn, *WITHOUT_SPEAKING)
            turn.say("got_through.next", buttons)
        else:
            turn.ask("channel.choose", buttons)


class TalkLater(ContentAction):
    """Nothing is asked: a word for later, how to leave fast, and the silent ways."""

    def name(self) -> str:
        return "action_talk_later"

    def answer(self, turn: Turn) -> None:
        buttons = [
            turn.button("channel.text", "cannot_call:text"),
            turn.button("channel.webchat", "cannot_call:webchat"),
            turn.button("button.silent_call", "ask_what_happens:silent-solution-55"),
            turn.button("button.ground_me", "ground_me"),
            turn.button("button.lines_again", "request_help"),
        ]
        if is_in_danger(turn):
            keep_999(turn, *WITHOUT_SPEAKING)
        turn.say("later", buttons, word=turn.word("safe_word"))


def show_way(turn: Turn, way: str) -> None:
    """How it works, and the lines with only the routes that fit it."""
    lines = find_lines(turn, way)
    if not lines:
        offer_lines(turn, key="channel.none")
        return
    turn.say(f"channel.how.{way}")
    message = helpline_list(lines, turn.profile.language, buttons_after(turn, way))
    for shown in message["helplines"]:
        shown["routes"] = [route for route in shown["routes"] if _fits(shown["id"], route["channel"], way)]
    turn.messages.append(message)


def find_lines(turn: Turn, way: str) -> list[Offer]:
    """The lines that can be reached this way, for this person, now."""
    if way == "bsl":
        return offer_named(turn.release, BSL_LINES, turn.profile)
    if way == "in_person":
        ids = IN_PERSON_FOR_ADULTS if is_adult(turn) else IN_PERSON
        return offer_named(turn.release, ids, turn.profile)
    offers = offer(turn.release, needs_in_mind(turn), turn.profile, channel=way)
    with_way = [offered for offered in offers if offered.helpline.has_channel(way)]
    danger = [offered for offered in offers if offered.helpline.id == EMERGENCY]
    return [*danger, *with_way] if with_way else []


def buttons_after(turn: Turn, way: str) -> list[dict[str, str]]:
    """What helps next: a message to write, or another way."""
    buttons = [turn.button("button.i_will_try", "ask_got_through")]
    if way == "in_person" and not is_adult(turn):
        buttons.append(turn.button("button.build_message", "build_message"))
    if way == "in_person":
        buttons.append(turn.button("button.after_telling", "ask_after_telling"))
    else:
        buttons.append(turn.button("button.what_happens", "ask_what_happens"))
    buttons.append(turn.button("button.another_way", "cannot_call"))
    return [*buttons, turn.button("button.lines_again", "request_help")]


def _fits(line: str, channel: str, way: str) -> bool:
    if line == EMERGENCY:
        return True
    return channel == way if way in WRITTEN else channel != "phone"
