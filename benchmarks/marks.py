"""Publishing a text that changes each time, so that it shows which release an answer comes from."""

from __future__ import annotations

import re

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from content import drafts, publishing
from content.models import Variant

MARK = re.compile(r"Release mark (\d+)")
QUESTION = "what is grooming"
BUBBLES = 3


def publish_mark(engine: Engine, mark: int) -> int:
    """Publish a release in which the answer to QUESTION is this mark, BUBBLES times; the release's number.

    Raises sqlalchemy.exc.SQLAlchemyError; then nothing was published.
    """
    with Session(engine) as session, session.begin():
        variant = session.scalars(
            select(Variant).where(
                Variant.topic_id == "grooming", Variant.section == "explain", Variant.language == "en",
                Variant.audience == "young_person", Variant.age_band == "any", Variant.reading_level == "standard",
            )
        ).one()  # fmt: skip
        drafts.save_draft(session, variant, [f"Release mark {mark}."] * BUBBLES, "benchmark")
        return publishing.publish(session, "benchmark", f"mark {mark}").number


def marks_in(texts: list[str]) -> list[int]:
    """The mark of each text that has one."""
    return [int(found[1]) for text in texts if (found := MARK.search(text))]
