"""The ids that the whole project shares, as far as the assessor uses them."""

URGENCIES = ("none", "concern", "disclosure", "emergency")  # most serious last
ABOUTS = ("self", "other", "unknown")
LANGUAGES = ("en", "cy")
NEEDS = (
    "immediate_danger",
    "suicidal_now",
    "suicidal_thoughts",
    "sexual_assault_recent",
    "sexual_assault_past",
    "grooming_online",
    "nude_image",
    "sextortion",
    "sexual_exploitation",
    "county_lines",
    "trafficking",
    "forced_marriage",
    "hurt_at_home",
    "relationship_control",
    "missing",
    "homelessness",
    "bullying",
    "own_sexual_thoughts",
    "low_mood",
    "drugs",
    "lgbtq",
    "contraception",
    "in_care",
    "anonymous_crime",
    "worried_friend",
    "parent_worried",
    "professional_worried",
    "general_talk",
)
EMERGENCY_NEEDS = ("immediate_danger", "suicidal_now")  # one of them comes first in every emergency


def is_at_least(urgency: str, level: str) -> bool:
    """True when `urgency` is as serious as `level` or more."""
    return URGENCIES.index(urgency) >= URGENCIES.index(level)
