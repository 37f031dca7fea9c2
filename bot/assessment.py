"""What rules and model say of one message, put together: the rules can only raise what the model says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.risk_model import LEVELS, View
from safety import Assessment

EMERGENCY_NEEDS = ("immediate_danger", "suicidal_now")
ADULT_NEEDS = ("parent_worried", "professional_worried")
# What goes on with help.
GOES_ON = frozenset(
    (
        "cannot_call", "cannot_talk_now", "ask_what_happens", "build_message", "ground_me", "ask_got_through",
        "ask_after_telling", "ask_how_to_help", "more_helplines",
    )
)  # fmt: skip
# And what is asked of the chat itself: said after a disclosure, these too are answered as what they are.
LET_THROUGH = GOES_ON | {
    "ask_privacy", "ask_phone_bill", "ask_who_are_you", "choose_option", "repeat",
    "request_help", "correct_bot", "change_age_band", "change_nation",
    "change_language", "speak_english", "speak_welsh", "change_reading_level", "thank", "goodbye", "delete_chat",
    "start_again",
}  # fmt: skip
SURE = 0.5  # the confidence from which one of them is let through
CONTINUES = "continues"  # the evidence that the assessor's rules name when a message stays in what was said before
NEEDS_KEPT = 3
HARM = ("disclosure", "emergency")
RULE_BONUS = 0.1  # what a rule adds to the probability of a need it names
OWN_DOING = "own_sexual_thoughts"
LIKELY = 0.25  # the probability from which the model's second and third needs count
NLU_FALLBACK = "nlu_fallback"


@dataclass(frozen=True)
class Thresholds:
    """From which probability a level counts.

    `concern`: of a concern or more. `emergency`: of an emergency, and `danger`: of a concern or more; together they
    make an emergency, so that "in the car park" is not sent to 999. `sure`: of a concern or more, and `harm`: of a
    disclosure or more among these; together they make a disclosure. So what is surely not nothing and may well be harm
    is answered as harm, and a message that may be nothing is not. `rule`: of a concern or more, from which a rule that
    fired counts; below it the model is all but sure that the words mean something else.
    """

    concern: float = 0.4
    sure: float = 0.85
    harm: float = 0.2
    emergency: float = 0.1
    danger: float = 0.55
    rule: float = 0.3


def decide(view: View | None, thresholds: Thresholds) -> str:
    """The level that the model alone sees."""
    if view is None or view.at_least["concern"] < thresholds.concern:
        return "none"
    any_level, harm = view.at_least["concern"], view.at_least["disclosure"]
    if view.at_least["emergency"] >= thresholds.emergency and any_level >= thresholds.danger:
        return "emergency"
    return "disclosure" if any_level >= thresholds.sure and harm >= thresholds.harm * any_level else "concern"


def counted(ruled: Assessment, view: View | None, thresholds: Thresholds) -> Assessment:
    """What the rules found, or nothing where the model is all but sure that nothing is wrong.

    An emergency always counts, and so does what stays in what was said before.
    """
    always = ruled.urgency == "emergency" or any(one.rule == CONTINUES for one in ruled.evidence)
    if view is None or always or view.at_least["concern"] >= thresholds.rule:
        return ruled
    return Assessment(language=ruled.language)


def complete(ruled: Assessment, view: View | None, learned: str) -> dict[str, Any]:
    """The assessment as the actions read it: urgency, about, needs (likeliest first), evidence, language."""
    urgency = max(ruled.urgency, learned, key=LEVELS.index)
    found = ruled.as_dict() | {"urgency": urgency}
    if urgency == "none" or view is None:
        return found | {"needs": list(ruled.needs)}
    about = ruled.about if ruled.about != "unknown" else view.about
    return found | {"needs": _order_needs(ruled, view, urgency), "about": about}


def _order_needs(ruled: Assessment, view: View, urgency: str) -> list[str]:
    """At most NEEDS_KEPT needs, likeliest first.

    A need that a rule names counts as somewhat likelier. What is not the likeliest must be likely, or named by a rule,
    to come second or third: a need of danger or of an adult changes who is offered, and with what.
    """
    named = ruled.needs[:NEEDS_KEPT]
    chances = {
        need: view.needs.get(need, 0.0) + (RULE_BONUS if need in named else 0.0) for need in (*view.needs, *named)
    }
    if ruled.urgency in HARM and OWN_DOING not in ruled.needs:
        # To take a child who was hurt for one who did something is the worst mistake here.
        chances.pop(OWN_DOING, None)
    ranked = sorted(chances, key=lambda need: -chances[need])
    ranked = [need for place, need in enumerate(ranked) if not place or need in named or chances[need] >= LIKELY]
    adult = ranked[0] in ADULT_NEEDS or any(need in ADULT_NEEDS for need in ruled.needs)
    kept = [need for need in ranked if adult or need not in ADULT_NEEDS]
    if urgency != "emergency":
        return [need for need in kept if need not in EMERGENCY_NEEDS][:NEEDS_KEPT] or ["general_talk"]
    danger = max(EMERGENCY_NEEDS, key=lambda need: chances.get(need, 0.0))
    first = [need for need in kept if need in ADULT_NEEDS][:1] or [danger]
    return list(dict.fromkeys([*first, danger, *(need for need in kept if need not in EMERGENCY_NEEDS)]))[:NEEDS_KEPT]


def is_let_through(found: Mapping[str, Any], learned: str, meant: Mapping[str, Any]) -> bool:
    """Whether the message asks for something we do, and says nothing of its own that must be answered first.

    That is so when it only stays in what was said before, or when the model alone sees a concern in words that go on
    with help, as in "i dont want to phone anyone". `learned` is the model's own level, `meant` the best intent.
    """
    fired = [one["rule"] for one in found["evidence"]]
    if float(meant["confidence"]) < SURE:
        return False
    if learned == "none" and fired == [CONTINUES]:
        return meant["name"] in LET_THROUGH
    return found["urgency"] == "concern" and not fired and meant["name"] in GOES_ON


def understood(ranking: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The classifier's best intent, also where the fallback has stepped in front of it."""
    for candidate in ranking:
        if candidate["name"] != NLU_FALLBACK:
            return dict(candidate)
    return {"name": None, "confidence": 0.0}


def previous_of(metadata: Any) -> Assessment | None:
    """The assessment of the message before, as the chat sends it along, so that "yes" stays in what was said."""
    previous = metadata.get("previous") if isinstance(metadata, Mapping) else None
    if not isinstance(previous, Mapping) or previous.get("urgency") not in LEVELS:
        return None
    return Assessment(
        urgency=previous["urgency"],
        about=previous.get("about") or "unknown",
        needs=tuple(previous.get("needs") or ()),
        evidence=(),
        language=None,
    )
