"""Rules and model put together: what counts, what is let through, in which order needs come."""

from __future__ import annotations

import pytest

from bot.assessment import Thresholds, complete, counted, decide, is_let_through, previous_of
from bot.risk_model import View
from safety import Assessment, Assessor

THRESHOLDS = Thresholds(concern=0.5, sure=0.8, harm=0.4, emergency=0.3, danger=0.6, rule=0.2)
ASSESSOR = Assessor.load()


def view(concern: float, disclosure: float, emergency: float, **needs: float) -> View:
    return View({"concern": concern, "disclosure": disclosure, "emergency": emergency}, "self", needs or {"drugs": 1.0})


@pytest.mark.parametrize(
    ("seen", "level"),
    [
        (view(0.4, 0.3, 0.1), "none"),
        (view(0.7, 0.3, 0.1), "concern"),
        (view(0.9, 0.8, 0.1), "disclosure"),
        (view(0.9, 0.8, 0.7), "emergency"),
        (view(0.9, 0.3, 0.2), "concern"),
        (view(0.7, 0.65, 0.2), "concern"),
        (view(0.7, 0.65, 0.5), "emergency"),
        (view(0.55, 0.5, 0.5), "concern"),
        (view(0.4, 0.4, 0.4), "none"),
        (None, "none"),
    ],
)
def test_harm_counts_when_it_is_likely_and_that_something_is_wrong_is_sure(seen: View | None, level: str) -> None:
    assert decide(seen, THRESHOLDS) == level


def test_rules_raise_what_the_model_says_and_never_lower_it() -> None:
    ruled = Assessment(urgency="concern", needs=("bullying",))
    assert complete(ruled, view(0.1, 0, 0), "none")["urgency"] == "concern"
    assert complete(ruled, view(0.9, 0.9, 0), "disclosure")["urgency"] == "disclosure"


def test_a_rule_counts_unless_the_model_is_all_but_sure_of_the_opposite() -> None:
    ruled = ASSESSOR.assess("he hits me")
    assert ruled.urgency == "disclosure"
    assert counted(ruled, view(0.3, 0.1, 0), THRESHOLDS) == ruled
    assert counted(ruled, view(0.01, 0, 0), THRESHOLDS).urgency == "none"
    assert counted(ruled, None, THRESHOLDS) == ruled
    danger = ASSESSOR.assess("hes outside with a knife")
    assert counted(danger, view(0.01, 0, 0), THRESHOLDS).urgency == "emergency"
    stays = ASSESSOR.assess("yes", Assessment(urgency="disclosure", needs=("hurt_at_home",)))
    assert counted(stays, view(0.01, 0, 0), THRESHOLDS).urgency == "disclosure"


def test_an_emergency_has_its_danger_first_and_an_adult_their_own_need() -> None:
    seen = view(1, 1, 1, hurt_at_home=0.6, immediate_danger=0.3)
    assert complete(Assessment(), seen, "emergency")["needs"] == ["immediate_danger", "hurt_at_home"]
    seen = view(1, 1, 1, professional_worried=0.6, immediate_danger=0.3)
    assert complete(Assessment(), seen, "emergency")["needs"] == ["professional_worried", "immediate_danger"]


def test_a_child_who_was_hurt_is_not_taken_for_one_who_did_something() -> None:
    ruled = ASSESSOR.assess("i am forced to have sex and i am only 12")
    seen = view(1, 1, 0, own_sexual_thoughts=0.95, sexual_assault_past=0.01)
    assert complete(ruled, seen, "disclosure")["needs"][0] == "sexual_assault_past"
    worried = view(1, 0, 0, own_sexual_thoughts=0.9, low_mood=0.1)
    assert complete(Assessment(), worried, "concern")["needs"][0] == "own_sexual_thoughts"


def test_below_an_emergency_no_need_of_danger_is_named() -> None:
    assert complete(Assessment(), view(1, 1, 0, immediate_danger=1.0), "disclosure")["needs"] == ["general_talk"]


def test_after_a_disclosure_what_we_can_do_is_done_and_anything_else_stays_in_it() -> None:
    before = Assessment(urgency="disclosure", about="self", needs=("hurt_at_home",))
    for words, intent, let_through in (
        ("i cant call", "cannot_call", True),
        ("yes", "thank", True),
        ("yes", "ask_grooming", False),
        ("he hits me", "cannot_call", False),
    ):
        found = complete(ASSESSOR.assess(words, before), view(0, 0, 0), "none")
        assert found["urgency"] == "disclosure", words
        assert is_let_through(found, "none", {"name": intent, "confidence": 0.9}) is let_through, words
    found = complete(ASSESSOR.assess("i cant call", before), view(1, 1, 0), "disclosure")
    assert not is_let_through(found, "disclosure", {"name": "cannot_call", "confidence": 0.9})
    assert not is_let_through(found, "none", {"name": "cannot_call", "confidence": 0.2})


def test_a_worry_of_the_model_alone_does_not_stand_before_help_that_was_asked_for() -> None:
    found = complete(ASSESSOR.assess("i would rather not phone them"), view(0.7, 0.1, 0), "concern")
    assert is_let_through(found, "concern", {"name": "cannot_call", "confidence": 0.9})
    assert not is_let_through(found, "concern", {"name": "thank", "confidence": 0.9})
    told = complete(ASSESSOR.assess("he hits me so i cant phone"), view(0.7, 0.1, 0), "concern")
    assert not is_let_through(told, "concern", {"name": "cannot_call", "confidence": 0.9})


@pytest.mark.parametrize("metadata", [None, {}, {"previous": "x"}, {"previous": {"urgency": "high"}}])
def test_without_a_message_before_there_is_no_assessment_of_it(metadata: object) -> None:
    assert previous_of(metadata) is None
