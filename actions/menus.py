"""What there is to choose from: topics, the parts of one, activities."""

from __future__ import annotations

from actions.turn import Turn
from content.taxonomy import DEFAULT_AUDIENCE
from content.variants import find_sections

ASK = "ask_"
FOR_ADULTS = "spotting_signs"
SHOW_ACTIVITIES = "show_activities"
TOPICS_A_PAGE = 7  # more buttons than that are a wall on a phone


def show_sections(turn: Turn, topic: str) -> None:
    """A button for each part of the topic that there is for this reader."""
    sections = find_sections(turn.release, topic, turn.profile)
    buttons = [turn.button(f"section.{section}", f"{ASK}{topic}:{section}") for section in sections]
    turn.slots.update(topic=topic)
    turn.say(
        "sections_intro",
        [*buttons, *activity_buttons(turn, topic), turn.button("button.topics", "show_topics"), help_button(turn)],
    )


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

    After the last page comes the first. Adults find the topic that is theirs on top. A site may want fewer.
    """
    adults_first = turn.profile.audience != DEFAULT_AUDIENCE
    wanted = [topic for topic in turn.release.topics if turn.site is None or turn.site.shows(topic.id)]
    topics = sorted(wanted, key=lambda topic: adults_first and topic.id != FOR_ADULTS)
    pages = [topics[start : start + TOPICS_A_PAGE] for start in range(0, len(topics), TOPICS_A_PAGE)]
    number = int(page) if page and page.isdigit() and int(page) < len(pages) else 0
    buttons = [{"label": topic.title(turn.profile.language), "action": f"{ASK}{topic.id}"} for topic in pages[number]]
    if len(pages) > 1:
        buttons.append(turn.button("button.more_topics", f"show_topics:{(number + 1) % len(pages)}"))
    return buttons


def help_button(turn: Turn) -> dict[str, str]:
    """Help, under everything that is taught."""
    return turn.button("button.help", "request_help")
