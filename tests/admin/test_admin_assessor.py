"""The rules to read, and messages to try."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from admin.rule_words import BUT, GAP, ONE_OF, WIDE_GAP, Part, parts_of
from admin.safety_figures import read_figures
from tests.admin.browsing import Browser


def test_rules_are_found_by_words_theme_and_level(ann: Browser) -> None:
    everything = ann.open("/assessor/rules").words
    assert "danger-hiding" in everything
    assert "bullying" in everything
    page = ann.open("/assessor/rules?search=hiding+danger")
    assert "danger-hiding" in page.words
    assert "danger-kill-me" not in page.words
    assert "danger-hiding" not in ann.open("/assessor/rules?file=suicide.yml").words
    assert "suicide-overdose" in ann.open("/assessor/rules?file=suicide.yml&level=emergency").words
    assert "suicide-overdose" not in ann.open("/assessor/rules?file=suicide.yml&level=disclosure").words
    assert "0 rules. Try fewer words" in ann.open("/assessor/rules?search=knitting").words


def test_a_rule_is_said_in_words(ann: Browser) -> None:
    words = ann.open("/assessor/rules/danger-weapon-near").words
    assert "Level Emergency" in words
    assert "a word of the list weapon , then up to 2 other words, but no “not” or “never”, then “to”, “at”" in words
    assert "What holds it back" in words
    assert "Game" in words
    assert "These do not hold it back, though they do others: hypothetical, long ago fine." in words
    assert "hes outside with a knife" in words
    ann.open("/assessor/rules/no-such-rule", status=404)


def test_every_rule_has_a_page(ann: Browser) -> None:
    from admin.assessor import the_assessor

    for rule in the_assessor().book.rules[::20]:
        ann.open(f"/assessor/rules/{rule.id}")


def test_a_sequence_is_taken_apart() -> None:
    assert parts_of("< {they}|a ~2 not? ~~8 !x|y") == [
        Part(ONE_OF, ("<",)),
        Part(ONE_OF, ("{they}", "a")),
        Part(GAP, count=2),
        Part(ONE_OF, ("not",), is_optional=True),
        Part(WIDE_GAP, count=8),
        Part(BUT, ("x", "y")),
    ]


def test_messages_are_assessed_and_the_rule_and_its_words_are_named(ann: Browser) -> None:
    page = ann.open("/assessor/try")
    assert "the rules alone" in page.words
    assert "trained model reads each message too, and may say more" in page.words
    assert "not stored and not logged" in page.words
    page = ann.send(page, messages="hes outside with a knife\r\n\r\nwhat time is tea\r\ndwi angen help")
    first, second, third = page.html.split('<th scope="row"')[1:]
    assert "Emergency" in first
    assert "danger-weapon-near</a>: “" in first
    assert "knife”" in first
    assert "Immediate danger" in first
    assert "Nothing wrong" in second
    assert "No rule" in second
    assert "Concern" in third
    assert "Welsh" in third


@pytest.mark.parametrize(
    ("messages", "says"),
    [
        ("  \n ", "Write at least one message."),
        ("hello\n" * 51, "There are 51 messages. Try at most 50 at once."),
        ("hello\n" + "a" * 1001, "Message 2 has 1001 characters."),
    ],
)
def test_too_much_is_refused_and_nothing_typed_is_lost(ann: Browser, messages: str, says: str) -> None:
    page = ann.send(ann.open("/assessor/try"), messages=messages)
    assert says in page.words
    assert "What the rules say" not in page.text_of("h2")
    assert page.form.fields["messages"].strip() == messages.strip()


def test_a_message_that_is_tried_is_kept_nowhere(
    ann: Browser, session: Session, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    page = ann.send(ann.open("/assessor/try"), messages="zebrafish is hitting me right now")
    assert "zebrafish" in page.html
    assert "zebrafish" not in caplog.text
    assert all(b"zebrafish" not in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    with ann.client.session_transaction() as kept:
        assert "zebrafish" not in str(dict(kept))


def test_a_message_can_not_smuggle_in_html(ann: Browser) -> None:
    page = ann.send(ann.open("/assessor/try"), messages="</textarea><script>alert(1)</script>")
    assert "<script>" not in page.html


def test_the_published_figures_are_shown_with_their_date(ann: Browser, tmp_path: Path) -> None:
    words = ann.open("/assessor").words
    assert "Emergency recognised" in words
    assert re.search(r"(its file is from|Measured on) \d+ \w+ \d{4}", words)
    report = tmp_path / "report.md"
    report.write_text(
        "| no | 1 |\n<!-- make safety: start -->\nOn 2026-05-01\n| all | share |\n|---|---|\n| help | 9% (8 of 9) |\n"
        "\n| typos | share |\n|---|---|\n| few | 8% |\n<!-- make safety: end -->\n"
    )
    figures = read_figures(report)
    assert figures is not None
    assert figures.tables == [("all", [("help", "9% (8 of 9)")]), ("typos", [("few", "8%")])]
    assert str(figures.measured_on) == "2026-05-01"
    assert read_figures(tmp_path / "nothing.md") is None
    report.write_text("No marks")
    assert read_figures(report) is None
