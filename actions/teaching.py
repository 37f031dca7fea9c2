"""Shows one part of a topic, a few bubbles at a time."""

from __future__ import annotations

from actions.menus import ASK, help_button
from actions.releases import count
from actions.turn import Turn
from content.checks import MAX_BUBBLES
from content.models.counts import SHOWN
from content.variants import Variant, find_sections, find_variant

MENU = "menu"  # what a button carries that opens all parts of a topic
SECTIONS_OFFERED = 3  # the parts that come next, under each part
NEXT_PAGE = "."  # between a part and its page: "law.2"


def teach(turn: Turn, topic: str, part: str) -> None:
    """Add the bubbles of a section, or of one page of it, and buttons to what comes next, the menu and help."""
    section, page = read_part(part)
    found = find_variant(turn.release, topic, section, turn.profile)
    if found is None:
        turn.say("topic_missing", [turn.button("button.topics", "show_topics"), help_button(turn)])
        return
    if not found.language_matches:
        turn.say("language_missing")
    pages = pages_of(found.variant)
    page = page if page <= len(pages) else 1
    part = section if page == 1 else f"{section}{NEXT_PAGE}{page}"
    turn.slots.update(topic=topic, section=part, shown=[found.variant.id, found.variant.revision])
    buttons = [*_more(turn, topic, part), *_other_sections(turn, topic, section)]
    buttons += [turn.button("button.topics", "show_topics"), help_button(turn)]
    turn.send_bubbles(pages[page - 1], buttons, found.variant.picture if page == 1 else None)
    if page == 1:
        count(found.variant.id, found.variant.revision, SHOWN)


def read_part(part: str) -> tuple[str, int]:
    """A section and its page, counted from 1: "law.2" is ("law", 2)."""
    section, _, page = part.partition(NEXT_PAGE)
    return section, int(page) if page.isdigit() and int(page) else 1


def pages_of(variant: Variant) -> list[tuple[str, ...]]:
    """The bubbles of a text, as many at a time as fit on a phone."""
    return [variant.bubbles[start : start + MAX_BUBBLES] for start in range(0, len(variant.bubbles), MAX_BUBBLES)]


def next_part(turn: Turn, topic: str, part: str) -> str | None:
    """What comes after a part: the next page of its section, None after the last."""
    section, page = read_part(part)
    found = find_variant(turn.release, topic, section, turn.profile)
    return f"{section}{NEXT_PAGE}{page + 1}" if found and page < len(pages_of(found.variant)) else None


def _more(turn: Turn, topic: str, part: str) -> list[dict[str, str]]:
    coming = next_part(turn, topic, part)
    return [turn.button("button.more", f"{ASK}{topic}:{coming}")] if coming else []


def _other_sections(turn: Turn, topic: str, section: str) -> list[dict[str, str]]:
    sections = find_sections(turn.release, topic, turn.profile)
    place = sections.index(section)
    coming = [*sections[place + 1 :], *sections[:place]][:SECTIONS_OFFERED]
    buttons = [turn.button(f"section.{other}", f"{ASK}{topic}:{other}") for other in coming]
    if len(sections) > SECTIONS_OFFERED + 1:
        buttons.append(turn.button("button.more_sections", f"{ASK}{topic}:{MENU}"))
    return buttons
