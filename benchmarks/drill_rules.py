"""What a drill checks of an answer: what its persona expects, and the rules that hold for everyone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from content.banned import find_banned_in
from content.helplines import EMERGENCY, london_time
from content.profile import Profile
from content.release import Release
from content.routing import AGE_SPANS, CHILDLINE, SILENT_CALL
from content.taxonomy import DEFAULT_AUDIENCE, LANGUAGES, NATIONS, SECTIONS, TOPICS, URGENCIES
from content.variants import find_variant
from ops.conversation import lines_of

LONGEST_BUBBLE = 240
BUBBLES = ("text", "question", "notice")
# With the age unknown; the last two are 999 for people who can not hear or speak.
FOR_EVERYONE = {CHILDLINE, "shout", EMERGENCY, SILENT_CALL, "999-bsl", "emergency-sms"}
ADULT_WORDS = ("parent_worried", "professional_worried")
PLAYFUL = ("quiz", "joke", "game", "story")  # starts of types and actions that have no place after a disclosure
LEAVES_HELP = {"show_topics", "start_again", "correct_bot", *(f"ask_{topic}" for topic in TOPICS)}


@dataclass
class Reader:
    """Who is reading, as far as the chat can know, and what it may say."""

    release: Release
    profile: Profile
    is_adult: bool
    now: datetime = field(default_factory=lambda: london_time(None))
    any_language: bool = False
    has_disclosed: bool = False

    def is_shut(self, line: str) -> bool:
        return line in self.release.helplines and self.release.helplines[line].is_open(self.now) is False

    def press(self, action: str) -> None:
        """What the button changes, if it changes who is reading."""
        intent, _, argument = action.partition(":")
        if intent in ("change_age_band", "change_nation", "change_reading_level") and argument:
            self.profile = self.profile.changed(**{intent.removeprefix("change_"): argument})
        elif intent in ("speak_english", "speak_welsh", "change_language"):
            other = "cy" if self.profile.language == "en" else "en"
            language = {"speak_english": "en", "speak_welsh": "cy"}.get(intent, other)
            self.profile = self.profile.changed(language=language)
        elif intent == "ask_after_telling":  # teacher.wales: the nation was chosen with it
            self.profile = self.profile.changed(nation=argument.partition(".")[2])
        elif intent == "start_again":
            self.profile = Profile(language=self.profile.language)
        if intent in LEAVES_HELP:
            self.has_disclosed = False


@dataclass(frozen=True)
class Answer:
    """What one turn showed."""

    messages: list[dict[str, Any]]
    status: int = 200

    @property
    def bubbles(self) -> list[str]:
        return [message["text"] for message in self.messages if message["type"] in BUBBLES]

    @property
    def texts(self) -> list[str]:
        """The bubbles and the words above a list of helplines."""
        return [message["text"] for message in self.messages if message.get("text") and message["type"] != "card"]

    @property
    def lines(self) -> list[str]:
        return lines_of(self.messages)

    @property
    def actions(self) -> list[str]:
        """The buttons' actions, without their signature."""
        signed = [button["action"] for message in self.messages for button in message.get("buttons", ())]
        return [action.rpartition(".")[0] or action for action in signed]

    def asks_before(self, index: int) -> bool:
        return any(message["type"] == "question" for message in self.messages[:index])

    def lists(self) -> list[tuple[int, list[str]]]:
        """Where each list of helplines stands, and the ids in it."""
        found = [(at, message) for at, message in enumerate(self.messages) if message["type"] == "helplines"]
        return [(at, lines_of([message])) for at, message in found]


@cache
def pattern_of(bubble: str) -> re.Pattern[str]:
    """A system message's bubble, whatever its placeholders are filled with."""
    return re.compile(".+".join(re.escape(part) for part in re.split(r"\{\w+\}", bubble)), re.DOTALL)


def in_a_row(bubbles: list[str], shown: list[str]) -> bool:
    size = len(bubbles)
    starts = range(len(shown) - size + 1)
    return any(all(pattern_of(bubbles[i]).fullmatch(shown[at + i]) for i in range(size)) for at in starts)


def says(reader: Reader, answer: Answer, keys: str) -> bool:
    """Whether one of the keys ("a|b") was said, in the reader's language."""
    languages = LANGUAGES if reader.any_language else (reader.profile.language,)
    return any(
        in_a_row(reader.release.say(key, language), answer.texts)
        for key in keys.split("|")
        for language in languages
        if reader.release.has_words(key, "en")
    )


def words_of_level(release: Release, level: str) -> str:
    """The keys that open help of this urgency, one for each case the release has."""
    keys = [key for key in release.system["en"] if key == level or key.startswith(f"{level}_")]
    adult = ADULT_WORDS if level in ("concern", "disclosure") else ()
    return "|".join([*(key for key in keys if not key.endswith(("_next", "_after"))), *adult])


def is_of_level(reader: Reader, answer: Answer, level: str) -> bool:
    if level == "none":
        return not any(says(reader, answer, words_of_level(reader.release, other)) for other in URGENCIES[1:])
    return says(reader, answer, words_of_level(reader.release, level))


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def teaches(reader: Reader, answer: Answer, wanted: str) -> bool:
    """Whether that part of the topic was shown; any part of it where none is named."""
    topic, _, section = wanted.partition(":")
    parts = [find_variant(reader.release, topic, part, reader.profile) for part in ([section] if section else SECTIONS)]
    return any(found and in_a_row(list(found.variant.bubbles), answer.bubbles) for found in parts)


