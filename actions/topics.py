"""Teaching: a topic, a part of it, and what comes next."""

from __future__ import annotations

from actions.action import ContentAction
from actions.support_mode import leave, still_here
from actions.turn import Turn
from content.taxonomy import DEFAULT_AUDIENCE, SECTIONS
from content.variants import find_sections, find_variant

ASK = "ask_"
FOR_ADULTS = "spotting_signs"
SHOW_ACTIVITIES = "show_activities"
MENU = "menu"  # what a button carries that opens all parts of a topic
SECTIONS_OFFERED = 3  # the parts that come next, under each part
ALSO_ASKED = 0.2  # the confidence from which a second topic was asked about too
ASKED_EVERY = 3
TOPICS_A_PAGE = 7  # more buttons than that are a wall on a phone


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
        section = turn.argument if turn.argument in SECTIONS else turn.asked_section or SECTIONS[0]
        if find_variant(turn.release, topic, section, turn.profile) is None:
            section = SECTIONS[0]
        teach(turn, topic, section)
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
        turn.say("topics_intro", [*topic_buttons(turn, turn.argument), things, _help(turn)])


def teach(turn: Turn, topic: str, section: str) -> None:
    """Add the section's bubbles, and buttons to the other sections, the menu and help."""
    found = find_variant(turn.release, topic, section, turn.profile)
    if found is None:
        turn.say("topic_missing", [turn.button("button.topics", "show_topics"), _help(turn)])
        return
    if not found.language_matches:
        turn.say("language_missing")
    turn.slots.update(topic=topic, section=section)
    sections = find_sections(turn.release, topic, turn.profile)
    place = sections.index(section)
    coming = [*sections[place + 1 :], *sections[:place]][:SECTIONS_OFFERED]
    buttons = [turn.button(f"section.{other}", f"{ASK}{topic}:{other}") for other in coming]
    if len(sections) > SECTIONS_OFFERED + 1:
        buttons.append(turn.button("button.more_sections", f"{ASK}{topic}:{MENU}"))
    turn.send_bubbles(found.variant.bubbles, [*buttons, turn.button("button.topics", "show_topics"), _help(turn)])


def show_sections(turn: Turn, topic: str) -> None:
    """A button for each part of the topic that there is for this reader."""
    sections = find_sections(turn.release, topic, turn.profile)
    buttons = [turn.button(f"section.{section}", f"{ASK}{topic}:{section}") for section in sections]
    turn.slots.update(topic=topic)
    turn.say(
        "sections_intro",
        [*buttons, *activity_buttons(turn, topic), turn.button("button.topics", "show_topics"), _help(turn)],
    )


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


def activity_buttons(turn: Turn, topic: str) -> list[dict[str, str]]:
    """A button to each activity about a topic."""
    language = turn.profile.language
    return [
        {"label": activity.title, "action": f"{SHOW_ACTIVITIES}:{activity.kind}/{activity.id}"}
        for activity in turn.release.activities.values()
        if activity.topic == topic and activity.language == language
    ]


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


def _wanted_section(turn: Turn) -> str | None:
    """The section the words ask for, None when nobody can tell; "tell me more" is the one after the last shown."""
    sections = find_sections(turn.release, turn.topic or "", turn.profile)
    asked = turn.intent.removeprefix(ASK)
    if asked != "more":
        wanted = asked if asked in SECTIONS else turn.asked_section
        return wanted if wanted in sections else None
    last = sections.index(turn.section) if turn.section in sections else -1
    return sections[(last + 1) % len(sections)]
