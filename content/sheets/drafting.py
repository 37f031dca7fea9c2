"""Makes the drafts that a plan holds. The caller's session; the caller commits."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from content import drafts
from content.models import Variant
from content.sheets.planning import Plan
from content.sheets.standing import variants_by_key


def draft(session: Session, plan: Plan, who: str, note: str) -> int:
    """Drafts every change of the plan; returns how many drafts that are. Raises BrokenContent."""
    known = variants_by_key(session) if plan.texts else {}
    names = ("topic_id", "section", "language", "audience", "age_band", "reading_level")
    for key, text in plan.texts:
        variant = known[key] = known.get(key) or Variant(**dict(zip(names, key, strict=True)))
        days: dict[str, Any] = {
            name: date.fromisoformat(text[name]) for name in ("starts_on", "ends_on") if name in text
        }
        drafts.save_draft(session, variant, text["bubbles"], who, note, picture=text.get("picture"), **days)
    for language, name, words in plan.words:
        drafts.save_words(session, language, name, words, who)
    return len(plan.texts) + len(plan.words)
