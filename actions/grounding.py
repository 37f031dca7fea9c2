"""Five short steps to feel steadier. Nothing is asked for, it can stop at any step, and help stays there."""

from __future__ import annotations

from actions.action import ContentAction
from actions.support_mode import help_buttons, is_adult
from actions.turn import Turn

STEPS = 5
STOP = "stop"


class Ground(ContentAction):
    """One step a press; "stop" ends it."""

    def name(self) -> str:
        return "action_ground"

    def answer(self, turn: Turn) -> None:
        lines = turn.button("button.lines_again", "request_help")
        if turn.argument == STOP:
            others = [button for button in help_buttons(turn) if button["action"] != turn.intent]
            turn.say("ground.stopped", others)
            return
        step = read_step(turn.argument)
        if step == 1:
            turn.say("ground.before")
        if step < STEPS:
            next_step = turn.button("button.next", f"ground_me:{step + 1}")
            turn.say(f"ground.{step}", [next_step, turn.button("button.stop", f"ground_me:{STOP}"), lines])
            return
        again = turn.button("button.ground_again", "ground_me")
        others = [] if is_adult(turn) else [turn.button("button.build_message", "build_message")]
        turn.say(f"ground.{STEPS}", [lines, *others, again])


def read_step(argument: str | None) -> int:
    """The step asked for; the first for anything unknown."""
    known = {str(step): step for step in range(1, STEPS + 1)}
    return known.get(argument or "", 1)
