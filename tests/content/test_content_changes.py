"""What differs between two snapshots."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from content.changes import Change, compare

Build = Callable[..., Any]


def test_a_snapshot_does_not_differ_from_itself(make_snapshot: Build) -> None:
    assert compare(make_snapshot(), make_snapshot()) == []


def test_each_kind_of_change_is_named(make_snapshot: Build) -> None:
    before = make_snapshot()
    after = copy.deepcopy(before)
    after["variants"][0]["bubbles"] = ["A new yes."]
    after["system"]["cy"]["concern"] = ["Un", "Dau"]
    after["topics"]["consent"]["en"]["title"] = "Saying yes"
    after["helplines"][2]["hours"] = None
    after["routing"]["unknown"] = ["shout"]
    after["routing"]["needs"]["bullying"][0]["offer"] = ["shout"]
    assert [(change.kind, change.names) for change in compare(before, after)] == [
        ("text", ("consent", "explain", "en", "young_person", "any", "standard")),
        ("words", ("cy", "concern")),
        ("page", ("consent", "en")),
        ("helpline", ("childline",)),
        ("routing", ("bullying",)),
        ("routing", ("unknown",)),
    ]
    text, words, page, helpline, *_ = compare(before, after)
    assert (text.before, text.after) == (("Consent is a free yes.",), ("A new yes.",))
    assert (words.before, words.after) == (("concern yn Gymraeg",), ("Un", "Dau"))
    assert (page.before, page.after) == (("title: Consent",), ("title: Saying yes",))
    assert (helpline.before, helpline.after) == (("hours: 24/7",), ("hours: null",))


def test_what_is_new_has_no_before_and_what_goes_has_no_after(make_snapshot: Build, make_variant: Build) -> None:
    before = make_snapshot()
    after = make_snapshot(variants=[*before["variants"][:1], make_variant(section="signs", age_band="13_15")])
    place = ("young_person", "any", "standard")
    assert compare(before, after) == [
        Change("text", ("consent", "explain", "cy", *place), ("Ie rhydd yw cydsyniad.",), None),
        Change(
            "text",
            ("consent", "signs", "en", "young_person", "13_15", "standard"),
            None,
            ("Consent is a free yes.",),
        ),
    ]


def test_before_the_first_release_everything_is_new(make_snapshot: Build) -> None:
    changes = compare(None, make_snapshot())
    assert len(changes) > 20
    assert all(change.before is None for change in changes)
