"""JSON lines {"text": …} in, one JSON line each out, from the trained model; the first half of `make assess`."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

from bot.evaluate import load_agent, topic_of
from bot.train import model_path


def describe(parsed: dict[str, Any]) -> dict[str, Any]:
    """The public row of one parsed message, without its helplines."""
    assessment, understood = parsed["assessment"], parsed["understood"]
    is_fallback = parsed["intent"]["name"] == "nlu_fallback"
    intent = str(understood["name"])
    return {
        "text": parsed["text"],
        "intent": intent,
        "confidence": round(float(understood["confidence"]), 4),
        "topic": None if is_fallback else topic_of(intent),
        "fallback": is_fallback,
        "urgency": assessment["urgency"],
        "about": assessment["about"],
        "needs": assessment["needs"],
    }


async def main() -> int:
    """Assess each line of standard input; a line that cannot be read ends it with its number and what to do."""
    agent = load_agent(model_path())
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        try:
            text = json.loads(line)["text"]
        except (ValueError, KeyError, TypeError):
            print(f'Line {number} is not a JSON object {{"text": "…"}}. Mend it and try again.', file=sys.stderr)
            return 1
        typed = str(text).strip().lstrip("/").strip() or "?"
        row = describe(await agent.parse_message(typed)) | {"text": text}
        print(json.dumps(row, ensure_ascii=False), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))
