"""Stories, quizzes and self-checks: data that one engine each plays (actions/activities.py)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from content import checks
from content.taxonomy import DEFAULT_LANGUAGE, LANGUAGES, TOPICS

STORY, QUIZ, SELF_CHECK = KINDS = ("story", "quiz", "self_check")
FOLDERS = {STORY: "stories", QUIZ: "quizzes", SELF_CHECK: "self_checks"}
LEVELS = ("high", "medium", "low")
SKIP = "skip"
LONGEST_LABEL = 48  # characters of a button
FEWEST_ANSWERS = 2  # of a question
CHOICES_DEEP = 4  # how many choices a reader of a story meets at least

Item = Mapping[str, Any]


@dataclass(frozen=True)
class Activity:
    """One activity in one language; `body` holds what its kind needs, as its file does."""

    kind: str
    id: str
    language: str
    title: str
    topic: str
    body: Item

    @classmethod
    def from_mapping(cls, item: Item) -> "Activity":
        return cls(item["kind"], item["id"], item["language"], item["title"], item["topic"], item)


def find_activity(activities: Mapping[tuple[str, str, str], Activity], kind: str, id_: str, language: str) -> Activity:
    """The activity in `language`, or else in English. Raises KeyError when there is none."""
    return activities.get((kind, id_, language)) or activities[kind, id_, DEFAULT_LANGUAGE]


def check_activity(item: Item) -> Iterator[str]:
    """One sentence for each thing to put right in an activity."""
    if item.get("kind") not in KINDS or not item.get("id"):
        yield f"must be one of {', '.join(KINDS)}, with an id"
        return
    if not isinstance(item.get("title"), str) or item.get("topic") not in TOPICS:
        yield "title or topic is missing or not known"
    elif not 0 < len(item["title"].strip()) <= LONGEST_LABEL:
        yield f"the title must have 1 to {LONGEST_LABEL} characters: it is a button too"
    if item.get("language") not in LANGUAGES:
        yield f"language must be one of {', '.join(LANGUAGES)}"
    try:
        yield from {STORY: _check_story, QUIZ: _check_quiz, SELF_CHECK: _check_self_check}[item["kind"]](item)
    except (KeyError, TypeError, AttributeError) as error:
        yield f"has not the shape of a {item['kind']}: {type(error).__name__} {error}"


def _check_story(item: Item) -> Iterator[str]:
    nodes: Mapping[str, Item] = item["nodes"]
    for name, node in nodes.items():
        yield from (f"{name}: {problem}" for problem in checks.check_bubbles(node["bubbles"]))
        choices = node.get("choices") or []
        if bool(choices) is bool(node.get("end")):
            yield f"{name}: has choices or is an end, not both"
        for choice in choices:
            yield from (f"{name}: {problem}" for problem in _check_label(choice["label"]))
            if choice["to"] not in nodes:
                yield f"{name}: leads to {choice['to']!r}, which is not there"
    reached = {item["start"]: 0}
    queue = [item["start"]]
    for name in queue:  # grows while it is walked: nearest nodes first
        for choice in nodes[name].get("choices") or []:
            if choice["to"] in nodes and choice["to"] not in reached:
                reached[choice["to"]] = reached[name] + 1
                queue.append(choice["to"])
    yield from (f"{name}: nothing leads there" for name in nodes if name not in reached)
    for name, node in nodes.items():
        if node.get("end") and reached.get(name, CHOICES_DEEP) < CHOICES_DEEP:
            yield f"{name}: is reached after {reached[name]} choices, at least {CHOICES_DEEP} are needed"


def _check_quiz(item: Item) -> Iterator[str]:
    if not item["questions"]:
        yield "there is no question yet"
    for number, question in enumerate(item["questions"], 1):
        yield from (f"question {number}: {problem}" for problem in checks.check_bubbles([question["ask"]]))
        if len(question["answers"]) < FEWEST_ANSWERS:
            yield f"question {number}: needs at least {FEWEST_ANSWERS} answers"
        if sum(bool(answer.get("right")) for answer in question["answers"]) != 1:
            yield f"question {number}: exactly one answer must be right"
        for answer in question["answers"]:
            yield from (f"question {number}: {problem}" for problem in _check_label(answer["label"]))
            yield from (f"question {number}: {problem}" for problem in checks.check_bubbles(answer["says"]))
    yield from (f"end: {problem}" for problem in checks.check_bubbles(item["end"]))


def _check_self_check(item: Item) -> Iterator[str]:
    yield from (f"intro: {problem}" for problem in checks.check_bubbles(item["intro"]))
    if not item["items"]:
        yield "there is nothing to press yet"
    for entry in item["items"]:
        yield from _check_label(entry["label"])
        if entry["level"] not in LEVELS:
            yield f"{entry['label']}: level must be one of {', '.join(LEVELS)}"
    for level in (*LEVELS, SKIP):
        yield from (f"{level}: {problem}" for problem in checks.check_bubbles(item["says"][level]))


def _check_label(label: str) -> Iterator[str]:
    if not label or len(label) > LONGEST_LABEL:
        yield f"the button {label!r} must have 1 to {LONGEST_LABEL} characters"
