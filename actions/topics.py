"""Teaching: a topic, a part of it, and what comes next."""

from __future__ import annotations

from actions.action import ContentAction
from actions.support_mode import leave, still_here
from actions.turn import Turn
from content.taxonomy import DEFAULT_AUDIENCE, SECTIONS
from content.variants import find_variant

ASK = "ask_"
FOR_ADULTS = "spotting_signs"
TOPICS_A_PAGE = 7  # more buttons than that are a wall on a phone


class TeachTopic(ContentAction):
    """A question about a topic, typed or pressed: its explanation, or the section the button names."""

    def name(self) -> str:
        return "action_teach_topic"

    def answer(self, turn: Turn) -> None:
        leave(turn)
        section = turn.argument if turn.argument in SECTIONS else SECTIONS[0]
        teach(turn, turn.intent.removeprefix(ASK), section)


class FollowUp(ContentAction):
    """ "What are the signs?" goes on with the topic in mind; with none, the menu. After a disclosure, help."""

    def name(self) -> str:
        return "action_follow_up"

    def answer(self, turn: Turn) -> None:
        if turn.in_support:
            still_here(turn, "support.still_here")
        elif turn.topic is None:
            turn.say("follow_up_no_topic", topic_buttons(turn))
        else:
            teach(turn, turn.topic, _wanted_section(turn))


class ShowTopics(ContentAction):
    """The menu of what can be learnt."""

    def name(self) -> str:
        return "action_show_topics"

    def answer(self, turn: Turn) -> None:
        leave(turn)
        turn.say("topics_intro", [*topic_buttons(turn, turn.argument), turn.button("button.help", "request_help")])


def teach(turn: Turn, topic: str, section: str) -> None:
    """Add the section's bubbles, and buttons to the other sections, the menu and help."""
    found = find_variant(turn.release, topic, section, turn.profile)
    if found is None:
        turn.say("topic_missing", [turn.button("button.topics", "show_topics"), _help(turn)])
        return
    if not found.language_matches:
        turn.say("language_missing")
    turn.slots.update(topic=topic, section=section)
    others = [
        other for other in SECTIONS if other != section and find_variant(turn.release, topic, other, turn.profile)
    ]
    buttons = [turn.button(f"section.{other}", f"{ASK}{topic}:{other}") for other in others]
    turn.send_bubbles(found.variant.bubbles, [*buttons, turn.button("button.topics", "show_topics"), _help(turn)])


def topic_buttons(turn: Turn, page: str | None = None) -> list[dict[str, str]]:
    """A button for each topic of one page of the menu, in the release's order, and one to the next page.

    After the last page comes the first. Adults find the topic that is theirs on top.
    """
    adults_first = turn.profile.audience != DEFAULT_AUDIENCE
    topics = sorted(turn.release.topics, key=lambda topic: adults_first and topic.id != FOR_ADULTS)
    pages = [topics[start : start + TOPICS_A_PAGE] for start in range(0, len(topics), TOPICS_A_PAGE)]
    number = int(page) if page and page.isdigit() and int(page) < len(pages) else 0
    buttons = [{"label": topic.title(turn.profile.language), "action": f"{ASK}{topic.id}"} for topic in pages[number]]
    if len(pages) > 1:
        buttons.append(turn.button("button.more_topics", f"show_topics:{(number + 1) % len(pages)}"))
    return buttons


def _help(turn: Turn) -> dict[str, str]:
    return turn.button("button.help", "request_help")


def _wanted_section(turn: Turn) -> str:
    """The section the words ask for; "tell me more" is the one after the last shown."""
    asked = turn.intent.removeprefix(ASK)
    if asked in SECTIONS:
        return asked
    last = SECTIONS.index(turn.section) if turn.section in SECTIONS else -1
    return SECTIONS[(last + 1) % len(SECTIONS)]
