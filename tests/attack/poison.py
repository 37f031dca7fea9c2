"""Markup put into every text that staff can write, past all checks: what may never come out as markup."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from sqlalchemy import JSON, Column, Connection, String, Text, and_

from content.models import Base
from content.models.base import utc_now

POISON = (
    "\"'><img src=x onerror=ran()><script>ran()</script><svg onload=ran()></textarea></title><b>[x](javascript:ran())"
)
SHORT = "<img src=x onerror=ran()>"  # where there is room for few letters
# Columns that are no words: what is chosen from a list, secrets, hashes.
NOT_WORDS = frozenset((
    "kind", "status", "stage", "section", "language", "audience", "age_band", "reading_level", "need", "nation",
    "place", "nations", "ages", "offer", "online_first", "languages", "needs", "labels", "topics", "approvals",
    "hours", "what", "password", "fs_uniquifier", "totp_secret", "recovery_codes", "link_hash", "sha256",
    "snapshot", "svg", "origins", "matter", "saved_from", "picture", "colours",
))  # fmt: skip
SVG = '<svg viewBox="0 0 1 1" xmlns="http://www.w3.org/2000/svg" onload="ran()"><script>ran()</script></svg>'


def poison_words(value: Any) -> Any:
    """The same with the poison after each string that reads like words; keys and ids stay."""
    if isinstance(value, dict):
        return {key: item if key == "hours" else poison_words(item) for key, item in value.items()}
    if isinstance(value, list):
        return [poison_words(item) for item in value]
    is_words = isinstance(value, str) and (" " in value or value[:1].isupper()) and "://" not in value
    return f"{value} {POISON}" if is_words else value


def poison_database(connection: Connection, spared: str) -> int:
    """Poisons every column of words in every row, past all that guards them; how many were.

    `spared` is the address of who looks at it.
    """
    count = 0
    for table in Base.metadata.sorted_tables:
        if table.name == "roles":
            continue
        if table.name == "audit_entries":  # it only grows
            entry = dict.fromkeys(("who", "name"), POISON[:200]) | {
                "before": {POISON: POISON},
                "after": {"x": [POISON]},
            }
            connection.execute(table.insert().values(entry | {"what": "changed", "kind": "staff", "at": utc_now()}))
            continue
        for row in connection.execute(table.select()).mappings().all():
            changes = {
                column.name: poison_column(column, row[column.name])
                for column in table.columns
                if not (column.primary_key or column.foreign_keys or column.name in NOT_WORDS) and row[column.name]
            }
            if table.name == "helplines":
                changes["routes"] = [
                    *row["routes"],
                    {"channel": "webchat", "label": POISON, "href": "javascript:ran()"},
                ]
            changes |= {"pictures": {"svg": SVG}, "sites": {"exit_url": "javascript:ran()"}}.get(table.name, {})
            changes = {name: value for name, value in changes.items() if value != row[name]}
            if changes and spared not in row.values():
                key = and_(*(column == row[column.name] for column in table.primary_key))
                connection.execute(table.update().where(key).values(changes))
                count += len(changes)
    connection.commit()
    return count


def poison_column(column: Column[Any], value: Any) -> Any:
    if isinstance(column.type, JSON):
        return poison_words(value)
    if isinstance(column.type, String | Text):
        length = column.type.length or 10_000
        return f"{value} {POISON}" if length > 200 else f"{value[:20]} {SHORT}"
    return value


class Sound(HTMLParser):
    """Looks for elements and attributes that come from the poison."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "script" and "src" not in given:
            self.found.append("an inline script")
        for name, value in given.items():
            if name.startswith("on"):
                self.found.append(f"<{tag} {name}>")
            if name in ("href", "src", "action", "formaction") and value.strip().lower().startswith(
                ("javascript:", "data:")
            ):
                self.found.append(f"<{tag} {name}={value[:30]}>")
        if given.get("src") == "x":
            self.found.append(f"<{tag} src=x>")
