"""The rule files: every rule on its own examples, every need covered, mistakes named with file and rule."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from safety import Assessor
from safety.rules import FOLDER, read_rule_book
from safety.sequences import BrokenRule
from safety.taxonomy import NEEDS

ASSESSOR = Assessor.load()
RULES = ASSESSOR.book.rules


def fired(text: str) -> set[str]:
    return {evidence.rule for evidence in ASSESSOR.assess(text).evidence}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_fires_on_its_examples_and_not_on_its_near_misses(rule):
    missed = [example for example in rule.examples if rule.id not in fired(example)]
    wrong = [phrase for phrase in rule.never if rule.id in fired(phrase)]
    assert not missed, f"{rule.file}: {rule.id} does not fire on {missed}"
    assert not wrong, f"{rule.file}: {rule.id} must not fire on {wrong}"


@pytest.mark.parametrize("guard", ASSESSOR.book.guards, ids=lambda guard: guard.id)
def test_guard_keeps_its_examples_from_raising_an_alarm(guard):
    for example in guard.examples:
        urgency = ASSESSOR.assess(example).urgency
        allowed = ("none", "concern", "disclosure") if guard.at_most == "disclosure" else ("none", "concern")
        assert urgency in allowed, f"guards.yml: {guard.id}: {example!r} is {urgency}"


def test_every_need_has_rules():
    without = [need for need in NEEDS if not any(need in rule.needs or need == rule.recent for rule in RULES)]
    assert without == []


def test_danger_and_request_for_help_have_welsh_rules():
    welsh = {need for rule in RULES if rule.language == "cy" for need in rule.needs}
    assert {"immediate_danger", "suicidal_now", "suicidal_thoughts", "general_talk", "county_lines"} <= welsh


@pytest.mark.parametrize(
    ("rule", "complaint"),
    [
        ("{id: x, urgency: loud, needs: [bullying], sequences: [a], examples: [a]}", "urgency"),
        ("{id: x, urgency: concern, needs: [sadness], sequences: [a], examples: [a]}", "sadness"),
        ("{id: x, urgency: concern, needs: [bullying], sequences: ['{nolist}'], examples: [a]}", "nolist"),
        ("{id: x, urgency: concern, needs: [bullying], sequences: ['~2'], examples: [a]}", "nothing at all"),
        ("{id: x, urgency: emergency, needs: [bullying], sequences: [a], examples: [a]}", "first need"),
        (
            "{id: x, urgency: concern, needs: [bullying], sequences: [a], examples: [a], colour: red}",
            "colour",
        ),
        (
            "{id: x, urgency: concern, needs: [bullying], sequences: [a], examples: [a], unless: [rain]}",
            "rain",
        ),
        ("{id: x, urgency: concern, needs: [bullying], sequences: [a]}", "example"),
    ],
)
def test_mistake_names_file_and_rule(tmp_path: Path, rule: str, complaint: str):
    folder = tmp_path / "rules"
    copytree(FOLDER, folder)
    (folder / "new.yml").write_text(f"rules:\n  - {rule}\n", "utf-8")
    with pytest.raises(BrokenRule, match=complaint) as error:
        read_rule_book(folder)
    assert "new.yml: x" in str(error.value)


def test_file_that_is_not_yaml_is_named(tmp_path: Path):
    folder = tmp_path / "rules"
    copytree(FOLDER, folder)
    (folder / "new.yml").write_text("rules: [", "utf-8")
    with pytest.raises(BrokenRule, match=r"new\.yml"):
        read_rule_book(folder)
