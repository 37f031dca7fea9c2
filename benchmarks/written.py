"""Figures go into the pages of docs/ between two marks, so that each says which command made it."""

from __future__ import annotations

import re
from pathlib import Path


def write_between(page: Path, command: str, figures: str) -> None:
    """Put `figures` into the page between `<!-- command: start -->` and `<!-- command: end -->`.

    Raises ValueError, and changes nothing, where the page has no such marks.
    """
    start, end = f"<!-- {command}: start -->", f"<!-- {command}: end -->"
    text = page.read_text(encoding="utf-8")
    marked = re.compile(f"{re.escape(start)}.*{re.escape(end)}", re.DOTALL)
    if not marked.search(text):
        raise ValueError(f"{page} has no lines {start} and {end}")
    page.write_text(marked.sub(lambda _: f"{start}\n{figures}\n{end}", text), encoding="utf-8")
