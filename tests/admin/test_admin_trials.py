"""What approved proposals would change, as staff see it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from admin import trials
from admin.proposed_rules import find_problems, with_proposed
from admin.rule_trial import RuleTrial, measure
from content.before_after import BeforeAfter, compare, keep, read_rows
from content.models import Proposal
from content.models.workflow import APPROVED, PUBLISHED
from content.proposals import as_given
from safety import Assessor
from tests.admin.browsing import Browser

SignIn = Callable[[str], Browser]
PAGE = "/assessor/figures"
LABELS = {"urgency": "concern", "about": "self", "needs": ["bullying"], "kind": "plain", "language": "en"}
PATTERN = {**LABELS, "pattern": "county lines"}
ROWS = [
    {"text": "what does county lines actually mean", "urgency": "none", "needs": [], "language": "en"},
    {"text": "they hide my bag every day", "urgency": "concern", "needs": ["bullying"], "language": "en"},
]
NOTHING = {"urgency": "none", "needs": []}
CONCERN = {"urgency": "concern", "needs": ["bullying"]}


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANTERN_DATA_DIR", str(tmp_path / "var"))


def add(session: Session, kind: str = "rule", stage: str = APPROVED, **labels: Any) -> Proposal:
    proposal = Proposal(
        kind=kind, phrase=f"A phrase, {kind}.", labels=LABELS | labels, why="w", author="bea", stage=stage
    )
    session.add(proposal)
    session.commit()
    return proposal


def quick(rows: Any, given: Any) -> BeforeAfter:
    """Finds a concern in everything once there are proposals."""
    return compare(ROWS, [NOTHING] * 2, [CONCERN] * 2, given, "2027-03-01T09:00:00+00:00")


def use(app: Flask, measure: Any) -> RuleTrial:
    trial: RuleTrial = RuleTrial(measure)
    app.extensions[trials.TRIAL] = trial
    return trial


def send(browser: Browser) -> Any:
    page = browser.open(PAGE)
    return browser.send(page, next(form for form in page.forms if form.method == "post"))


def test_without_a_pattern_there_is_nothing_to_try(ann: Browser, session: Session) -> None:
    add(session)
    page = ann.open(PAGE)
    assert "0 examples and 1 rule are approved" in page.words
    assert "No approved rule has a pattern" in page.words
    assert "Not measured yet" in page.words


def test_a_try_says_what_gets_better_and_what_worse(app: Flask, ann: Browser, session: Session) -> None:
    use(app, quick)
    add(session, pattern="county lines")
    page = send(ann)
    assert "Concern: help offered 0.0 % (0 of 1) 100.0 % (1 of 1) +100.0 points Better" in page.words
    assert "Nothing wrong: taken for concern 0.0 % (0 of 1) 100.0 % (1 of 1) +100.0 points Worse" in page.words
    assert "Emergency recognised 0.0 % (0 of 0) 0.0 % (0 of 0) The same" in page.words
    assert "2 messages change" in page.words
    assert "what does county lines actually mean" in page.words
    add(session, pattern="another")
    assert "messages change" not in ann.open(PAGE).words  # of other proposals
    assert "2 messages change" in send(ann).words


def test_a_long_try_is_waited_for_no_longer_than_allowed(
    app: Flask, ann: Browser, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Event()
    trial = use(app, lambda rows, given: go_on.wait(30) and quick(rows, given))
    monkeypatch.setattr(trials, "WAIT", 0.05)
    add(session, pattern="county lines")
    assert "It is being measured now" in send(ann).words
    add(session, pattern="another")
    assert "It is being measured now" in ann.open(PAGE).words
    session.query(Proposal).order_by(Proposal.id.desc()).first().stage = PUBLISHED
    session.commit()
    go_on.set()
    trial.wait(10)
    assert "2 messages change" in ann.open(PAGE).words


def test_one_try_at_a_time(app: Flask) -> None:
    go_on = Event()
    trial = use(app, lambda rows, given: go_on.wait(30) and quick(rows, given))
    first, other = [{"id": 1, "kind": "rule", "phrase": "x", "labels": PATTERN}], []
    assert trial.start(ROWS, first)
    assert not trial.start(ROWS, other)
    assert trial.result(first) is None
    go_on.set()
    trial.wait(10)
    assert trial.result(first) is not None
    assert trial.start(ROWS, other)


def test_a_try_that_fails_says_so_and_can_be_tried_again(app: Flask, ann: Browser, session: Session) -> None:
    fails = [True]

    def measure(rows: Any, given: Any) -> BeforeAfter:
        if fails:
            raise ValueError("broken")
        return quick(rows, given)

    use(app, measure)
    add(session, pattern="county lines")
    assert "That did not work" in send(ann).words
    fails.clear()
    assert "2 messages change" in send(ann).words


def test_the_rules_are_really_measured_with_the_pattern(session: Session) -> None:
    """A few messages of the real set, the real rules."""
    assessor, proposal = Assessor.load(), add(session, pattern="wife ~2 lonely")
    rows = [row for row in read_rows() or [] if "wife" in row["text"] or row["urgency"] == "emergency"]
    figures = measure(rows, as_given([proposal]), assessor)
    assert {(one.level_before, one.level_after) for one in figures.changes} == {("none", "concern")}
    assert all("wife" in one.text for one in figures.changes)
    false_alarms = "nothing wrong: taken for concern"
    assert figures.after[false_alarms][0] > figures.before[false_alarms][0]
    book = with_proposed(assessor.book, as_given([proposal]))
    assert [rule.id for rule in book.rules[len(assessor.book.rules) :]] == [f"proposed-{proposal.id}"]


def test_figures_of_the_whole_model_say_of_when_they_are(ann: Browser, session: Session) -> None:
    proposals = [add(session, "example"), add(session)]
    figures = replace(quick(ROWS, as_given(proposals)), about={"untried": 1}, missed=[])
    keep(figures)
    page = ann.open(PAGE)
    assert "Measured on 1 March 2027 at 09:00 UTC, with 2 proposals; 1 rule has no pattern" in page.words
    assert "Up to date" in page.words
    assert "All gates hold" in page.words
    keep(replace(figures, missed=["emergency recognised: 90.0%, must be at least 93.0%"]))
    assert "Gates missed" in ann.open(PAGE).words
    assert "Emergency recognised: 90.0%, must be at least 93.0%" in ann.open(PAGE).words
    newest = add(session, "example")
    page = ann.open(PAGE)
    assert f"Older than what is approved 1 proposal was approved since: {newest.id}" in page.words
    session.query(Proposal).update({"stage": PUBLISHED})
    session.commit()
    assert "no longer waiting" in ann.open(PAGE).words


def test_a_file_of_something_else_counts_as_not_measured(ann: Browser, session: Session, tmp_path: Path) -> None:
    file = keep(quick(ROWS, as_given([add(session)])))
    told = json.loads(file.read_text()) | {"before": "x"}
    file.write_text(json.dumps(told))
    assert "Not measured yet" in ann.open(PAGE).words
    assert asdict(quick(ROWS, []))["changed"] == 2


@pytest.mark.parametrize(
    ("labels", "problem"),
    [
        ({"pattern": "he ~2 hit me|us"}, None),
        ({"pattern": "{partner} ~3 {hits}\n\nfollows me"}, None),
        ({}, None),
        ({"pattern": "{nobody} hit me"}, "Line 1 of the pattern can not be read: there is no list called 'nobody'"),
        ({"pattern": "fine words\nitem?"}, "Line 2 of the pattern can not be read: 'item?' could match nothing"),
        ({"pattern": "x " * 600}, "at most 10 lines and 1000 characters"),
        ({"pattern": "x", "urgency": "none"}, "it needs a level"),
        ({"pattern": "x", "urgency": "emergency"}, "In an emergency, the need that comes first"),
    ],
)
def test_a_pattern_that_can_not_be_tried_says_why(labels: dict[str, str], problem: str | None) -> None:
    found = find_problems(LABELS | labels)
    assert (found == []) if problem is None else (problem in " ".join(found))


def test_a_pattern_is_proposed_with_a_rule_and_with_nothing_else(ann: Browser, session: Session) -> None:
    fields = {
        "phrase": "Someone follows them home.", "urgency": "concern", "about": "self", "need": "bullying",
        "style": "plain", "language": "en", "why": "Nothing finds it.", "pattern": "follows ~1 {nobody}",
    }  # fmt: skip
    page = ann.send(ann.open("/assessor/proposals/new"), kind="rule", **fields)
    assert "Line 1 of the pattern can not be read" in page.words
    assert page.form.fields["pattern"] == "follows ~1 {nobody}"
    fields["pattern"] = "follows ~1 me"
    assert "Only a rule has a pattern" in ann.send(page, kind="example", **fields).words
    page = ann.send(page, kind="rule", **fields)
    assert "Pattern follows ~1 me" in page.words
    assert session.query(Proposal).one().labels["pattern"] == "follows ~1 me"
