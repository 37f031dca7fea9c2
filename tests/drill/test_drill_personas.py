"""The people of the drill: well formed, of every need, in both languages."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from benchmarks.drill import PERSONAS, find_button, read_personas
from benchmarks.drill_rules import Answer, Reader, break_rules, is_999_first, says, starts_with
from content.library import read_library
from content.profile import FIELDS, Profile
from content.release import Release
from content.settings import LIBRARY
from content.support import help_messages
from content.taxonomy import AUDIENCES, NEEDS, SECTIONS, TOPICS, URGENCIES

PEOPLE = read_personas()
KEYS = {"id", "who", "writes", "needs", "adult", "profile", "turns"}
LINES = ("first_lines", "includes_lines", "never_lines")


@pytest.fixture(scope="module")
def release() -> Release:
    return Release.from_snapshot(read_library(LIBRARY))


def expectations(persona: dict[str, Any]) -> list[dict[str, Any]]:
    return [turn.get("expect") or {} for turn in persona["turns"]]


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def test_there_are_enough_of_each_language() -> None:
    counted = Counter(persona["writes"] for persona in PEOPLE)
    assert set(counted) == {"en", "cy", "mixed"}
    assert counted["en"] >= 28
    assert counted["cy"] >= 12
    assert counted["mixed"] >= 4


def test_every_need_and_every_audience_has_someone() -> None:
    assert {need for persona in PEOPLE for need in persona["needs"]} == set(NEEDS)
    assert {(persona.get("profile") or {}).get("audience", "young_person") for persona in PEOPLE} == set(AUDIENCES)


def test_many_come_who_need_no_help() -> None:
    assert sum(not persona["needs"] for persona in PEOPLE) >= 8


def test_ids_are_unique() -> None:
    ids = [persona["id"] for persona in PEOPLE]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("persona", PEOPLE, ids=lambda persona: persona["id"])
def test_a_persona_names_only_what_there_is(persona: dict[str, Any], release: Release) -> None:
    assert set(persona) <= KEYS
    assert persona["who"]
    profile = persona.get("profile") or {}
    assert set(profile) <= set(FIELDS)
    kept = Profile.from_mapping(profile).as_dict()
    assert {name: kept[name] for name in profile} == profile
    assert all(isinstance(turn.get("say", turn.get("press")), str) for turn in persona["turns"])
    for expect in expectations(persona):
        named = {id_ for name in LINES for id_ in expect.get(name, ())}
        assert named <= set(release.helplines)
        assert set(as_list(expect.get("level", "none"))) <= set(URGENCIES)
        assert expect.get("language", "en") in ("en", "cy", "any")
        topic, _, section = expect.get("taught", TOPICS[0]).partition(":")
        assert topic in TOPICS
        assert section in ("", *SECTIONS)
        for keys in [*as_list(expect.get("said", [])), *as_list(expect.get("not_said", []))]:
            assert all(release.has_words(key, "en") for key in keys.split("|")), keys


@pytest.mark.parametrize("persona", PEOPLE, ids=lambda persona: persona["id"])
def test_each_persona_checks_something_in_most_turns(persona: dict[str, Any]) -> None:
    checked = sum(bool(expect) for expect in expectations(persona))
    assert checked >= len(persona["turns"]) / 2


def test_an_unknown_expectation_is_refused(tmp_path: Any) -> None:
    (tmp_path / "one.yml").write_text("- {id: one, turns: [{say: hi, expect: {helps: true}}]}", encoding="utf-8")
    with pytest.raises(ValueError, match="helps"):
        read_personas(tmp_path)
    assert PERSONAS.is_dir()


def test_the_rules_find_a_line_for_another_age(release: Release) -> None:
    reader = Reader(release, Profile(), is_adult=False)
    adult = Profile(nation="wales", age_band="18_plus")
    messages = help_messages(release, "disclosure", ["low_mood"], adult)
    assert "samaritans is not for this age or nation" in list(break_rules(reader, Answer(messages)))
    told = Reader(release, adult, is_adult=False)
    assert list(break_rules(told, Answer(messages))) == []


def test_the_rules_find_a_question_before_999(release: Release) -> None:
    reader = Reader(release, Profile(), is_adult=False)
    danger = help_messages(release, "emergency", ["immediate_danger"], Profile())
    assert is_999_first(reader, Answer(danger))
    assert list(break_rules(reader, Answer(danger))) == []
    question = {"type": "question", "text": release.word("ask_age", "en")}
    assert "asks before 999" in list(break_rules(reader, Answer([question, *danger])))
    assert not is_999_first(reader, Answer([question, *danger]))


def test_the_rules_find_the_wrong_language_and_words_nobody_curated(release: Release) -> None:
    reader = Reader(release, Profile(language="cy"), is_adult=False)
    english = Answer([{"type": "text", "text": release.word("thanks", "en")}])
    assert not says(reader, english, "thanks")
    assert any(fault.startswith("en in a chat in cy") for fault in break_rules(reader, english))
    made_up = Answer([{"type": "text", "text": "I feel sad for you today."}])
    assert any("not in the release" in fault for fault in break_rules(reader, made_up))
    assert "empty answer" in list(break_rules(reader, Answer([])))


def test_a_shut_line_is_passed_over(release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader(release, Profile(), is_adult=False)
    monkeypatch.setattr(Reader, "is_shut", lambda self, line: line == "meic")
    shown = Answer([{"type": "helplines", "helplines": [{"id": "childline"}, {"id": "shout"}]}])
    assert starts_with(reader, shown, ["childline", "meic", "shout"])
    assert not starts_with(reader, shown, ["shout"])


def test_a_button_is_found_by_its_whole_action_first() -> None:
    buttons = [{"action": "cannot_call:text.aaa"}, {"action": "cannot_call.bbb"}]
    assert find_button([{"type": "text", "buttons": buttons}], "cannot_call") == {"action": "cannot_call.bbb"}
    assert find_button([{"type": "text", "buttons": buttons}], "cannot_call:") == {"action": "cannot_call:text.aaa"}
    assert find_button([], "request_help") == {"action": "request_help"}
    assert find_button([], "cannot_call") is None
