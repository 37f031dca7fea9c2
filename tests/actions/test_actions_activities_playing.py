"""The try-out in the admin (content/playing.py) offers what the chat offers, at every step."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from content.playing import play
from content.release import Release

if TYPE_CHECKING:
    from .conftest import Talk

Begin = Callable[..., "Talk"]


@pytest.mark.parametrize(
    ("kind", "id_"),
    [("story", "gaming_friend"), ("quiz", "boys_too"), ("self_check", "am_i_ok"), ("story", "party_flat")],
)
def test_both_lead_the_same_ways(talk: Begin, release: Release, kind: str, id_: str) -> None:
    body = release.activities[kind, id_, "en"].body
    seen, queue = {""}, [""]
    person = talk()
    for step in queue:
        person.say(f"show_activities:{kind}/{id_}" + (f"/{step}" if step else ""))
        here = f"show_activities:{kind}/{id_}/"
        offered = [action.removeprefix(here) for action in person.actions if action.startswith(here)]
        shown = play(body, step)
        assert offered == [to for to, _label in shown.presses]
        said = [message["text"] for message in person.answer if "text" in message]
        assert said == [bubble for bubbles in shown.groups for bubble in bubbles]
        new = [to for to in offered if to not in seen]
        seen.update(new)
        queue += new
    assert len(seen) > 8
