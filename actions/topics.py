"""Teaching: a topic, a part of it, and what comes next."""

from __future__ import annotations

from actions.action import ContentAction
from actions.menus import ASK, SHOW_ACTIVITIES, help_button, show_sections, topic_buttons
from actions.support_mode import leave, still_here
from actions.teaching import MENU, next_part, read_part, teach
from actions.turn import Turn
from content.taxonomy import SECTIONS
from content.variants import find_sections, find_variant

ALSO_ASKED = 0.2  # the confidence from which a second topic was asked about too
ASKED_EVERY = 3


class TeachTopic(ContentAction):
    """A question about a topic, typed or pressed: the section that the words ask for or the button names."""

    def name(self) -> str:
        return "action_teach_topic"

    def answer(self, turn: Turn) -> None:
        leave(turn)
        topic = turn.intent.removeprefix(ASK)
        if turn.argument == MENU:
            show_sections(turn, topic)
            return
        part = turn.argument or turn.asked_section or SECTIONS[0]
        section, _ = read_part(part)
        if section not in SECTIONS or find_variant(turn.release, topic, section, turn.profile) is None:
            part = SECTIONS[0]
        teach(turn, topic, part)
        if turn.text:
            offer_the_other_topic(turn, topic)
            ask_now_and_then(turn)


class FollowUp(ContentAction):
    """ "What are the signs?" goes on with the topic in mind; with none, the menu. After a disclosure, help."""

    def name(self) -> str:
        return "action_follow_up"

    def answer(self, turn: Turn) -> None:
        if turn.in_support:
            still_here(turn, "support.still_here")
        elif turn.topic is None:
            turn.say("follow_up_no_topic", topic_buttons(turn))
        elif (section := _wanted_section(turn)) is None:
            show_sections(turn, turn.topic)
        else:
            teach(turn, turn.topic, section)


class ShowTopics(ContentAction):
    """The menu of what can be learnt."""

    def name(self) -> str:
        return "action_show_topics"

    def answer(self, turn: Turn) -> None:
        leave(turn)
        things = turn.button("button.activities", SHOW_ACTIVITIES)
        turn.say("topics_intro", [*topic_buttons(turn, turn.argument), things, help_button(turn)])


def offer_the_other_topic(turn: Turn, taught: str) -> None:
    """Two questions in one message: the second, when the classifier sees it as well, is a button above the others."""
    titles = {f"{ASK}{topic.id}": topic.title(turn.profile.language) for topic in turn.release.topics}
    for intent, confidence in turn.ranking:
        if intent in titles and intent != f"{ASK}{taught}" and confidence >= ALSO_ASKED:
            turn.say("also_asked", [{"label": titles[intent], "action": intent}], topic=titles[intent])
            return


def ask_now_and_then(turn: Turn) -> None:
    """ "Did that answer it?", after every third question that was typed and taught."""
    taught = turn.taught + 1
    turn.slots["taught"] = taught
    if taught % ASKED_EVERY == 0:
        turn.ask("did_it_help", [turn.button("button.yes", "affirm"), turn.button("button.no", "deny")])


def _wanted_section(turn: Turn) -> str | None:
    """The section the words ask for, None when nobody can tell; "tell me more" is what comes after the last shown."""
    sections = find_sections(turn.release, turn.topic or "", turn.profile)
    asked = turn.intent.removeprefix(ASK)
    if asked != "more":
        wanted = asked if asked in SECTIONS else turn.asked_section
        return wanted if wanted in sections else None
    if turn.topic and turn.section and (coming := next_part(turn, turn.topic, turn.section)):
        return coming
    shown, _ = read_part(turn.section or "")
    last = sections.index(shown) if shown in sections else -1
    return sections[(last + 1) % len(sections)]
