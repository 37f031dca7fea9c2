"""The fixed dialogue for each level of urgency."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from content.profile import Profile
from content.release import Release
from content.support import help_messages, unavailable
from content.taxonomy import AGE_BANDS, LANGUAGES, NEEDS

Build = Callable[..., Any]
EVENING = datetime(2026, 11, 24, 18, 0)


def outline(messages: list[dict[str, Any]]) -> list[Any]:
    """Texts as they are, lists of helplines as their ids."""
    return [message.get("text") or [line["id"] for line in message["helplines"]] for message in messages]


def actions(messages: list[dict[str, Any]]) -> list[str]:
    return [button["action"] for message in messages for button in message.get("buttons", ())]


def test_emergency_is_999_first_and_alone(small_release: Release) -> None:
    messages = help_messages(small_release, "emergency", ["immediate_danger"], Profile(), now=EVENING)
    assert outline(messages) == [
        "emergency in English",
        ["emergency-999"],
        "emergency_after in English",
        ["silent-solution-55", "childline"],
    ]
    assert actions(messages) == ["correct_bot"]


@pytest.mark.parametrize("about", ["self", "other", "unknown"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("age_band", [None, *AGE_BANDS])
def test_every_emergency_starts_with_999_alone_and_asks_nothing(
    library_release: Release, about: str, language: str, age_band: str | None
) -> None:
    profile = Profile(language=language, age_band=age_band)
    for needs in ([], *([need] for need in NEEDS)):
        answer = help_messages(library_release, "emergency", needs, profile, about=about)
        assert unavailable(library_release, profile, "emergency", needs, about=about) == answer
        lists = [[line["id"] for line in m["helplines"]] for m in answer if m["type"] == "helplines"]
        assert lists[0] == ["emergency-999"], needs
        assert all("emergency-999" not in ids for ids in lists[1:])
        assert "999" in answer[0]["text"]
        assert all("?" not in m["text"] for m in answer if m["type"] == "text")
        assert all(m["type"] in ("text", "helplines") for m in answer)
        assert actions(answer) == ["cannot_call", "correct_bot"]


def test_disclosure(small_release: Release) -> None:
    messages = help_messages(small_release, "disclosure", ["grooming_online"], Profile(), about="self", now=EVENING)
    assert outline(messages) == [
        "disclosure in English",
        ["childline", "shout"],
        "disclosure_next in English",
    ]
    assert actions(messages) == ["change_age_band", "correct_bot", "ask_privacy"]
    assert "buttons" in messages[-1]


def test_five_buttons_at_most_the_most_useful_first(library_release: Release) -> None:
    def offered(profile: Profile, *needs: str, about: str = "self") -> list[str]:
        return actions(help_messages(library_release, "disclosure", needs, profile, about=about, now=EVENING))

    known = Profile(age_band="13_15", nation="england")
    ways = ["ask_what_happens", "cannot_call"]
    assert offered(Profile(), "bullying") == [*ways, "change_age_band", "correct_bot", "ask_privacy"]
    assert offered(Profile(age_band="13_15"), "bullying")[3:] == ["change_nation", "correct_bot"]
    assert offered(known, "hurt_at_home") == ["more_helplines", *ways, "correct_bot", "ask_privacy"]
    for_a_friend = offered(known, "hurt_at_home", about="other")
    assert for_a_friend[:3] == ["more_helplines", "ask_how_to_help", "ask_what_happens"]
    assert "cannot_call" not in for_a_friend
    assert "ask_how_to_help" in offered(Profile(), "parent_worried")


def test_a_button_without_words_is_left_out(small_release: Release) -> None:
    messages = help_messages(small_release, "none", [], Profile(), now=EVENING)
    assert "ask_what_happens" not in actions(messages)


def test_concern_in_welsh_with_all_known(small_release: Release) -> None:
    profile = Profile(language="cy", age_band="13_15", nation="wales")
    messages = help_messages(small_release, "concern", ["bullying"], profile, now=EVENING)
    assert outline(messages) == ["concern yn Gymraeg", ["evenings", "childline", "shout"]]
    assert actions(messages) == ["more_helplines", "correct_bot", "ask_privacy"]
    assert messages[1]["buttons"][0]["label"] == "button.more_helplines yn Gymraeg"
    assert messages[1]["helplines"][1]["name"] == "Childline Cymraeg"


@pytest.mark.parametrize(
    ("urgency", "needs", "profile", "about", "key"),
    [
        ("concern", ["bullying"], Profile(), "other", "concern_other"),
        ("concern", ["parent_worried"], Profile(), "other", "parent_worried"),
        ("concern", ["bullying"], Profile(audience="parent_carer"), "unknown", "parent_worried"),
        ("concern", ["bullying"], Profile(audience="community"), "unknown", "professional_worried"),
        ("disclosure", ["professional_worried"], Profile(), "other", "professional_worried"),
        ("none", ["general_talk"], Profile(), "unknown", "help_intro"),
        ("none", [], Profile(), "unknown", "help_intro"),
    ],
)
def test_words(small_release: Release, urgency: str, needs: list[str], profile: Profile, about: str, key: str) -> None:
    messages = help_messages(small_release, urgency, needs, profile, about=about, now=EVENING)
    assert outline(messages)[0] == f"{key} in English"
    assert messages[-1]["type"] == "helplines"


def test_words_for_the_very_case_are_used_when_there_are_any(make_release: Build, make_snapshot: Build) -> None:
    system = make_snapshot()["system"]
    system["en"] |= {"disclosure_suicidal": "You matter.", "emergency_other": "Ring 999 for them."}
    release = make_release(system=system)
    assert help_messages(release, "disclosure", ["suicidal_thoughts"], Profile())[0]["text"] == "You matter."
    assert help_messages(release, "disclosure", ["bullying"], Profile())[0]["text"] == "disclosure in English"
    assert help_messages(release, "emergency", [], Profile(), about="other")[0]["text"] == "Ring 999 for them."


def test_an_adult_is_not_asked_their_age(small_release: Release) -> None:
    messages = help_messages(small_release, "concern", ["parent_worried"], Profile(), now=EVENING)
    assert "change_age_band" not in actions(messages)
    assert "change_nation" in actions(messages)


def test_unavailable_says_so_and_helps(small_release: Release) -> None:
    plain = unavailable(small_release, Profile(), now=EVENING)
    assert outline(plain) == ["unavailable in English", ["childline", "shout"]]
    told = unavailable(small_release, Profile(), "disclosure", ["bullying"], now=EVENING)
    assert outline(told)[:3] == ["unavailable in English", "disclosure in English", ["childline", "shout"]]


def test_a_helpline_falls_back_to_english_field_by_field(make_release: Build, make_helpline: Build) -> None:
    lines = [
        make_helpline("emergency-999"),
        make_helpline(
            "shout",
            name={"en": "Shout"},
            routes=[{"channel": "text", "label": "85258", "href": "sms:85258", "say": "SHOUT"}],
            hours=None,
            hours_words=None,
        ),
    ]
    release = make_release(helplines=lines, routing={"unknown": ["shout"], "last_resort": ["shout"], "needs": {}})
    (_, message) = help_messages(release, "none", [], Profile(language="cy"), now=EVENING)
    assert message["helplines"] == [
        {
            "id": "shout",
            "name": "Shout",
            "what_for": "I siarad.",
            "routes": [{"channel": "text", "label": "85258", "href": "sms:85258", "say": "SHOUT"}],
            "hours": "",
            "open_now": None,
            "cost": "Am ddim",
            "trace": "Dim ôl",
            "privacy": "Preifat",
            "awaiting_check": True,
        }
    ]