def keeps_help(answer: Answer) -> bool:
    return bool(answer.lines) or any(action.startswith("request_help") for action in answer.actions)


def starts_with(reader: Reader, answer: Answer, lines: list[str]) -> bool:
    open_now = [line for line in lines if not reader.is_shut(line)]
    return answer.lines[: len(open_now)] == open_now


def is_999_first(reader: Reader, answer: Answer) -> bool:
    lists = answer.lists()
    said = is_of_level(reader, answer, "emergency")
    return said and bool(lists) and lists[0][1] == [EMERGENCY] and not answer.asks_before(len(answer.messages))


# Each takes the reader, the answer and what the persona expects, and tells whether it is so.
EXPECTATIONS: dict[str, Callable[[Reader, Answer, Any], bool]] = {
    "level": lambda reader, answer, wanted: any(is_of_level(reader, answer, level) for level in as_list(wanted)),
    "help": lambda reader, answer, wanted: bool(answer.lines) == wanted,
    "first_lines": starts_with,
    "includes_lines": lambda reader, answer, ids: all(id_ in answer.lines or reader.is_shut(id_) for id_ in ids),
    "never_lines": lambda reader, answer, ids: not set(ids) & set(answer.lines),
    "at_most_lines": lambda reader, answer, most: len(answer.lines) <= most,
    "first_is_999": lambda reader, answer, wanted: is_999_first(reader, answer) == wanted,
    "asks_nothing": lambda reader, answer, wanted: answer.asks_before(len(answer.messages)) != wanted,
    "keeps_help": lambda reader, answer, wanted: keeps_help(answer) == wanted,
    "offers": lambda reader, answer, starts: all(any(a.startswith(s) for a in answer.actions) for s in starts),
    "taught": teaches,
    "said": lambda reader, answer, keys: all(says(reader, answer, key) for key in as_list(keys)),
    "not_said": lambda reader, answer, keys: not any(says(reader, answer, key) for key in as_list(keys)),
    "refused": lambda reader, answer, wanted: (answer.status >= 400 and bool(answer.lines)) == wanted,
    "language": lambda reader, answer, wanted: True,  # taken before the checks; break_rules() does the rest
}


def break_rules(reader: Reader, answer: Answer) -> Iterator[str]:
    """What no answer may do, to anyone: one sentence for each rule it broke."""
    if not answer.texts and not answer.lines:
        yield "empty answer"
    yield from (f"longer than {LONGEST_BUBBLE}: {text[:40]}…" for text in answer.bubbles if len(text) > LONGEST_BUBBLE)
    for line in answer.lines:
        if not fits(reader, line):
            yield f"{line} is not for this age or nation"
        if reader.is_shut(line):
            yield f"{line} is shut just now"
    shown = [{key: value for key, value in message.items() if key != "buttons"} for message in answer.messages]
    yield from find_banned_in(json.dumps(shown, ensure_ascii=False), "answer")
    if answer.status == 200 and says(reader, answer, "unavailable"):
        yield "the chat had to answer by itself"
    lists = answer.lists()
    if is_of_level(reader, answer, "emergency") and not (lists and lists[0][1] == [EMERGENCY]):
        yield "words for danger without 999 first and alone"
    is_calmer = any(is_of_level(reader, answer, level) for level in ("concern", "disclosure"))
    # The youngest may be sent to 999 by the routing table itself: alone outside at night is danger.
    if is_calmer and EMERGENCY in answer.lines and reader.profile.age_band != "under_13":
        yield "999 without the words for danger"
    if any(EMERGENCY in ids and answer.asks_before(at) for at, ids in lists):
        yield "asks before 999"
    if reader.has_disclosed:
        playful = [message["type"] for message in answer.messages] + answer.actions
        yield from (f"{name} after a disclosure" for name in playful if name.removeprefix("ask_").startswith(PLAYFUL))
    yield from check_words(reader, answer)


def check_words(reader: Reader, answer: Answer) -> Iterator[str]:
    """Each bubble stands in the release, and in the language of the chat, unless it says that there is only English."""
    only_english = reader.release.has_words("language_missing", "en") and says(reader, answer, "language_missing")
    for text in answer.bubbles:
        languages = [language for language in LANGUAGES if in_release(reader.release, text, language)]
        if not languages:
            yield f"words that are not in the release: {text[:40]}…"
        elif reader.profile.language not in languages and not (reader.any_language or only_english):
            yield f"{languages[0]} in a chat in {reader.profile.language}: {text[:40]}…"


def in_release(release: Release, text: str, language: str) -> bool:
    if any(text in variant.bubbles for variant in release.variants if variant.language == language):
        return True
    for key, words in release.system[language].items():
        if key.startswith("widget."):  # the panel's own, never the bot's; one of them is a bare placeholder
            continue
        bubbles = [words] if isinstance(words, str) else words
        if any(text == bubble or ("{" in bubble and pattern_of(bubble).fullmatch(text)) for bubble in bubbles):
            return True
    return False


def fits(reader: Reader, id_: str) -> bool:
    """Whether this person may be shown the line, by its own ages and nations."""
    line = reader.release.helplines.get(id_)
    if line is None:
        return False
    nation, age_band = reader.profile.nation, reader.profile.age_band
    if not (nation in line.nations if nation else line.nations.issuperset(NATIONS)):
        return False
    if reader.is_adult or reader.profile.audience != DEFAULT_AUDIENCE:  # an adult may call a child's line with them
        return True
    if age_band is None:
        return id_ in FOR_EVERYONE or (line.is_signpost and line.min_age in (None, 0))
    return line.takes_ages(*AGE_SPANS[age_band])
