"""For someone worried about somebody else: what to say, what not to, whom to tell, how to report."""

from __future__ import annotations

from actions.action import ContentAction
from actions.support_mode import needs_in_mind
from actions.turn import Turn
from content.messages import helpline_list
from content.routing import ADULT_NEED_OF_AUDIENCE, offer
from content.taxonomy import DEFAULT_AUDIENCE

PARTS = ("say", "not", "tell", "report")
FRIEND = "friend"
# Who asks, where the page did not say but the words did.
AUDIENCE_OF_NEED = {"parent_worried": "parent_carer", "professional_worried": "professional"}
WITH_LINES = ("tell", "report")


class HowToHelp(ContentAction):
    """The four parts as buttons, then each in the words for a friend, a parent, a professional or a neighbour."""

    def name(self) -> str:
        return "action_how_to_help"

    def answer(self, turn: Turn) -> None:
        who = find_asker(turn)
        if turn.argument not in PARTS:
            turn.say(f"how_to_help.{who}", part_buttons(turn))
            return
        turn.say(f"how_to_help.{who}.{turn.argument}")
        buttons = part_buttons(turn)
        if turn.argument in WITH_LINES:
            needs = [ADULT_NEED_OF_AUDIENCE.get(who, "worried_friend"), *needs_in_mind(turn)]
            offers = offer(turn.release, needs, turn.profile)
            turn.messages.append(helpline_list(offers, turn.profile.language, buttons))
        else:
            turn.messages[-1]["buttons"] = buttons


def find_asker(turn: Turn) -> str:
    """friend, parent_carer, professional or community: by the page, else by what was written, else a friend."""
    if turn.profile.audience != DEFAULT_AUDIENCE:
        return turn.profile.audience
    found = (AUDIENCE_OF_NEED[need] for need in turn.needs if need in AUDIENCE_OF_NEED)
    return next(found, FRIEND)


def part_buttons(turn: Turn) -> list[dict[str, str]]:
    """The other parts, and the lines."""
    parts = [
        turn.button(f"how_to_help.button.{part}", f"ask_how_to_help:{part}") for part in PARTS if part != turn.argument
    ]
    return [*parts, turn.button("button.lines_again", "request_help")]
