"""Whole conversations of many kinds of people against the running stack: `make drill`. What each was shown is checked.

    python -m benchmarks.drill [--url http://…] [--only id] [--show id]      exit code 1 when a check failed

The people are data, in tests/drill/personas/*.yml, each a list of
    id, who       a name and one line on who is writing
    writes        en, cy or mixed
    needs         what they need, by the taxonomy; empty for someone who needs no help
    adult         true where an adult asks for a child and the profile does not say so
    profile       language, nation, age_band, audience, reading_level; all may be left out
    turns         {say: words typed} or {press: start of an offered button's action}, each with an optional `expect`:
      level: id or [ids]      the words of that urgency were said, whichever case; none: the words of no urgency
      help: true|false        helplines were shown, or were not
      first_lines: [ids]      these came first, in this order. A line that is shut now is passed over, also below
      includes_lines, never_lines: [ids]
      at_most_lines: number
      first_is_999: true      the words for danger, 999 alone in the first list, nothing asked
      asks_nothing: true      no message of type question
      keeps_help: true        helplines were shown, or a button to them
      offers: [action starts] each is the start of some button's action
      taught: topic[:section] the answer holds this section's words for this reader; explain by default
      said, not_said: [keys]  these system messages were said, or were not; "a|b" for either
      language: en|cy|any     the chat's language from this answer on; any: this person mixes the two, so do not check
      refused: true           the message is refused (ended chat, nothing typed) in plain words, with help
After every turn the rules that hold for everyone are checked too: see drill_rules.break_rules().
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from benchmarks.drill_rules import EXPECTATIONS, Answer, Reader, break_rules, is_of_level
from chat.buttons import ALWAYS_OFFERED
from content.library import read_library
from content.profile import Profile
from content.release import Release
from content.settings import LIBRARY
from content.yaml_files import read_yaml
from ops.conversation import Conversation, lines_of
from ops.stack import ROOT, Stack

PERSONAS = ROOT / "tests" / "drill" / "personas"
AT_ONCE = 3


@dataclass
class Played:
    """One persona's conversation: what went wrong, and all of it as text to read."""

    id: str
    faults: list[str] = field(default_factory=list)
    script: list[str] = field(default_factory=list)

    def note(self, where: str, did: str, answer: Answer, faults: list[str]) -> None:
        self.script.append(f"> {did}")
        for message in answer.messages:
            lines = ", ".join(lines_of([message]))
            text = message.get("text") or message.get("title") or ""
            self.script.append(f"    [{message['type']}] {text}" + (f" ({lines})" if lines else ""))
        self.script.append(f"    buttons: {' | '.join(answer.actions)}")
        self.script += [f"    ! {fault}" for fault in faults]
        self.faults += [f"{where}: {fault}; lines {answer.lines}" for fault in faults]


def play(persona: dict[str, Any], url: str, release: Release) -> Played:
    """One whole conversation. A turn that can not be played ends it, as a fault."""
    played = Played(persona["id"])
    profile = persona.get("profile") or {}
    reader = Reader(release, Profile.from_mapping(profile), bool(persona.get("adult")))
    talk = Conversation(url, **({"language": "en"} | profile))
    answer = Answer(talk.messages)
    played.note("start", "(opens the chat)", answer, list(break_rules(reader, answer)))
    for number, turn in enumerate(persona["turns"], 1):
        expect = turn.get("expect") or {}
        did = str(turn.get("say", turn.get("press")))
        body = {"text": did} if "say" in turn else find_button(talk.messages, did)
        if body is None:
            played.note(f"turn {number}", did, answer, [f"no button {did} among {answer.actions}"])
            break
        if "action" in body:
            reader.press(body["action"].rpartition(".")[0] or body["action"])
        try:
            reply = talk.post(body)
        except httpx.HTTPError as error:
            played.note(f"turn {number}", did, Answer([]), [f"no answer: {type(error).__name__}"])
            break
        talk.messages = reply.json().get("messages") or []
        answer = Answer(talk.messages, reply.status_code)
        if "language" in expect:
            reader.any_language = expect["language"] == "any"
            reader.profile = reader.profile.changed(language=expect["language"])
        faults = [
            f"not so: {name} {wanted}"
            for name, wanted in expect.items()
            if not EXPECTATIONS[name](reader, answer, wanted)
        ]
        if answer.status != 200 and "refused" not in expect:
            faults.append(f"status {answer.status}")
        if "taught" in expect:  # by asking it the person chose something else
            reader.has_disclosed = False
        elif any(is_of_level(reader, answer, level) for level in ("disclosure", "emergency")):
            reader.has_disclosed = True
        played.note(f"turn {number}", did, answer, [*faults, *break_rules(reader, answer)])
    return played


def find_button(messages: list[dict[str, Any]], start: str) -> dict[str, str] | None:
    """The button whose action is this, else begins so; those the widget always has need no offer."""
    offered = [button["action"] for message in messages for button in message.get("buttons", ())]
    exact = [action for action in offered if (action.rpartition(".")[0] or action) == start]
    found = exact or [action for action in offered if action.startswith(start)]
    if found or start in ALWAYS_OFFERED:
        return {"action": found[0] if found else start}
    return None


def read_personas(folder: Path = PERSONAS) -> list[dict[str, Any]]:
    """All of them, in the order of the files. Raises ValueError for an expectation that is not in the list above."""
    personas = [persona for path in sorted(folder.glob("*.yml")) for persona in read_yaml(path)]
    for persona in personas:
        for turn in persona["turns"]:
            unknown = set(turn.get("expect") or {}) - set(EXPECTATIONS)
            if unknown or ("say" in turn) == ("press" in turn):
                raise ValueError(f"{persona['id']}: {turn}: say or press, and only known expectations: {unknown}")
    return personas


def run(personas: list[dict[str, Any]], url: str, *, show: bool) -> int:
    release = Release.from_snapshot(read_library(LIBRARY))
    failed = 0
    with ThreadPoolExecutor(AT_ONCE) as players:
        for played in players.map(lambda persona: play(persona, url, release), personas):
            failed += bool(played.faults)
            print(f"{played.id}: {'FAILED' if played.faults else 'ok'}", flush=True)
            for line in played.script if show else [f"    {fault}" for fault in played.faults]:
                print(line)
    print(f"{len(personas) - failed} of {len(personas)} people were answered as they should be.")
    return 1 if failed else 0


def main() -> int:
    options = argparse.ArgumentParser(prog="benchmarks.drill")
    options.add_argument("--url", help="a running chat; without it, a stack of its own is started")
    options.add_argument("--only", metavar="ID", help="play this persona alone")
    options.add_argument("--show", metavar="ID", help="play this persona and print the whole conversation")
    chosen = options.parse_args()
    wanted = chosen.show or chosen.only
    personas = [persona for persona in read_personas() if wanted in (None, persona["id"])]
    if not personas:
        options.error(f"no persona {wanted}")
    if chosen.url:
        return run(personas, chosen.url, show=bool(chosen.show))
    with tempfile.TemporaryDirectory() as folder:
        stack = Stack(Path(folder) / "var")
        stack.start()
        try:
            return run(personas, stack.chat_url, show=bool(chosen.show))
        finally:
            stack.stop()


if __name__ == "__main__":
    sys.exit(main())
