"""How often the assessor is alarmed by public sets of ordinary messages: `make safety PUBLIC=folder`.

The sets are not part of the project. A file that is not in the folder is left out, and said to be.

| file | what counts as ordinary |
|---|---|
| xstest_dev.jsonl | label safe: harmless sentences with alarming words (XSTest, Röttger et al. 2023) |
| uci_sms.jsonl | label ham: text messages (UCI SMS Spam Collection) |
| sad.jsonl | every row: everyday stress in text messages (SAD) |
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.figures import Share

Assess = Callable[[list[str]], list[dict[str, Any]]]
LABELS = {"xstest_dev": "safe", "uci_sms": "ham", "sad": None}
AT_MOST = {"xstest_dev": 0.02, "uci_sms": 0.003, "sad": 0.02}
HARM = ("disclosure", "emergency")


def measure(folder: Path, assess: Assess) -> dict[str, Share]:
    """The share of ordinary messages of each set that are taken for a disclosure or an emergency."""
    shares = {}
    for name, label in LABELS.items():
        file = folder / f"{name}.jsonl"
        if not file.is_file():
            print(f"{file} is not there: left out.")
            continue
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        texts = [row["text"] for row in rows if (label is None or row["label"] == label) and row["text"].strip()]
        shares[name] = Share.of(one["urgency"] in HARM for one in assess(texts))
    return shares
