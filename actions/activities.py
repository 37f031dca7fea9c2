"""Stories, quizzes and self-checks, played one press at a time. Nothing pressed is kept or counted."""

from __future__ import annotations

from typing import Any

from actions.action import ContentAction
from actions.menus import ASK, SHOW_ACTIVITIES
from actions.support_mode import leave, still_here
from actions.turn import Turn
from content.activities import KINDS, SELF_CHECK, SKIP, Activity, find_activity
from content.playing import Step, play


class ShowActivities(ContentAction):
    """The menu, the list of one kind, or the step that a button names: kind/id/step."""

    def name(self) -> str:
        return "action_show_activities"

    def answer(self, turn: Turn) -> None:
        if turn.in_support and turn.text:
            still_here(turn, "support.still_here")
            return
        leave(turn)
        kind, _, rest = (turn.argument or "").partition("/")
        id_, _, step = rest.partition("/")
        if kind not in KINDS:
            offered = [kind for kind in KINDS if _titles(turn, kind)]
            kinds = [turn.button(f"activities.{kind}", f"{SHOW_ACTIVITIES}:{kind}") for kind in offered]
            turn.say("activities.intro", [*kinds, *_way_out(turn)])
        elif not any(known[:2] == (kind, id_) for known in turn.release.activities):
            turn.say(f"activities.{kind}_intro", [*_titles(turn, kind), *_way_out(turn)])
        else:
            show_step(turn, find_activity(turn.release.activities, kind, id_, turn.profile.language), step)


def show_step(turn: Turn, activity: Activity, name: str) -> None:
    """One step of an activity; an unknown one begins it."""
    step = play(activity.body, name)
    for bubbles in step.groups[:-1]:
        turn.send_bubbles(bubbles)
    begin = len(turn.messages)
    presses = [_press(turn, activity, name, label) for name, label in step.presses]
    turn.send_bubbles(step.groups[-1], [*presses, *_way_on(turn, activity, step)])
    turn.messages[begin]["activity"] = describe_step(activity, step)


def describe_step(activity: Activity, step: Step) -> dict[str, Any]:
    """What the widget draws above a step: which activity it is, and how far it has gone."""
    described: dict[str, Any] = {"kind": activity.kind, "title": activity.title}
    if step.number:
        described |= {"step": step.number, "steps": step.questions}
    if step.is_over and activity.kind != SELF_CHECK:
        described["over"] = True
    return described


def _press(turn: Turn, activity: Activity, name: str, label: str) -> dict[str, str]:
    action = f"{SHOW_ACTIVITIES}:{activity.kind}/{activity.id}/{name}"
    return turn.button("button.skip", action) if name == SKIP else {"label": label, "action": action}


def _topic(turn: Turn, activity: Activity) -> dict[str, str]:
    title = turn.release.topic_title(activity.topic, turn.profile.language)
    return {"label": title, "action": f"{ASK}{activity.topic}"}


def _way_on(turn: Turn, activity: Activity, step: Step) -> list[dict[str, str]]:
    """While it lasts: stop, or help. When it is over: its topic, another one, help."""
    help_button = turn.button("button.help", "request_help")
    if not step.is_over:
        return (
            [help_button] if activity.kind == SELF_CHECK else [turn.button("button.stop", SHOW_ACTIVITIES), help_button]
        )
    if activity.kind == SELF_CHECK:
        again = turn.button("activities.look_again", f"{SHOW_ACTIVITIES}:{SELF_CHECK}/{activity.id}")
        talk = turn.button("button.talk_now", "request_help")
        # Where it is serious, the way to help comes first; where it is not, it is there too.
        return [talk, _topic(turn, activity), again] if step.level == "high" else [_topic(turn, activity), again, talk]
    another = turn.button("activities.another", f"{SHOW_ACTIVITIES}:{activity.kind}")
    return [_topic(turn, activity), another, help_button]


def _titles(turn: Turn, kind: str) -> list[dict[str, str]]:
    """A button for each. A site may want fewer topics, but "is this OK?" leads to help and is always there."""
    return [
        {"label": activity.title, "action": f"{SHOW_ACTIVITIES}:{kind}/{activity.id}"}
        for activity in turn.release.activities.values()
        if activity.kind == kind
        and activity.language == turn.profile.language
        and (kind == SELF_CHECK or turn.site is None or turn.site.shows(activity.topic))
    ]


def _way_out(turn: Turn) -> list[dict[str, str]]:
    return [turn.button("button.topics", "show_topics"), turn.button("button.help", "request_help")]
