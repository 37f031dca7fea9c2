"""What is said about the last answer: yes, no, again, "the first one", "what does that word mean"."""

from __future__ import annotations

import re

from actions.action import ContentAction
from actions.menus import show_sections
from actions.releases import count
from actions.session import way_on
from actions.support_mode import offer_lines, still_here
from actions.teaching import teach
from actions.turn import Turn
from content.models.counts import DID_NOT_HELP, HELPED

GLOSSARY, NAMES = "glossary.", "glossary_names."
PLACES = "option_words"  # words for the first button, the second …, the last, in the system messages


class Repeat(ContentAction):
    """The last part of a topic once more, or the lines after a disclosure."""

    def name(self) -> str:
        return "action_repeat"

    def answer(self, turn: Turn) -> None:
        if turn.in_support:
            offer_lines(turn)
        elif turn.topic and turn.section:
            teach(turn, turn.topic, turn.section)
        else:
            turn.say("nothing_to_repeat", way_on(turn))


class DidItHelp(ContentAction):
    """Yes goes on; no leads to the other parts of the topic, and to help."""

    def name(self) -> str:
        return "action_did_it_help"

    def answer(self, turn: Turn) -> None:
        if turn.in_support:
            still_here(turn, "support.still_here")
        elif turn.intent == "affirm":
            count_answer(turn, HELPED)
            turn.say("did_help", way_on(turn))
        elif turn.topic:
            count_answer(turn, DID_NOT_HELP)
            turn.say("did_not_help")
            show_sections(turn, turn.topic)
        else:
            turn.say("corrected", way_on(turn))


class ExplainWord(ContentAction):
    """What a word means, from the glossary; the longest name that the message holds."""

    def name(self) -> str:
        return "action_explain_word"

    def answer(self, turn: Turn) -> None:
        word = find_word(turn)
        if turn.in_support and word is None:
            still_here(turn, "support.not_sure")
        elif word is None:
            turn.say("word_unknown", way_on(turn))
        else:
            turn.say(GLOSSARY + word, way_on(turn))


class ChooseOption(ContentAction):
    """ "The first one": the chat server presses that button, as a finger would."""

    def name(self) -> str:
        return "action_choose_option"

    def answer(self, turn: Turn) -> None:
        chosen = find_option(turn)
        if chosen is None:
            turn.say("which_option", turn.offered or way_on(turn))
            return
        turn.say("option_chosen", option=chosen["label"])
        turn.messages.append({"type": "profile", "press": chosen["action"]})


def count_answer(turn: Turn, event: str) -> None:
    """Counts for the very text that was shown; it may have a newer revision by now."""
    if turn.shown:
        count(turn.shown[0], turn.shown[1], event)


def find_word(turn: Turn) -> str | None:
    """The id of the glossary's word that the message names."""
    said = f" {_plain(turn.text)} "
    found: list[tuple[int, str]] = []
    for words in turn.release.system.values():
        for key, names in words.items():
            if key.startswith(NAMES):
                for name in str(names).split(","):
                    if f" {_plain(name)} " in said:
                        found.append((len(name), key.removeprefix(NAMES)))
    return max(found)[1] if found else None


def find_option(turn: Turn) -> dict[str, str] | None:
    """The button that the words point at, by its place or by its label."""
    said = f" {_plain(turn.text)} "
    for button in turn.offered:
        if f" {_plain(button['label'])} " in said:
            return button
    pointing = [
        (len(name), place)
        for words in turn.release.system.values()
        for place, names in enumerate(words.get(PLACES, []))
        for name in str(names).split(",")
        if f" {_plain(name)} " in said
    ]
    if not pointing:
        return None
    _, place = max(pointing)  # the longest: "the second one" is not one
    wanted = place - 1 if place else len(turn.offered) - 1  # the first of the words are those for the last button
    return turn.offered[wanted] if 0 <= wanted < len(turn.offered) else None


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w']", " ", text.casefold()).split())
