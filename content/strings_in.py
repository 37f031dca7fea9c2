"""Every text within content that people may read, with the name of where it stands."""

from collections.abc import Iterator, Mapping
from typing import Any

_NOT_SHOWN = ("sources", "checked_by")  # where a fact comes from may name what nobody is shown


def strings_in(value: Any, where: str) -> Iterator[tuple[str, str]]:
    """(where, text) for each string in a part of a snapshot, at any depth; `where` begins with the name given."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, Mapping):
        name = value.get("id") or "/".join(str(value[key]) for key in ("topic", "section", "language") if key in value)
        for key, item in value.items():
            if key not in _NOT_SHOWN:
                yield from strings_in(item, f"{where} {name} {key}" if name else f"{where} {key}")
    elif isinstance(value, list):
        for item in value:
            yield from strings_in(item, where)
