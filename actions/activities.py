"""Stories, quizzes and self-checks, played one press at a time. Nothing pressed is kept or counted."""

from __future__ import annotations

from actions.action import ContentAction
from actions.menus import ASK, SHOW_ACTIVITIES
from actions.support_mode import leave, still_here
from actions.turn import Turn
from content.activities import KINDS, QUIZ, SELF_CHECK, SKIP, STORY, Activity, find_activity


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
            kinds = [turn.button(f"activities.{kind}", f"{SHOW_ACTIVITIES}:{kind}") for kind in KINDS]
            turn.say("activities.intro", [*kinds, *_way_out(turn)])
        elif not any(known[:2] == (kind, id_) for known in turn.release.activities):
            turn.say(f"activities.{kind}_intro", [*_titles(turn, kind), *_way_out(turn)])
        else:
            play(turn, find_activity(turn.release.activities, kind, id_, turn.profile.language), step)


def play(turn: Turn, activity: Activity, step: str) -> None:
    """One step of an activity; an unknown step begins it."""
    {STORY: _play_story, QUIZ: _play_quiz, SELF_CHECK: _play_self_check}[activity.kind](turn, activity, step)


def _play_story(turn: Turn, story: Activity, step: str) -> None:
    nodes = story.body["nodes"]
    node = nodes.get(step) or nodes[story.body["start"]]
    choices = [_step(story, choice["to"], choice["label"]) for choice in node.get("choices") or []]
    turn.send_bubbles(node["bubbles"], [*choices, *_way_on(turn, story, is_over=not choices)])


def _play_quiz(turn: Turn, quiz: Activity, step: str) -> None:
    """A step is "question" or "question.answer"; what is right is said, then the next question asked."""
    questions = quiz.body["questions"]
    number, _, answer = step.partition(".")
    place = int(number) if number.isdigit() and int(number) < len(questions) else 0
    if answer.isdigit() and int(answer) < len(questions[place]["answers"]):
        turn.send_bubbles(questions[place]["answers"][int(answer)]["says"])
        place += 1
    if place == len(questions):
        turn.send_bubbles(quiz.body["end"], _way_on(turn, quiz, is_over=True))
        return
    answers = [
        _step(quiz, f"{place}.{number}", answer["label"]) for number, answer in enumerate(questions[place]["answers"])
    ]
    turn.send_bubbles([questions[place]["ask"]], [*answers, *_way_on(turn, quiz, is_over=False)])


def _play_self_check(turn: Turn, check: Activity, step: str) -> None:
    items = check.body["items"]
    if step == SKIP or (step.isdigit() and int(step) < len(items)):
        level = SKIP if step == SKIP else items[int(step)]["level"]
        again = turn.button("activities.look_again", f"{SHOW_ACTIVITIES}:{SELF_CHECK}/{check.id}")
        buttons = [turn.button("button.talk_now", "request_help"), _topic(turn, check), again]
        # Where it is serious, the way to help comes first; where it is not, it is there too.
        ordered = buttons if level == "high" else [*buttons[1:], buttons[0]]
        turn.send_bubbles(check.body["says"][level], ordered)
        return
    choices = [_step(check, str(number), item["label"]) for number, item in enumerate(items)]
    skip = turn.button("button.skip", f"{SHOW_ACTIVITIES}:{SELF_CHECK}/{check.id}/{SKIP}")
    turn.send_bubbles(check.body["intro"], [*choices, skip, turn.button("button.help", "request_help")])


def _step(activity: Activity, step: str, label: str) -> dict[str, str]:
    return {"label": label, "action": f"{SHOW_ACTIVITIES}:{activity.kind}/{activity.id}/{step}"}


def _topic(turn: Turn, activity: Activity) -> dict[str, str]:
    title = turn.release.topic_title(activity.topic, turn.profile.language)
    return {"label": title, "action": f"{ASK}{activity.topic}"}


def _way_on(turn: Turn, activity: Activity, *, is_over: bool) -> list[dict[str, str]]:
    """While it lasts: stop, or help. When it is over: its topic, another one, help."""
    help_button = turn.button("button.help", "request_help")
    if not is_over:
        return [turn.button("button.stop", SHOW_ACTIVITIES), help_button]
    another = turn.button("activities.another", f"{SHOW_ACTIVITIES}:{activity.kind}")
    return [_topic(turn, activity), another, help_button]


def _titles(turn: Turn, kind: str) -> list[dict[str, str]]:
    return [
        {"label": activity.title, "action": f"{SHOW_ACTIVITIES}:{kind}/{activity.id}"}
        for activity in turn.release.activities.values()
        if activity.kind == kind and activity.language == turn.profile.language
    ]


def _way_out(turn: Turn) -> list[dict[str, str]]:
    return [turn.button("button.topics", "show_topics"), turn.button("button.help", "request_help")]
