"""Language, age band, nation and reading level: always the person's choice, always skippable."""

from __future__ import annotations

import re

from actions.action import ContentAction
from actions.support_mode import offer_lines
from actions.teaching import teach
from actions.turn import Turn
from content.taxonomy import AGE_BANDS, AUDIENCES, LANGUAGES, NATIONS, PLACES, READING_LEVELS

LANGUAGE_OF_INTENT = {"speak_english": "en", "speak_welsh": "cy"}


class ChangeLanguage(ContentAction):
    """English or Welsh; "change language" alone means the other one. What was being read is shown again."""

    def name(self) -> str:
        return "action_change_language"

    def answer(self, turn: Turn) -> None:
        other = "en" if turn.profile.language == "cy" else "cy"
        turn.change_profile(language=LANGUAGE_OF_INTENT.get(turn.intent, other))
        back = "button.speak_english" if turn.profile.language == "cy" else "button.speak_welsh"
        buttons = [
            turn.button("button.topics", "show_topics"),
            turn.button("button.help", "request_help"),
            turn.button(back, "change_language"),
        ]
        if turn.topic and turn.section and not turn.in_support:
            turn.say("language_changed")
            teach(turn, turn.topic, turn.section)
        elif turn.in_support:
            turn.say("language_changed")
            offer_lines(turn)
        else:
            turn.say("language_changed", buttons)


class ChangeProfile(ContentAction):
    """Sets what a button names, or asks with buttons; then goes on with what was being talked about."""

    def name(self) -> str:
        return "action_change_profile"

    def answer(self, turn: Turn) -> None:
        if turn.intent == "skip_profile":
            go_on(turn, "profile_skipped")
        elif turn.intent == "change_reading_level":
            change_reading_level(turn)
        elif turn.intent == "change_age_band":
            choose(turn, field="age_band", choices=AGE_BANDS, question="ask_age", prefix="age")
        elif turn.intent == "change_audience":
            choose(turn, field="audience", choices=audiences_named(turn), question="ask_audience", prefix="audience")
        elif turn.argument in PLACES:
            turn.change_profile(place=turn.argument)
            go_on(turn, "profile_saved")
        else:
            choices = (*places_named(turn), *NATIONS)
            choose(turn, field="nation", choices=choices, question="ask_nation", prefix="nation")


def audiences_named(turn: Turn) -> tuple[str, ...]:
    """All audiences, those that the typed words name first. To be asked with: "my mum is a teacher" names two."""
    said = set(re.findall(r"[\w']+", turn.text.casefold()))

    def is_named(audience: str) -> bool:
        names = (turn.release.word(f"audience_words.{audience}", language) for language in LANGUAGES)
        return any(said & set(name.casefold().split()) for name in names)

    return tuple(sorted(AUDIENCES, key=lambda audience: not is_named(audience)))


def places_named(turn: Turn) -> list[str]:
    """The places that what was typed names, in either language. To be asked with, not set: it may say "not in …"."""
    said = turn.text.casefold()

    def is_named(place: str) -> bool:
        names = (turn.release.word(f"nation.{place}", language).casefold() for language in LANGUAGES)
        return any(name[1:] in said for name in names)  # Welsh changes first letters: yng Nghaerdydd

    return [place for place in PLACES if is_named(place)]


def choose(turn: Turn, *, field: str, choices: tuple[str, ...], question: str, prefix: str) -> None:
    """Set the field to the pressed choice, or ask."""
    if turn.argument in choices:
        turn.change_profile(**{field: turn.argument})
        go_on(turn, "profile_saved")
        return
    buttons = [turn.button(f"{prefix}.{choice}", f"{turn.intent}:{choice}") for choice in choices]
    turn.ask(question, [*buttons, turn.button("button.skip", "skip_profile")])


def change_reading_level(turn: Turn) -> None:
    """Simpler words, or the standard ones again; the section in mind is shown in them."""
    other = "standard" if turn.profile.reading_level == "easy_read" else "easy_read"
    # Typed words ask for simpler; only a button goes back.
    wanted = turn.argument if turn.argument in READING_LEVELS else "easy_read"
    turn.change_profile(reading_level=wanted if turn.argument or turn.profile.reading_level != "easy_read" else other)
    go_on(turn, "reading_level_changed")


def go_on(turn: Turn, said: str) -> None:
    """After a change: the lines that now fit, or the section that was being read, or the menu."""
    turn.say(said)
    if turn.needs:
        offer_lines(turn)
    elif turn.topic and turn.section:
        teach(turn, turn.topic, turn.section)
    else:
        turn.messages[-1]["buttons"] = [
            turn.button("button.topics", "show_topics"),
            turn.button("button.help", "request_help"),
        ]
