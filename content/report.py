"""What the content holds, in figures: `make content-report`."""

from collections import Counter
from datetime import date
from statistics import median
from typing import Any

from content.activities import KINDS
from content.grades import grade
from content.lint import find_past_review, lint, texts
from content.release import Snapshot
from content.taxonomy import DEFAULT_LANGUAGE

LEAST_WORDS = 20  # of an item whose grade counts; a formula says little of less


def report(snapshot: Snapshot, today: date) -> dict[str, Any]:
    """Counts of variants and activities, words, grades of English for young people, lint findings."""
    variants, activities = snapshot["variants"], snapshot["activities"]
    items = list(texts(snapshot))
    young = [item for item in items if item.for_young and item.language == DEFAULT_LANGUAGE]
    counted = [item for item in young if len(" ".join(item.bubbles).split()) >= LEAST_WORDS]
    grades = {f"{item.file} {item.item}": round(grade(item.bubbles), 1) for item in counted}
    worst = max(grades, key=lambda item: grades[item])

    def count(name: str) -> dict[str, int]:
        return dict(sorted(Counter(str(item[name] or "any") for item in variants).items()))

    return {
        "variants": len(variants),
        "topics": count("topic"),
        "sections": count("section"),
        "languages": count("language"),
        "audiences": count("audience"),
        "age_bands": count("age_band"),
        "reading_levels": count("reading_level"),
        "activities": {
            kind: dict(Counter(item["language"] for item in activities if item["kind"] == kind)) for kind in KINDS
        },
        "helplines": len(snapshot["helplines"]),
        "glossary": sum(key.startswith("glossary.") for key in snapshot["system"][DEFAULT_LANGUAGE]),
        "words": sum(len(" ".join(item.bubbles).split()) for item in items),
        "longest_bubble": max(len(bubble) for item in items if item.for_young for bubble in item.bubbles),
        "grade_median": median(grades.values()),
        "grade_worst": [grades[worst], worst],
        "lint_findings": len(lint(snapshot, today)),
        "past_review": len(list(find_past_review(snapshot, today))),
    }
