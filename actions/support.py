"""Help: what follows a disclosure, a worry, or a plain request."""

from __future__ import annotations

from actions.action import ContentAction
from actions.topics import ASK, teach
from actions.turn import Turn
from content.messages import helpline_list
from content.routing import offer
from content.support import help_messages

MORE = 8  # lines behind "more options"
SURE_ENOUGH = 0.35  # the classifier's confidence from which a worry is also taught what it asked


class Help(ContentAction):
    """The fixed dialogue of each level; its words and lines come from content."""

    def name(self) -> str:
        return "action_help"

    def answer(self, turn: Turn) -> None:
        if turn.intent == "correct_bot" and turn.urgency == "none":
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
        needs = turn.assessment.get("needs") or ["general_talk"]
        about = str(turn.assessment.get("about", "unknown"))
        turn.messages += help_messages(turn.release, turn.urgency, needs, turn.profile, about=about)
        turn.slots["needs"] = list(needs)


def teach_what_was_asked(turn: Turn) -> None:
    """A worry that was put as a question about a topic is answered too, before the lines."""
    asked = str(turn.understood.get("name") or "")
    topic = asked.removeprefix(ASK)
    if (
        topic in {known.id for known in turn.release.topics}
        and turn.understood.get("confidence", 0) >= SURE_ENOUGH
    ):
        teach(turn, topic, "explain")
        for message in turn.messages:
            message.pop("buttons", None)  # one set of buttons, under the help


def offer_lines(turn: Turn, limit: int = 3) -> None:
    """The lines for what was last talked about, for who the person says they are now."""
    offers = offer(turn.release, turn.needs or ["general_talk"], turn.profile, limit=limit)
    buttons = [turn.button("button.topics", "show_topics")]
    if turn.profile.age_band is None:
        buttons.insert(0, turn.button("button.tell_age", "change_age_band"))
    if turn.profile.nation is None:
        buttons.insert(0, turn.button("button.tell_nation", "change_nation"))
    turn.messages.append(helpline_list(offers, turn.profile.language, buttons, turn.word("more_options")))
