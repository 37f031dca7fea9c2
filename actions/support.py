"""Help: what follows a disclosure, a worry, or a plain request."""

from __future__ import annotations

from actions.action import ContentAction
from actions.menus import ASK
from actions.support_mode import BEGINS_AT, GENERAL, leave, offer_lines
from actions.teaching import teach
from actions.turn import Turn
from content.support import MAX_BUTTONS, help_messages

MORE = 8  # lines behind "more options"
SURE_ENOUGH = 0.35  # the classifier's confidence from which a worry is also taught what it asked
# Skills that go on from help: when a worry asks for one, its button comes first under the help.
BUTTON_OF_SKILL = {
    "ask_what_happens": "button.what_happens",
    "cannot_call": "button.cannot_call",
    "cannot_talk_now": "button.not_now",
    "build_message": "button.build_message",
    "ground_me": "button.ground_me",
    "ask_after_telling": "button.after_telling",
    "ask_how_to_help": "button.how_to_help",
}


class Help(ContentAction):
    """The fixed dialogue of each level; its words and lines come from content."""

    def name(self) -> str:
        return "action_help"

    def answer(self, turn: Turn) -> None:
        if turn.intent == "correct_bot" and turn.urgency == "none":
            leave(turn)
            buttons = [
                turn.button("button.help", "request_help"),
                turn.button("button.topics", "show_topics"),
            ]
            turn.say("corrected", buttons)
        elif turn.intent == "more_helplines" and turn.urgency == "none":
            offer_lines(turn, limit=MORE)
        else:
            self._help(turn)

    def _help(self, turn: Turn) -> None:
        if turn.urgency == "concern":
            teach_what_was_asked(turn)
        needs = find_needs(turn)
        about = str(turn.assessment.get("about", "unknown"))
        turn.messages += help_messages(turn.release, turn.urgency, needs, turn.profile, about=about)
        turn.slots["needs"] = needs
        if turn.urgency in BEGINS_AT:
            turn.slots["in_support"] = True
        put_asked_skill_first(turn)


def find_needs(turn: Turn) -> list[str]:
    """What this message is about; a bare "help" after a disclosure is still about what was disclosed."""
    needs = list(turn.assessment.get("needs") or GENERAL)
    if turn.in_support and turn.needs and needs == list(GENERAL):
        return list(turn.needs)
    return needs


def teach_what_was_asked(turn: Turn) -> None:
    """A worry that was put as a question about a topic is answered too, before the lines."""
    topic = asked_with_confidence(turn).removeprefix(ASK)
    if topic in {known.id for known in turn.release.topics}:
        teach(turn, topic, "explain")
        for message in turn.messages:
            message.pop("buttons", None)  # one set of buttons, under the help


def put_asked_skill_first(turn: Turn) -> None:
    """A worry that asked, say, for help with telling a teacher finds that button first. Never in an emergency."""
    skill, last = asked_with_confidence(turn), turn.messages[-1]
    if skill not in BUTTON_OF_SKILL or turn.urgency == "emergency":
        return
    others = [button for button in last.get("buttons", ()) if button["action"] != skill]
    last["buttons"] = [turn.button(BUTTON_OF_SKILL[skill], skill), *others][:MAX_BUTTONS]


def asked_with_confidence(turn: Turn) -> str:
    """What the classifier took the words for, when it was sure enough, else nothing."""
    is_sure = turn.understood.get("confidence", 0) >= SURE_ENOUGH
    return str(turn.understood.get("name") or "") if is_sure else ""
