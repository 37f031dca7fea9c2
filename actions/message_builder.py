"""A short message to a trusted adult, put together from three taps. The taps travel in the button; nothing is kept."""

from __future__ import annotations

from actions.action import ContentAction
from actions.turn import Turn

# In the order to show. What it is about stays general: no details are asked for.
WHO = ("teacher", "parent", "nurse", "youth_worker", "other")
WHAT = ("online", "hurting", "made", "feelings", "friend", "not_say")
HOW = ("private", "write_back", "go_with_me")
TAPS: tuple[tuple[str, tuple[str, ...]], ...] = (("who", WHO), ("what", WHAT), ("how", HOW))
# Then family must not learn of it before someone who knows what to do.
NOT_FAMILY = ("forced_marriage",)
STAFF = ("teacher", "nurse", "youth_worker")


class BuildMessage(ContentAction):
    """Asks the next of the three, or shows the message to copy and when to send it."""

    def name(self) -> str:
        return "action_build_message"

    def answer(self, turn: Turn) -> None:
        taps = read_taps(turn.argument)
        if len(taps) < len(TAPS):
            ask_next(turn, taps)
        else:
            show_message(turn, *taps)


def read_taps(argument: str | None) -> list[str]:
    """What was tapped so far, as far as it is known: "teacher.online" is two of three."""
    taps: list[str] = []
    for tap, (_, choices) in zip((argument or "").split("."), TAPS, strict=False):
        if tap not in choices:
            break
        taps.append(tap)
    return taps


def ask_next(turn: Turn, taps: list[str]) -> None:
    """The next choice as buttons, each with the taps before it."""
    name, choices = TAPS[len(taps)]
    if name == "who" and any(need in NOT_FAMILY for need in turn.needs):
        choices = tuple(choice for choice in choices if choice != "parent")
    buttons = [
        turn.button(f"build.{name}.{choice}", "build_message:" + ".".join([*taps, choice])) for choice in choices
    ]
    turn.ask(f"build.ask.{name}", [*buttons, turn.button("button.lines_again", "request_help")])


def show_message(turn: Turn, who: str, what: str, how: str) -> None:
    """The message as a card to copy, then when to send it and what the adult may have to do."""
    pieces = (f"message.open.{who}", f"message.what.{what}", f"message.how.{how}", "message.close")
    turn.messages.append(
        {
            "type": "card",
            "title": turn.word("build.card_title"),
            "text": " ".join(turn.word(piece) for piece in pieces),
            "copy": True,
        }
    )
    if who in STAFF:
        turn.say("build.must_pass_on")
    buttons = [
        turn.button("button.after_telling", "ask_after_telling" + (":teacher" if who == "teacher" else "")),
        turn.button("button.build_again", "build_message"),
        turn.button("button.ground_me", "ground_me"),
        turn.button("button.lines_again", "request_help"),
    ]
    turn.say("build.when_to_send", buttons)
