"""What staff read in place of the ids that content uses."""

from __future__ import annotations

from flask import Flask

from content.models.topics import ANY_AGE
from content.reading import HELD, LIVE, MISSING, WAITING

LABELS = {
    "section": {"explain": "What it means", "signs": "Signs to look for", "what_to_do": "What to do"},
    "language": {"en": "English", "cy": "Welsh"},
    "audience": {
        "young_person": "Young person",
        "parent_carer": "Parent or carer",
        "professional": "Professional",
        "community": "Community",
    },
    "age_band": {
        ANY_AGE: "Any age",
        "under_13": "Under 13",
        "13_15": "13 to 15",
        "16_17": "16 or 17",
        "18_plus": "18 or over",
    },
    "reading_level": {"standard": "Standard", "easy_read": "Easy read"},
    "state": {
        MISSING: "Missing",
        LIVE: "Live",
        WAITING: "Waits for the next publish",
        HELD: "Waits for approval",
    },
    "nation": {
        "wales": "Wales",
        "england": "England",
        "scotland": "Scotland",
        "northern_ireland": "Northern Ireland",
    },
    "channel": {
        "phone": "Phone",
        "text": "Text",
        "webchat": "Web chat",
        "email": "Email",
        "form": "Online form",
        "bsl": "British Sign Language",
        "in_person": "In person",
    },
    "status": {"active": "In use", "changed": "Changed", "unconfirmed": "Not confirmed"},
    "role": {
        "author": "Author",
        "reviewer": "Reviewer",
        "publisher": "Publisher",
        "safeguarding_lead": "Safeguarding lead",
        "admin": "Administrator",
    },
    "role_hint": {
        "author": "Writes texts.",
        "reviewer": "Writes, and approves what others wrote.",
        "publisher": "Makes approved texts live, and takes them back.",
        "safeguarding_lead": "Approves what keeps young people safe: help, helplines, the rules of the assessor.",
        "admin": "Runs the place: people, sites, the log. May do everything else too.",
    },
    "permission": {
        "read": "see everything",
        "write": "write",
        "review": "approve what others wrote",
        "publish": "publish and roll back",
        "safeguard": "approve what keeps young people safe",
        "check_lines": "note that a helpline was checked",
        "manage_sites": "manage sites",
        "see_audit": "see who changed what",
        "manage_staff": "manage people",
    },
    "kind": {"service": "Helpline", "signpost": "Signpost"},
}


def init_app(app: Flask) -> None:
    app.jinja_env.filters["label"] = label
    app.jinja_env.globals["labels"] = LABELS


def label(id_: str, kind: str) -> str:
    """The label of an id; one that has none reads as words."""
    return LABELS.get(kind, {}).get(id_) or id_.replace("_", " ").replace("-", " ").capitalize()
