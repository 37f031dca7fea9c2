"""How the assessor reads: spelling, hidden words, any input at all, the message before, evidence, time."""

from __future__ import annotations

import time

import pytest

from safety import Assessment, Assessor, Evidence
from safety.mutations import mutate
from safety.taxonomy import is_at_least

ASSESSOR = Assessor.load()


@pytest.mark.parametrize(
    "text",
    [
        "i want to k m s",
        "i want to k.m.s",
        "i wanna kms",
        "ive been s3lf h4rming",
        "i got r*ped",
        "he r4ped me",
        "i was r a p e d",
        "im suicidallll",
        "i’m suicidal",
        "IM SUICIDAL",
        "im su\u200bicidal",
        "im ѕuісіdal",
        "im suicdal",
        "my boyfreind is threatning me",
        "he keeps askin 4 nudes",
        "mae fy nghariad yn bygwth fi",
        "mae dad yn hitio fi",
        "mae dad yn fy mŵrw i",
    ],
)
def test_spelling_hides_nothing(text: str):
    assert is_at_least(ASSESSOR.assess(text).urgency, "disclosure")


def test_emoji_that_carry_meaning():
    assert ASSESSOR.assess("he is outside with a 🔪").urgency == "emergency"


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n\n", "...", "?", "🙂🙂🙂", "\x00\x01\x02", "\u200b\u202e", "a" * 10_000, "😀" * 10_000,
     "k " * 5_000, "* " * 3_000,
     "1 2 3", "'" * 500, "\ud800", "ﷺ" * 2000, "he hit " * 1_500, "<b>hi</b>", "/restart{}"],
)  # fmt: skip
def test_any_input_is_fine(text: str):
    found = ASSESSOR.assess(text)
    assert found.urgency in ("none", "concern", "disclosure", "emergency")


@pytest.mark.parametrize("place", ["start", "end"])
def test_long_message_keeps_start_and_end(place: str):
    filler = "we went to the shop and then we came back. " * 300
    told = "my dad hits me. "
    text = told + filler if place == "start" else filler + told
    assert ASSESSOR.assess(text).urgency == "disclosure"


def test_evidence_names_rule_and_words_as_written():
    found = ASSESSOR.assess("ok so my dad hits me a lot")
    assert Evidence("home-hit", "dad hits me") in found.evidence


def test_as_dict_is_plain():
    plain = ASSESSOR.assess("my dad hits me").as_dict()
    assert plain["urgency"] == "disclosure"
    assert plain["needs"][0] == "hurt_at_home"
    assert set(plain["evidence"][0]) == {"rule", "words"}
    assert set(plain) == {"urgency", "about", "needs", "evidence", "language"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("my boyfriend hits me", "en"),
        ("mae fy nghariad yn bwrw fi", "cy"),
        ("dwi'n poeni am fy ffrind", "cy"),
        ("what is county lines", "en"),
        ("🙂", None),
        ("123", None),
    ],
)
def test_language_guess(text: str, language: str | None):
    assert ASSESSOR.assess(text).language == language


@pytest.mark.parametrize(
    "text", ["yes", "it happened again", "last night", "do", "ie", "neithiwr", "he did it again", "no"]
)
def test_short_message_keeps_what_was_told_before(text: str):
    before = ASSESSOR.assess("my stepdad touches me at night")
    after = ASSESSOR.assess(text, previous=before)
    assert after.urgency == before.urgency
    assert set(before.needs) <= set(after.needs)
    assert after.about == "self"


@pytest.mark.parametrize(
    "text", ["thanks", "what is consent", "beth yw secstio", "bye", "can you tell me about grooming"]
)
def test_new_topic_does_not_keep_it(text: str):
    before = ASSESSOR.assess("my stepdad touches me at night")
    assert ASSESSOR.assess(text, previous=before).urgency == "none"


def test_more_serious_message_is_never_held_back():
    before = ASSESSOR.assess("im worried about my friend")
    assert ASSESSOR.assess("she took loads of pills", previous=before).urgency == "emergency"


def test_nothing_before_is_nothing_to_keep():
    assert ASSESSOR.assess("yes", previous=Assessment()).urgency == "none"


def test_right_now_makes_violence_an_emergency():
    assert ASSESSOR.assess("my dad hits my mum").urgency == "disclosure"
    found = ASSESSOR.assess("my dad is hitting my mum right now")
    assert found.urgency == "emergency"
    assert found.needs[0] == "immediate_danger"


def test_last_night_makes_assault_recent():
    assert ASSESSOR.assess("i was raped last night").needs[0] == "sexual_assault_recent"
    assert ASSESSOR.assess("i was raped when i was 8").needs[0] == "sexual_assault_past"


def test_adult_comes_first_when_an_adult_writes():
    assert ASSESSOR.assess("my daughter is self harming").needs[:2] == ("parent_worried", "suicidal_thoughts")


def test_written_words_do_not_stay_in_memory():
    ASSESSOR.assess("zyxwvutsrq told me something")
    assert "zyxwvutsrq" not in ASSESSOR._vocab.strings


def test_welsh_mutations():
    assert set(mutate("cyllell")) == {"cyllell", "gyllell", "nghyllell", "chyllell"}
    assert set(mutate("llun")) == {"llun", "lun"}


def test_a_message_is_assessed_in_time():
    """The target is 2 ms; the test allows more so that a busy machine does not fail it."""
    texts = ["my boyfriend keeps checking my phone and gets angry when i talk to other boys at school"] * 200
    ASSESSOR.assess(texts[0])
    started = time.perf_counter()
    for text in texts:
        ASSESSOR.assess(text)
    assert (time.perf_counter() - started) / len(texts) < 0.02


@pytest.mark.parametrize(
    "text", ["hi", "help", "am i ok", "dan hit me", "mam", "pam did it", "na", "does he", "be careful"]
)
def test_english_with_a_welsh_looking_word_is_not_taken_for_welsh(text: str) -> None:
    assert ASSESSOR.assess(text).language != "cy"


@pytest.mark.parametrize(
    "text", ["shwmae", "be ydy cydsyniad", "dwi angen siarad", "diolch", "mae o yma", "im scared mae o yma"]
)
def test_welsh_and_half_welsh_are_taken_for_welsh(text: str) -> None:
    assert ASSESSOR.assess(text).language == "cy"
