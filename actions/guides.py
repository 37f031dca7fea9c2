"""What happens when you call, text, chat or report: the steps of each service, and what it can not keep private."""

from __future__ import annotations

import re

from actions.action import ContentAction
from actions.support_mode import is_adult, needs_in_mind, offer_lines
from actions.turn import Turn
from content.helplines import EMERGENCY, Helpline
from content.messages import helpline_list
from content.routing import offer, offer_named, turns_away
from content.taxonomy import DEFAULT_LANGUAGE, LANGUAGES

CHOICES = 5
GENERAL_GUIDE = "guide.other"  # for a line that has no steps of its own
# Who is told when these are turned to, for "what happens after I tell?".
TOLD_AT = {
    "trusted-adult": "teacher",
    "school": "teacher",
    "council": "social_worker",
    "police-101": "police",
    EMERGENCY: "police",
}
SIGNPOSTS_TO_WRITE_TO = ("trusted-adult", "school")


class WhatHappens(ContentAction):
    """The steps of the line pressed or named; else a choice of the lines that were shown."""

    def name(self) -> str:
        return "action_what_happens"

    def answer(self, turn: Turn) -> None:
        line = turn.release.helplines.get(turn.argument or "") or find_named(turn)
        if line is None:
            turn.ask("guide.choose", line_choices(turn))
        elif turns_away(line, turn.profile):
            turn.say("guide.not_yours")
            offer_lines(turn)
        else:
            show_steps(turn, line)


def line_choices(turn: Turn) -> list[dict[str, str]]:
    """A button for each line that was shown, then for 999 and for an adult to turn to."""
    offers = offer(turn.release, needs_in_mind(turn), turn.profile)
    ids = [offered.helpline.id for offered in offers]
    ids += [EMERGENCY, "council" if is_adult(turn) else "trusted-adult"]
    lines = [turn.release.helplines[id_] for id_ in dict.fromkeys(ids) if id_ in turn.release.helplines]
    buttons = [
        {"label": line.words("name", turn.profile.language), "action": f"ask_what_happens:{line.id}"} for line in lines
    ]
    return [*buttons[:CHOICES], turn.button("button.lines_again", "request_help")]


def show_steps(turn: Turn, line: Helpline) -> None:
    """The steps, then the line itself when it may be offered now, else those that may."""
    own = f"guide.{line.id}"
    turn.say(own if turn.release.has_words(own, DEFAULT_LANGUAGE) else GENERAL_GUIDE)
    shown = offer_named(turn.release, [line.id], turn.profile)
    if shown:
        turn.messages.append(helpline_list(shown, turn.profile.language, buttons_after(turn, line)))
    else:
        offer_lines(turn, key="guide.not_now")


def buttons_after(turn: Turn, line: Helpline) -> list[dict[str, str]]:
    """The next step with this line first."""
    buttons = [turn.button("button.i_will_try", "ask_got_through")]
    if line.id in SIGNPOSTS_TO_WRITE_TO and not is_adult(turn):
        buttons.append(turn.button("button.build_message", "build_message"))
    if line.id in TOLD_AT:
        buttons.append(turn.button("button.after_telling", f"ask_after_telling:{TOLD_AT[line.id]}"))
    elif not is_adult(turn):
        buttons.append(turn.button("button.cannot_call", "cannot_call"))
    buttons.append(turn.button("button.another_line", "ask_what_happens"))
    return [*buttons, turn.button("button.lines_again", "request_help")]


def find_named(turn: Turn) -> Helpline | None:
    """The line whose name or number stands in what was typed; the longest name when there are several."""
    words = turn.text.casefold()
    found = [
        (len(name), line)
        for line in turn.release.helplines.values()
        for name in _names(line)
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words)
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _names(line: Helpline) -> set[str]:
    """What a person may call it: its name up to a bracket or colon, its id in words, its phone number."""
    names = {re.split(r"[(:]", line.words("name", language))[0] for language in LANGUAGES}
    names |= {re.sub(r"^(an|the|y|yr) ", "", name.strip(), flags=re.IGNORECASE) for name in names}
    numbers = {route.label for route in line.routes if route.channel == "phone"}
    return {name.strip().casefold() for name in names | numbers | {line.id.replace("-", " ")}} - {""}
