"""What happens after you tell a teacher, the police or a social worker. England and Wales differ; no promises."""

from __future__ import annotations

from actions.action import ContentAction
from actions.support_mode import is_adult
from actions.turn import Turn
from content.taxonomy import DEFAULT_LANGUAGE, NATIONS

TOLD = ("teacher", "police", "social_worker")


class AfterTelling(ContentAction):
    """Who is told by button; then what is the same everywhere, and what is true where they live.

    The argument is "teacher", or "teacher.wales" when the nation was chosen here.
    """

    def name(self) -> str:
        return "action_after_telling"

    def answer(self, turn: Turn) -> None:
        who, _, nation = (turn.argument or "").partition(".")
        if who not in TOLD:
            buttons = [turn.button(f"after.button.{told}", f"ask_after_telling:{told}") for told in TOLD]
            turn.ask("after.choose", [*buttons, turn.button("button.lines_again", "request_help")])
            return
        if nation in NATIONS:
            turn.change_profile(nation=nation)
        tell(turn, who)


def tell(turn: Turn, who: str) -> None:
    """The words for everywhere, then those of the nation, or an offer to choose it."""
    turn.say(f"after.{who}")
    if turn.profile.nation is None:
        choices = [turn.button(f"nation.{nation}", f"ask_after_telling:{who}.{nation}") for nation in NATIONS]
        turn.ask("after.choose_nation", [*choices, turn.button("button.lines_again", "request_help")])
        return
    local = f"after.{who}.{turn.profile.nation}"
    if turn.release.has_words(local, DEFAULT_LANGUAGE):
        turn.say(local)
    buttons = [turn.button("button.lines_again", "request_help")]
    if not is_adult(turn):
        buttons.append(turn.button("button.build_message", "build_message"))
    buttons += [turn.button(f"after.button.{told}", f"ask_after_telling:{told}") for told in TOLD if told != who]
    turn.say("after.not_alone", buttons)
