"""What rules and model say of one message, put together: the rules can only raise what the model says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.risk_model import LEVELS, View
from safety import Assessment

# The intent that carries each level through the rules of the conversation, most serious last.
INTENT_OF_URGENCY = {
    "concern": "express_concern",
    "disclosure": "disclose_harm",
    "emergency": "disclose_emergency",
}
EMERGENCY_NEEDS = ("immediate_danger", "suicidal_now")
ADULT_NEEDS = ("parent_worried", "professional_worried")
NEEDS_KEPT = 3
LIKELY = 0.25  # the probability from which the model's second and third needs count
NLU_FALLBACK = "nlu_fallback"


def decide(view: View | None, thresholds: Mapping[str, float]) -> str:
    """The highest level that, like every level below it, reaches its threshold."""
    decided = "none"
    for level in LEVELS[1:]:
        if view is None or view.at_least[level] < float(thresholds[level]):
            break
        decided = level
    return decided


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

    A rule that carries the level knows what it saw; else the model's likeliest need comes first. What only the model
    sees must be likely to come second or third: a need of danger or of an adult changes who is offered, and with what.
    """
    likely = [need for number, (need, chance) in enumerate(view.needs.items()) if not number or chance >= LIKELY]
    ranked = [*ruled.needs, *likely] if ruled.urgency == urgency else [*likely, *ruled.needs]
    ranked = list(dict.fromkeys(ranked))
    adult = ranked[0] in ADULT_NEEDS or any(need in ADULT_NEEDS for need in ruled.needs)
    kept = [need for need in ranked if adult or need not in ADULT_NEEDS]
    if urgency != "emergency":
        return [need for need in kept if need not in EMERGENCY_NEEDS][:NEEDS_KEPT] or ["general_talk"]
    danger = max(EMERGENCY_NEEDS, key=lambda need: (need in ruled.needs, view.needs.get(need, 0.0)))
    first = [need for need in kept if need in ADULT_NEEDS][:1] or [danger]
    return list(dict.fromkeys([*first, danger, *(need for need in kept if need not in EMERGENCY_NEEDS)]))[:NEEDS_KEPT]


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
