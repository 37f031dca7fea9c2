"""Support mode: after a disclosure the way to help comes first, until the person chooses something else.

It is a slot of the tracker, so it ends with the chat. It says nothing about the person, only what was shown last.
"""

from __future__ import annotations

import re

from actions.turn import Turn
from content.helplines import EMERGENCY
from content.messages import helpline_list
from content.profile import Profile
from content.routing import ADULT_NEEDS, COUNCIL, DANGER_NEEDS, SILENT_CALL, offer, offer_named
from content.support import help_messages
from content.taxonomy import DEFAULT_AUDIENCE, LANGUAGES, NATION_OF_PLACE

GENERAL = ("general_talk",)
WITHOUT_SPEAKING = (SILENT_CALL, "emergency-sms", "999-bsl")  # how 999 is reached by those who can not talk
BEGINS_AT = ("disclosure", "emergency")
# What the small skills say while it lasts.
WORDS_OF_INTENT = {
    "greet": "support.hello",
    "thank": "support.thanks",
    "goodbye": "support.goodbye",
    **dict.fromkeys(("out_of_scope", "homework", "insult", "joke", "test_bot"), "support.still_here"),
}


def needs_in_mind(turn: Turn) -> list[str]:
    """What help was last about, most likely first; a plain talk when nothing was."""
    return list(turn.needs or GENERAL)


def is_adult(turn: Turn) -> bool:
    """Whether an adult asks about a child, by the page they came from or by what they wrote."""
    return turn.profile.audience != DEFAULT_AUDIENCE or any(need in ADULT_NEEDS for need in turn.needs)


def is_in_danger(turn: Turn) -> bool:
    """Whether what help was last about calls for 999."""
    return any(need in DANGER_NEEDS for need in turn.needs)


def keep_999(turn: Turn, *ways: str) -> None:
    """999 once more, alone; then those ways to reach it without speaking. Nothing is asked."""
    turn.say("got_through.danger")
    for ids in ((EMERGENCY,), ways):
        offers = offer_named(turn.release, ids, turn.profile)
        if offers:
            turn.messages.append(helpline_list(offers, turn.profile.language))


def leave(turn: Turn) -> None:
    """The person chose something else."""
    turn.in_support = False
    turn.slots["in_support"] = None


def still_here(turn: Turn, key: str, others: list[dict[str, str]] | None = None) -> None:
    """Say calmly that help is still here, the lines' button first."""
    turn.say(key, [*help_buttons(turn), *(others or []), turn.button("button.topics", "show_topics")])


def help_buttons(turn: Turn) -> list[dict[str, str]]:
    """The lines again, and two ways to go on that need no call."""
    lines = turn.button("button.lines_again", "request_help")
    if is_adult(turn):
        return [lines, turn.button("button.how_to_help", "ask_how_to_help")]
    return [
        lines,
        turn.button("button.cannot_call", "cannot_call"),
        turn.button("button.ground_me", "ground_me"),
    ]


def says_safe_word(turn: Turn) -> bool:
    """Whether the one word that opens help was typed, and nothing else; in either language."""
    typed = re.sub(r"[^\w]", "", turn.text).casefold()
    words = {
        turn.release.word("safe_word", language).casefold()
        for language in LANGUAGES
        if turn.release.has_words("safe_word", language)
    }
    return typed in words


def open_help(turn: Turn) -> None:
    """The help that was talked about before, or help with anything."""
    turn.messages += help_messages(turn.release, "none", needs_in_mind(turn), turn.profile)


def places_of(profile: Profile) -> list[str]:
    """The places to choose from: those of the nation told, as long as no place was."""
    if profile.place or profile.nation is None:
        return []
    return [place for place, nation in NATION_OF_PLACE.items() if nation == profile.nation]


def offer_lines(turn: Turn, limit: int = 3, key: str = "more_options") -> None:
    """The lines for what was last talked about, for who the person says they are now."""
    offers = offer(turn.release, needs_in_mind(turn), turn.profile, limit=limit)
    buttons = []
    if turn.profile.nation is None:
        buttons.append(turn.button("button.tell_nation", "change_nation"))
    if any(offered.helpline.id == COUNCIL for offered in offers):
        buttons += [turn.button(f"nation.{place}", f"change_nation:{place}") for place in places_of(turn.profile)]
    if turn.profile.age_band is None and not is_adult(turn):
        buttons.append(turn.button("button.tell_age", "change_age_band"))
    if is_adult(turn):
        buttons.append(turn.button("button.what_happens", "ask_what_happens"))
        buttons.append(turn.button("button.how_to_help", "ask_how_to_help"))
    else:
        buttons.append(turn.button("button.build_message", "build_message"))
        buttons.append(turn.button("button.ground_me", "ground_me"))
    buttons.append(turn.button("button.topics", "show_topics"))
    turn.messages.append(helpline_list(offers, turn.profile.language, buttons, turn.word(key)))
