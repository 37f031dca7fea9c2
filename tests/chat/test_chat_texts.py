import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chat.schemas import clean_text
from safety import Assessor


@pytest.mark.parametrize(
    "text",
    [
        "😢",
        "😀\u200d😀",
        "👩‍👩‍👧",
        "🫩",
        "\U0001fac8",  # an emoji newer than this Python's Unicode table
        "ساعدني",
        "می‌خواهم",
        "我需要帮助",
        "help\nme\tnow",
        "!!!",
        "0800 1111",
        "<script>alert(1)</script>",
        "'; DROP TABLE children; --",
        "{name} %s {{7*7}}",
    ],
)
def test_any_writing_goes_to_rasa_as_it_is(browse, rasa, text) -> None:
    browse().say(text)
    assert rasa.received[0]["text"] == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  hi  ", "hi"),
        ("hi\x00 there\x1b", "hi there"),
        ("half an emoji \ud83d", "half an emoji"),
        ("\u202ehidden", "\u202ehidden"),
        ("\u200b\u200d", ""),
        ("\ufe0f", ""),
        ("\xa0\u3000", ""),
    ],
)
def test_what_cannot_be_seen_is_taken_away(typed, kept) -> None:
    assert clean_text(typed) == kept


@given(st.text(alphabet=st.characters(), max_size=60))
def test_cleaned_text_can_be_sent_and_stays_the_same_when_cleaned_again(typed) -> None:
    cleaned = clean_text(typed)
    cleaned.encode("utf-8")
    assert clean_text(cleaned) == cleaned


@pytest.fixture(scope="module")
def rules():
    return Assessor.load()


@pytest.mark.parametrize("apart", [" ", ". ", "\n", "_", " - ", "\u200b "])
def test_a_text_of_single_letters_is_read_as_quickly_as_any(rules, apart) -> None:
    """The rules look whether letters apart spell a word: without end, 4,000 of them took seconds."""
    cleaned = clean_text(f"a{apart}" * (4000 // (1 + len(apart))))
    started = time.process_time()
    rules.assess(cleaned)
    assert time.process_time() - started < 0.4


def test_words_that_are_spelled_out_stay_as_they_are() -> None:
    spelled = "i w a n t t o d i e, " + " ".join("please help me now somebody") + " h e l p"
    assert clean_text(spelled) == spelled


@pytest.fixture
def browser(browse):
    return browse()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.dictionaries(st.sampled_from(["text", "action", "x"]), st.text() | st.integers() | st.none()))
def test_whatever_is_posted_nobody_gets_an_error_page(browser, body) -> None:
    response = browser.post(**body)
    assert response.status_code in (200, 422)
    assert response.json["messages"]
